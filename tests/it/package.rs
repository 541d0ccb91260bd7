//! The data package as others see it (`datapackage.json`), and as the code reads it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use trialweave::dataset::{self, DiskFiles, Files};

use crate::support::repository;

#[test]
fn the_bundled_data_loads() {
    match dataset::from_dir(&repository("data")) {
        Ok(dataset) => assert!(!dataset.trials.is_empty() && !dataset.statements.is_empty()),
        Err(problems) => panic!("{} problems:\n{problems}", problems.len()),
    }
}

#[test]
fn the_package_describes_exactly_the_columns_that_are_read() {
    for (path, fields) in resources() {
        let read = dataset::columns(&path).unwrap_or_else(|| panic!("nothing reads {path}"));
        if path.ends_with("/rows.csv") {
            assert_eq!(fields[..3], ["table", "row", "registry_id"], "{path}");
            let unknown: Vec<_> = fields.iter().filter(|field| !read.contains(field)).collect();
            assert!(unknown.is_empty(), "{path}: {unknown:?}");
        } else {
            assert_eq!(fields, read, "{path}");
        }
    }
}

#[test]
fn the_package_lists_every_file() {
    let listed: BTreeSet<String> = resources().into_iter().map(|(path, _)| path).collect();
    let files = DiskFiles::new(&repository("data")).list().unwrap();
    let there: BTreeSet<String> = files.into_iter().filter(|path| path.ends_with(".csv")).collect();
    assert_eq!(listed, there);
}

/// Path and names of the fields of every resource.
fn resources() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(repository("data/datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&text).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let fields = |resource: &Value| {
        resource["schema"]["fields"].as_array().unwrap().iter().map(|field| text(&field["name"])).collect()
    };
    package["resources"].as_array().unwrap().iter().map(|r| (text(&r["path"]), fields(r))).collect()
}

/// Every file that a page of the docs links to is there.
#[test]
fn links_of_the_docs_lead_somewhere() {
    let tracked = Command::new("git").args(["ls-files", "*.md"]).current_dir(repository("")).output().unwrap();
    let pages = String::from_utf8(tracked.stdout).unwrap();
    let (mut links, mut dead) = (0, Vec::new());
    for page in pages.lines() {
        let text = std::fs::read_to_string(repository(page)).unwrap();
        let folder = Path::new(page).parent().unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#', ' ']).next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            links += 1;
            if !repository(&folder.join(target).to_string_lossy()).exists() {
                dead.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(links > 40, "only {links} links were found");
    assert!(dead.is_empty(), "{dead:#?}");
}
