//! In which coding does the answer go out?
//!
//! Must not know: GraphQL, the cache.

use std::io::Write;

use bytes::Bytes;

/// A content coding, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Zstd,
    Brotli,
    Gzip,
}

impl Coding {
    pub(super) const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Compresses. `None` where it fails or gains nothing: the plain bytes go out then.
    pub(super) fn pack(self, plain: &[u8]) -> Option<Bytes> {
        let packed = match self {
            Self::Zstd => zstd::bulk::compress(plain, 3).ok()?,
            Self::Brotli => {
                let mut out = brotli::CompressorWriter::new(Vec::with_capacity(plain.len() / 4), 16 * 1024, 5, 22);
                out.write_all(plain).ok()?;
                out.into_inner()
            }
            Self::Gzip => {
                let out = Vec::with_capacity(plain.len() / 4);
                let mut out = flate2::write::GzEncoder::new(out, flate2::Compression::new(5));
                out.write_all(plain).ok()?;
                out.finish().ok()?
            }
        };
        (packed.len() < plain.len()).then(|| packed.into())
    }
}

/// The coding that an `Accept-Encoding` header prefers; ours first where it has no preference. `None`: plain.
pub(super) fn negotiate(accept: Option<&str>) -> Option<Coding> {
    let accept = accept?;
    let mut quality = [None::<f32>; 3];
    let mut any = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let q = parts
            .filter_map(|p| p.split_once('='))
            .find(|(k, _)| k.trim().eq_ignore_ascii_case("q"))
            .map_or(1.0, |(_, v)| v.trim().parse().unwrap_or(0.0));
        if name == "*" {
            any = Some(q);
        }
        for (at, coding) in Coding::ALL.iter().enumerate() {
            if name.eq_ignore_ascii_case(coding.name()) || (*coding == Coding::Gzip && name == "x-gzip") {
                quality[at] = Some(q);
            }
        }
    }
    let mut best: Option<(Coding, f32)> = None;
    for (at, coding) in Coding::ALL.into_iter().enumerate() {
        let q = quality[at].or(any).unwrap_or(0.0);
        if q > 0.0 && best.is_none_or(|(_, b)| q > b) {
            best = Some((coding, q));
        }
    }
    best.map(|(coding, _)| coding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_coding_is_chosen() {
        let cases = [
            (None, None),
            (Some(""), None),
            (Some("gzip, deflate, br, zstd"), Some(Coding::Zstd)),
            (Some("gzip, deflate, br"), Some(Coding::Brotli)),
            (Some("gzip"), Some(Coding::Gzip)),
            (Some("gzip;q=1.0, br;q=0.5"), Some(Coding::Gzip)),
            (Some("zstd;q=0, *"), Some(Coding::Brotli)),
            (Some("identity"), None),
            (Some("deflate"), None),
        ];
        for (accept, expected) in cases {
            assert_eq!(negotiate(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let plain = b"{\"data\":{\"trials\":[]}}".repeat(100);
        let zstd = Coding::Zstd.pack(&plain).unwrap();
        assert_eq!(zstd::bulk::decompress(&zstd, plain.len()).unwrap(), plain);
        let mut out = Vec::new();
        brotli::BrotliDecompress(&mut &*Coding::Brotli.pack(&plain).unwrap(), &mut out).unwrap();
        assert_eq!(out, plain);
        let mut out = Vec::new();
        let packed = Coding::Gzip.pack(&plain).unwrap();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*packed), &mut out).unwrap();
        assert_eq!(out, plain);
        assert_eq!(Coding::Gzip.pack(b"x"), None);
    }
}
