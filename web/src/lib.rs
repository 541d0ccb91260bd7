//! The explorer and GraphiQL, compressed and embedded: here is a path, which bytes go out and for how long do they hold?
//!
//! Must not know: HTTP servers, GraphQL, the data. Without a built `dist/` it holds nothing and says so in [`BUILT`].

use std::borrow::Cow;
use std::io::Read;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Nothing from another host, nothing inline. For the explorer.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                          font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'; \
                          frame-ancestors 'none'";

/// As [`POLICY`], but Monaco, the editor inside GraphiQL, writes style elements and cannot be told not to.
pub const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                                   img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
                                   base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/// `Cache-Control` of the pages themselves.
pub const PAGE_CACHE: &str = "no-cache";

/// First parts of the addresses that the explorer answers, besides the empty one.
pub const ROUTES: [&str; 22] = [
    "about",
    "api",
    "conflicts",
    "disease",
    "diseases",
    "drug",
    "drugs",
    "graph",
    "matrix",
    "paths",
    "reference",
    "references",
    "regimen",
    "regimens",
    "search",
    "source",
    "statement",
    "target",
    "targets",
    "trial",
    "trials",
    "unmapped",
];

/// A file of the bundle, in two compressed forms.
#[derive(Debug)]
pub struct Asset {
    path: &'static str,
    size: usize,
    br: &'static [u8],
    gz: &'static [u8],
}

impl Asset {
    /// Path below the base, e.g. `assets/index-BPTGTLT.js`.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("ttf") => "font/ttf",
            Some("json") => "application/json",
            Some("txt") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }

    /// `Cache-Control`: a name with a hash in it holds for ever, any other is asked for again.
    #[must_use]
    pub fn cache(&self) -> &'static str {
        if self.path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { PAGE_CACHE }
    }

    /// The bytes in the best form that an `Accept-Encoding` takes, and the `Content-Encoding` they are in. Send
    /// `Vary: Accept-Encoding` with them. A client that takes no compression gets them inflated.
    #[must_use]
    pub fn bytes(&self, accept_encoding: Option<&str>) -> (Cow<'static, [u8]>, Option<&'static str>) {
        let accept = accept_encoding.unwrap_or_default();
        if takes(accept, "br") {
            (Cow::Borrowed(self.br), Some("br"))
        } else if takes(accept, "gzip") {
            (Cow::Borrowed(self.gz), Some("gzip"))
        } else {
            let mut raw = Vec::with_capacity(self.size);
            match flate2::read::GzDecoder::new(self.gz).read_to_end(&mut raw) {
                Ok(_) => (Cow::Owned(raw), None),
                // Our own bytes: cannot fail. If it does, the compressed form still is right.
                Err(_) => (Cow::Borrowed(self.gz), Some("gzip")),
            }
        }
    }
}

/// Whether an `Accept-Encoding` takes a coding: named or by `*`, with a quality above nought.
fn takes(accept: &str, coding: &str) -> bool {
    let quality = |wanted: &str| {
        accept.split(',').find_map(|part| {
            let mut words = part.split(';').map(str::trim);
            let name = words.next().unwrap_or_default();
            name.eq_ignore_ascii_case(wanted).then(|| {
                let q = words.find_map(|w| w.strip_prefix("q=").or_else(|| w.strip_prefix("Q=")));
                q.is_none_or(|q| q.trim().parse::<f32>().is_ok_and(|q| q > 0.0))
            })
        })
    };
    quality(coding).or_else(|| quality("*")).unwrap_or(false)
}

/// A file of the bundle, by its path below the base, without a slash in front.
#[must_use]
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.binary_search_by(|a| a.path.cmp(path)).ok().map(|i| &ASSETS[i])
}

/// All files of the bundle, by path.
#[must_use]
pub fn assets() -> &'static [Asset] {
    ASSETS
}

