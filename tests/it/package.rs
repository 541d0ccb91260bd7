//! The data package as others see it (`datapackage.json`), and as the code reads it.

use trialweave::dataset;

use crate::support::repository;

#[test]
fn the_bundled_data_loads() {
    match dataset::from_dir(&repository("data")) {
        Ok(d) => assert!(!d.trials.is_empty()),
        Err(problems) => panic!("{} problems:\n{problems}", problems.len()),
    }
}
