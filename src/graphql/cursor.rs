//! What is a cursor?
//!
//! Release, list and position, packed and opaque to clients. The list is the parent, the field and the arguments that
//! choose and order it, so a cursor of another list or release is told apart from a good one. Must not know: what the
//! list holds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{Code, FieldError, Res};

/// Bytes of a cursor: 6 of the release, 4 of the list, 4 of the position.
const BYTES: usize = 14;

/// The first bytes of a release's name, as cursors carry them.
pub(super) fn release_tag(release: &str) -> [u8; 6] {
    let digit = |hex: u8| char::from(hex).to_digit(16).map(|digit| digit as u8);
    let mut tag = [0; 6];
    for (byte, hex) in tag.iter_mut().zip(release.as_bytes().as_chunks::<2>().0) {
        *byte = digit(hex[0]).zip(digit(hex[1])).map_or(0, |(high, low)| high << 4 | low);
    }
    tag
}

/// Writes the cursor of a position.
pub(super) fn write(release: [u8; 6], list: u32, position: u32) -> String {
    let mut bytes = [0; BYTES];
    bytes[..6].copy_from_slice(&release);
    bytes[6..10].copy_from_slice(&list.to_le_bytes());
    bytes[10..].copy_from_slice(&position.to_le_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads the position that a cursor names.
pub(super) fn read(text: &str, argument: &str, release: [u8; 6], list: u32) -> Res<u32> {
    let bad = |message: &str| FieldError::new(Code::BadCursor, format!("`{argument}` is {message}")).argument(argument);
    let mut bytes = [0; BYTES];
    let length = (text.len() <= 64).then(|| URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()).flatten();
    if length != Some(BYTES) {
        let hint = "pass a cursor as it came from `edges.cursor`, `pageInfo.startCursor` or `pageInfo.endCursor`";
        return Err(bad("not a cursor of this service").hint(hint));
    }
    if bytes[..6] != release {
        return Err(FieldError::new(
            Code::SnapshotGone,
            format!("`{argument}` is a cursor of a release that no longer serves"),
        )
        .argument(argument)
        .hint("the data changed since the first page: start again without cursors"));
    }
    let number = |range: std::ops::Range<usize>| bytes[range].iter().rev().fold(0, |n, b| n << 8 | u32::from(*b));
    if number(6..10) != list {
        return Err(bad("a cursor of another list")
            .hint("a cursor belongs to the list it came from: same parent, same filter, same order"));
    }
    Ok(number(10..14))
}
