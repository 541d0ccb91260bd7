//! References as others write them, over the bundled data.

use trialweave::cite::cite;
use trialweave::domain::{CitationStyle, NodeKind};
use trialweave::snapshot::Snapshot;

use crate::support::{golden, repository};

/// Every reference in every style, as read and checked by eye.
#[test]
fn every_reference_in_every_style() {
    let snapshot = Snapshot::bundled().unwrap();
    let graph = snapshot.graph();
    for style in CitationStyle::ALL {
        let all: Vec<String> =
            (0..graph.count(NodeKind::Reference)).map(|at| cite(graph, at, *style).replace("\r\n", "\n")).collect();
        let end = if *style == CitationStyle::Bibtex || *style == CitationStyle::Ris { "" } else { "\n" };
        let text: String = all.iter().map(|one| format!("{one}{end}")).collect();
        golden(&repository(&format!("tests/citations/{}.txt", style.text().to_lowercase())), &text);
    }
}
