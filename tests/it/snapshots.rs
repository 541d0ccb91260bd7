//! Snapshot files: they say what the folder says, and a file that is cut, flipped, foreign or forged is refused, or at
//! worst answers oddly; it never brings the program down.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_json::Map;
use trialweave::dataset;
use trialweave::generate::{self, Size};
use trialweave::graphql::{Engine, Request};
use trialweave::snapshot::{Refused, Snapshot};
use twox_hash::XxHash3_128;

use crate::support::{MemoryFiles, repository};

/// The smallest dataset as a file.
static TINY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let snapshot = Snapshot::build(&dataset::load(&MemoryFiles::tiny()).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.snapshot");
    snapshot.write(&path).unwrap();
    std::fs::read(path).unwrap()
});

const HEAD: usize = 40;
const ENTRY: usize = 80;
const CHECKSUM: usize = 16;

/// A snapshot in memory.
fn open(bytes: &[u8]) -> Result<Snapshot, Refused> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.snapshot");
    std::fs::write(&path, bytes).unwrap();
    Snapshot::open(&path)
}

fn number(bytes: &[u8], at: usize) -> usize {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize
}

/// Names and places of the sections, with the place of their checksum.
fn sections(bytes: &[u8]) -> Vec<(String, std::ops::Range<usize>, usize)> {
    let entry = |n: usize| {
        let at = HEAD + n * ENTRY;
        let name = bytes[at..at + 48].split(|b| *b == 0).next().unwrap();
        let start = number(bytes, at + 48);
        let range = start..start + number(bytes, at + 56);
        (String::from_utf8(name.to_vec()).unwrap(), range, at + 64)
    };
    (0..number(bytes, 32)).map(entry).collect()
}

/// Makes all checksums right, as one would who means harm.
fn forge(bytes: &mut [u8]) {
    for (_, range, at) in sections(bytes) {
        let sum = XxHash3_128::oneshot(&bytes[range]).to_le_bytes();
        bytes[at..at + CHECKSUM].copy_from_slice(&sum);
    }
    let end = HEAD + number(bytes, 32) * ENTRY;
    let sum = XxHash3_128::oneshot(&bytes[..end]).to_le_bytes();
    bytes[end..end + CHECKSUM].copy_from_slice(&sum);
}

/// Changes bytes (section, place in it, byte) and makes the checksums right again.
pub(crate) fn forged(changes: &[(usize, usize, u8)]) -> Vec<u8> {
    let mut bytes = TINY.clone();
    let all: Vec<_> = sections(&bytes).into_iter().filter(|(_, range, _)| !range.is_empty()).collect();
    for (section, place, byte) in changes {
        let range = &all[section % all.len()].1;
        bytes[range.start + place % range.len()] = *byte;
    }
    forge(&mut bytes);
    bytes
}

/// Opens a file that may say anything, and asks it for much.
pub(crate) fn survive(bytes: &[u8]) {
    match open(bytes) {
        Err(why) => assert!(!why.to_string().is_empty()),
        Ok(snapshot) => {
            let snapshot = Arc::new(snapshot);
            let engine = Engine::default();
            for query in [
                "{trials(first:50){nodes{id title status phases startDate enrollment countries sponsor{name class} \
                 targets{target{id}} diseases{disease{id label{text}} qualifiers} regimen{id} rows{table number} \
                 conflicts{field} statements(first:9){nodes{id}} references(first:9){nodes{id title}}}}}",
                "{references(first:50){nodes{id title authors year markers{marker} cites(first:9){nodes{id}} \
                 citedBy(first:9){nodes{id}}}}}",
                "{node(id:\"trial:NCT03056339\"){id}} ",
            ] {
                let answer = engine.answer(&snapshot, &request(query));
                assert!(!answer.body.is_empty());
            }
        }
    }
}

fn request(query: &str) -> Request {
    Request { query: query.to_owned(), operation_name: None, variables: Map::new() }
}

#[test]
fn a_file_says_what_the_folder_says() {
    let generated = tempfile::tempdir().unwrap();
    generate::write(generated.path(), Size::named("S").unwrap(), 7).unwrap();
    let file = generated.path().join("a.snapshot");
    for folder in [repository("data"), repository("tests/datasets/tiny"), generated.path().to_owned()] {
        let read = Snapshot::load(&folder).unwrap();
        read.write(&file).unwrap();
        assert!(Snapshot::is_file(&file) && !Snapshot::is_file(&folder.join("datapackage.json")));
        let opened = Snapshot::open(&file).unwrap();
        assert_eq!((opened.release(), opened.title()), (read.release(), read.title()));
        assert_eq!((opened.version(), opened.rules()), (read.version(), read.rules()));
        assert_eq!(format!("{:?}", opened.graph()), format!("{:?}", read.graph()));
        let tables = |snapshot: &Snapshot| format!("{:?}", snapshot.index().ids.tables().collect::<Vec<_>>());
        assert_eq!(tables(&opened), tables(&read));
        // Written again from the file, it is the same file.
        let before = std::fs::read(&file).unwrap();
        opened.write(&file).unwrap();
        assert!(std::fs::read(&file).unwrap() == before);
        std::fs::remove_file(&file).unwrap();
    }
    let left: Vec<_> = std::fs::read_dir(generated.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("partial")), "{left:?}");
}