/// The explorer's page for a base path that begins and ends with a slash; `None` where the pages are not built.
#[must_use]
pub fn explorer(base: &str) -> Option<String> {
    BUILT.then(|| based(EXPLORER, base))
}

/// The page of GraphiQL, likewise.
#[must_use]
pub fn graphiql(base: &str) -> Option<String> {
    BUILT.then(|| based(GRAPHIQL, base))
}

/// Whether a path below the base is one of the explorer's pages. Others are not found.
#[must_use]
pub fn is_page(path: &str) -> bool {
    let path = path.trim_matches('/');
    path.is_empty() || path.split('/').next().is_some_and(|first| ROUTES.contains(&first))
}

fn based(html: &str, base: &str) -> String {
    let base = base.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    html.replacen("<base href=\"/\">", &format!("<base href=\"{base}\">"), 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_accept_encoding_is_read_as_the_specification_has_it() {
        for (accept, br, gzip) in [
            ("", false, false),
            ("gzip", false, true),
            ("gzip, deflate, br, zstd", true, true),
            ("BR;q=1.0, gzip;q=0.8, *;q=0.1", true, true),
            ("br;q=0, *", false, true),
            ("*;q=0", false, false),
            ("identity", false, false),
            ("gzip;q=0.5;x=y", false, true),
            ("brotli", false, false),
        ] {
            assert_eq!((takes(accept, "br"), takes(accept, "gzip")), (br, gzip), "{accept:?}");
        }
    }

    #[test]
    fn pages_are_told_from_the_rest() {
        for page in ["", "/", "trials", "/trial/NCT05654038", "statement/carnk-review-2025/F09", "regimen/a+b"] {
            assert!(is_page(page), "{page}");
        }
        for other in ["graphql", "health", "assets/x.js", "nowhere", "schema.graphql", "trialss"] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn the_routes_are_those_of_the_explorer() {
        let routes = std::fs::read_to_string("app/routes.ts").unwrap();
        let mut names = Vec::new();
        for list in ["const ALONE = [", "const LISTS = [", "const ENTITIES = [", "const THINGS = ["] {
            let from = routes.find(list).unwrap() + list.len();
            let text = &routes[from..from + routes[from..].find(']').unwrap()];
            names.extend(text.split('\'').skip(1).step_by(2).map(str::to_owned));
        }
        names.sort();
        assert_eq!(names, ROUTES);
    }

    #[test]
    fn a_page_stands_on_the_base_it_is_given() {
        assert_eq!(based("<base href=\"/\"><a href=\"/\">", "/kg/"), "<base href=\"/kg/\"><a href=\"/\">");
        assert_eq!(based("<base href=\"/\">", "/\"><script>/"), "<base href=\"/&quot;>&lt;script>/\">");
        assert_eq!(explorer("/kg/").is_some(), BUILT);
        if BUILT {
            assert!(explorer("/kg/").unwrap().contains("<base href=\"/kg/\">"));
            assert!(graphiql("/").unwrap().contains("assets/graphiql-"));
        }
    }

    #[test]
    fn every_file_that_a_page_names_is_embedded_and_inflates() {
        assert_eq!(BUILT, !assets().is_empty());
        assert!(assets().windows(2).all(|w| w[0].path < w[1].path));
        for html in [EXPLORER, GRAPHIQL] {
            for name in html.split("./assets/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(asset(&format!("assets/{name}")).is_some(), "{name}");
            }
            assert!(!html.contains("<style") && !html.contains("<script>"), "nothing inline");
        }
        for a in assets() {
            let (raw, encoding) = a.bytes(None);
            assert_eq!((raw.len(), encoding), (a.size, None), "{}", a.path);
            assert_eq!(a.bytes(Some("br, gzip")).1, Some("br"));
            assert_ne!(a.content_type(), "application/octet-stream", "{}", a.path);
        }
        assert!(asset("../Cargo.toml").is_none() && asset("index.html").is_none() && asset(".stamp").is_none());
    }
}
