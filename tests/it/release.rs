//! What names a release, and what does not change it; and the whole tiny dataset as a golden file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;

use trialweave::dataset::{self, DiskFiles, Files};
use trialweave::generate::{self, Size};
use trialweave::snapshot::Snapshot;

use crate::support::{MemoryFiles, golden, repository};

#[test]
fn the_order_of_lines_does_not_matter() {
    let dataset = dataset::load(&MemoryFiles::tiny()).unwrap();
    for seed in 1..6 {
        let mut files = MemoryFiles::tiny();
        for path in files.list().unwrap().iter().filter(|path| path.ends_with(".csv")) {
            let text = files.text(path);
            let (head, body) = text.split_once('\n').unwrap();
            let mut lines: Vec<&str> = body.lines().collect();
            shuffle(&mut lines, seed);
            files.0.insert(path.clone(), format!("{head}\n{}\n", lines.join("\n")).into_bytes());
        }
        let shuffled = dataset::load(&files).unwrap();
        assert_eq!(shuffled.release, dataset.release);
        assert_eq!(shuffled.trials, dataset.trials);
        assert_eq!(shuffled.statements, dataset.statements);
        assert_eq!(shuffled.references, dataset.references);
    }
}

#[test]
fn one_cell_changes_the_release() {
    let release = |files: &MemoryFiles| dataset::load(files).unwrap_or_else(|p| panic!("{p}")).release;
    let before = release(&MemoryFiles::tiny());
    assert_eq!(before.len(), 32);
    assert!(before.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
    for (path, from, to) in [
        ("datapackage.json", "1.0.0", "1.0.1"),
        ("rules.csv", "STATUS,REGISTRY|REVIEW", "STATUS,REVIEW|REGISTRY"),
        ("sources/review/rows.csv", "NCT00000003,招募中", "NCT00000003,未知"),
        ("sources/review/rows.csv", "Flu + Cy", "Flu  + Cy"),
        ("sources/review/outcomes.csv", "5,10,50", "5,10,50.5"),
        ("sources/review/references.csv", "RECALLED", "VERIFIED"),
        ("sources/review/notes.csv", "A stray particle.", "A stray word."),
        ("sources/review/about.csv", "natural killer cells", "NK cells"),
        ("sources/sources.csv", "2025-04,", "2025-05,"),
        ("sources/registry/rows.csv", "2024-05-17", "2024-05-18"),
        ("sources/registry/trial_references.csv", "smith-2024", "li-2025"),
        ("vocabulary/values.csv", "PHASE,I 期,PHASE1", "PHASE,I 期,PHASE2"),
        ("vocabulary/qualifiers.csv", "难治性,REFRACTORY,true", "难治性,RELAPSED,true"),
        ("vocabulary/synonyms.csv", "DISEASE,aml,AML,EN", "DISEASE,aml,AML,ZH"),
        ("vocabulary/xrefs.csv", "EXACT,VERIFIED,Mondo", "CLOSE,VERIFIED,Mondo"),
        ("vocabulary/genes.csv", "P15391", "P15392"),
        ("vocabulary/disease_parents.csv", "mds,disease", "mds,leukemia"),
        ("vocabulary/drugs.csv", "COMBINATION_PARTNER", "OTHER"),
        ("vocabulary/regimens.csv", "Flu/Cy", "Cy/Flu"),
    ] {
        let mut files = MemoryFiles::tiny();
        files.replace(path, from, to);
        if path.ends_with("qualifiers.csv") {
            files.replace("sources/review/rows.csv", "复发/难治性", "难治性");
            let mut same = MemoryFiles::tiny();
            same.replace("sources/review/rows.csv", "复发/难治性", "难治性");
            assert_ne!(release(&files), release(&same), "{path}");
        }
        assert_ne!(release(&files), before, "{path}: {to}");
    }
}

#[test]
fn disk_and_binary_give_the_same_dataset() {
    static TINY: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/tests/datasets/tiny");
    let disk = dataset::from_dir(&repository("tests/datasets/tiny")).unwrap();
    assert_eq!(dataset::from_embedded(&TINY).unwrap(), disk);
    assert_eq!(dataset::load(&MemoryFiles::tiny()).unwrap(), disk);
}

#[test]
fn the_tiny_dataset_is_read_as_written_down() {
    let dataset = dataset::load(&MemoryFiles::tiny()).unwrap();
    golden(&repository("tests/datasets/tiny.txt"), &format!("{dataset:#?}\n"));
}

/// A shuffle that is the same everywhere (a linear congruential generator).
fn shuffle(lines: &mut [&str], seed: u64) {
    let mut state = seed;
    for i in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(i, usize::try_from(state >> 33).unwrap() % (i + 1));
    }
}

/// A package read the quick way and with all its records in memory.
fn read_both_ways(files: &(impl Files + Sync)) -> (Snapshot, Snapshot) {
    let slowly = Snapshot::build(&dataset::load(files).unwrap_or_else(|problems| panic!("{problems}")));
    let quickly = Snapshot::quickly(files, &dataset::Unseen).expect("sound data is read the quick way");
    (quickly, slowly)
}

#[test]
fn the_quick_way_builds_the_same_release() {
    let generated = tempfile::tempdir().unwrap();
    // More than the quick way takes at a time, so that parts have to be put together.
    let size = Size { trials: 600, targets: 40, diseases: 60, drugs: 30, references: 2_500, citations: 3 };
    generate::write(generated.path(), size, 1).unwrap();
    let mut shuffled = MemoryFiles::tiny();
    for (_, bytes) in shuffled.0.iter_mut().filter(|(path, _)| path.ends_with(".csv")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let (head, body) = text.split_once('\n').unwrap();
        if !body.contains('"') {
            let mut lines: Vec<_> = body.lines().collect();
            lines.reverse();
            *bytes = format!("{head}\r\n\r\n{}", lines.join("\r\n")).into_bytes();
        }
    }
    let disk = |path: &std::path::Path| DiskFiles::new(path);
    for (quickly, slowly) in [
        read_both_ways(&MemoryFiles::tiny()),
        read_both_ways(&shuffled),
        read_both_ways(&disk(&repository("data"))),
        read_both_ways(&disk(generated.path())),
    ] {
        assert_eq!(quickly.release(), slowly.release());
        assert_eq!(format!("{:?}", quickly.graph()), format!("{:?}", slowly.graph()));
    }
}

/// Files that count how often each is read.
struct Counted(MemoryFiles, Mutex<BTreeMap<String, u32>>);

impl Files for Counted {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn read(&self, path: &str) -> std::io::Result<Option<Cow<'_, [u8]>>> {
        let found = self.0.read(path)?;
        if found.is_some() {
            *self.1.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        }
        Ok(found)
    }

    fn list(&self) -> std::io::Result<Vec<String>> {
        self.0.list()
    }
}

/// A gigabyte is read from the disk once, not once for its ids and once for its records.
#[test]
fn the_quick_way_reads_every_file_once() {
    let files = Counted(MemoryFiles::tiny(), Mutex::default());
    Snapshot::quickly(&files, &dataset::Unseen).expect("sound data is read the quick way");
    let read = files.1.into_inner().unwrap();
    assert_eq!(read.keys().collect::<Vec<_>>(), files.0.0.keys().collect::<Vec<_>>());
    assert!(read.values().all(|times| *times == 1), "{read:?}");
}