#[test]
fn every_example_is_answered_from_a_file_as_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.snapshot");
    let read = Arc::new(Snapshot::bundled().unwrap());
    read.write(&file).unwrap();
    let opened = Arc::new(Snapshot::open(&file).unwrap());
    let engine = Engine::default();
    let mut asked = 0;
    for entry in std::fs::read_dir(repository("schema/examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "graphql") {
            let query = std::fs::read_to_string(&path).unwrap();
            let (a, b) = (engine.answer(&read, &request(&query)), engine.answer(&opened, &request(&query)));
            assert!(a.body == b.body && !a.has_errors, "{}", path.display());
            asked += 1;
        }
    }
    assert!(asked >= 12, "{asked}");
}

#[test]
fn a_flipped_byte_in_any_section_is_found() {
    assert!(open(&TINY).is_ok());
    let mut filled = 0;
    for (name, range, _) in sections(&TINY) {
        if range.is_empty() {
            continue;
        }
        filled += 1;
        for at in [range.start, range.start + range.len() / 2, range.end - 1] {
            let mut bytes = TINY.clone();
            bytes[at] ^= 0x10;
            match open(&bytes) {
                Err(Refused::Damaged(what)) => assert!(what.contains(&name), "{name}: {what}"),
                other => panic!("{name} at {at}: {other:?}"),
            }
        }
    }
    assert!(filled > 100, "{filled}");
}

#[test]
fn a_flipped_byte_anywhere_in_the_head_is_found() {
    let end = HEAD + number(&TINY, 32) * ENTRY + CHECKSUM;
    for at in 0..end {
        let mut bytes = TINY.clone();
        bytes[at] ^= 0x04;
        assert!(open(&bytes).is_err(), "byte {at}");
    }
}

#[test]
fn a_cut_file_is_refused() {
    let len = TINY.len();
    for cut in (0..200).chain((200..len).step_by(997)).chain(len - 70..len) {
        assert!(open(&TINY[..cut]).is_err(), "{cut} of {len}");
    }
    let mut longer = TINY.clone();
    longer.push(0);
    assert!(matches!(open(&longer), Err(Refused::Length { .. })));
}

#[test]
fn a_foreign_file_and_one_from_the_future_are_named_as_such() {
    let mut bytes = TINY.clone();
    let ours = bytes[16];
    bytes[16] = ours + 1;
    let why = open(&bytes).unwrap_err().to_string();
    assert!(why.contains(&format!("format {}", ours + 1)) && why.contains(&format!("format {ours}")), "{why}");
    for foreign in [&b""[..], b"PK\x03\x04", &[0; 5000], b"{\"data\":null}"] {
        assert!(matches!(open(foreign), Err(Refused::Foreign)), "{foreign:?}");
    }
    assert!(matches!(Snapshot::open(Path::new("no/such/file")), Err(Refused::Io(_))));
}

#[test]
fn a_forged_file_does_no_harm() {
    for section in 0..sections(&TINY).len() {
        for (place, byte) in [(0, 0xff), (1, 0xff), (3, 0xff), (0, 0x7f), (7, 0x01), (usize::MAX / 2, 0x00)] {
            survive(&forged(&[(section, place, byte)]));
        }
    }
}

#[test]
fn a_forged_value_is_named_with_its_section() {
    let forged = |name: &str, place: usize, bytes: &[u8]| {
        let mut file = TINY.clone();
        let (_, range, _) = sections(&file).into_iter().find(|(section, ..)| section == name).unwrap();
        file[range.start + place..range.start + place + bytes.len()].copy_from_slice(bytes);
        forge(&mut file);
        open(&file).unwrap_err().to_string()
    };
    let far = 0x4000_0000_u32.to_le_bytes();
    for (section, place, bytes) in [
        // A year of millions would make a calendar of as many.
        ("trial.start_date", 0, &far[..]),
        ("trial.first_posted", 4, &far),
        ("source.as_of", 0, &far),
        ("trial.start_date", 0, &13_u32.to_le_bytes()),
        ("trial.status", 0, &[99]),
        ("trial.sponsor", 0, &far),
        ("TrialTarget.targets", 0, &far),
        ("texts.ends", 0, &far),
        ("ids.trial", 0, &[7, 0, 0, 0]),
    ] {
        let why = forged(section, place, bytes);
        assert!(why.contains(section), "{section}: {why}");
    }
    let why = forged("texts", 1, b"\n");
    assert!(why.contains("JSON text"), "{why}");
    let why = forged("texts", 1, b"\"");
    assert!(why.contains("JSON text"), "{why}");
    let why = forged("texts", 1, b"\xff");
    assert!(why.contains("JSON text"), "{why}");
}
