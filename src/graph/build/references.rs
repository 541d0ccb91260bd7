//! How does one reference become an entry of each column?
//!
//! Must not know: trials, or who cites it.

use super::Builder;
use crate::domain::{Language, NodeKind, Reference, Verification, XrefMatch};
use crate::graph::StrId;

impl Builder<'_> {
    /// Adds the next reference, in the order of ids.
    pub(super) fn add_reference(&mut self, r: &Reference) {
        let at = self.names[NodeKind::Reference as usize].len();
        let chinese = r.language == "zh";
        let (en, zh) = if chinese { ("", r.title.as_str()) } else { (r.title.as_str(), "") };
        let id = self.strings.add_joined(&["reference:", &r.id]);
        // A title stands alone, unlike that of a trial, which is printed in its rows as well.
        let (en, zh) = (self.strings.own(en), self.strings.own(zh));
        let mut xrefs = [None; 3];
        for (xref, (prefix, id)) in xrefs.iter_mut().zip([("doi:", &r.doi), ("PMID:", &r.pmid), ("PMC:", &r.pmcid)]) {
            if !id.value.is_empty() {
                let number = if prefix == "PMC:" { id.value.trim_start_matches("PMC") } else { &id.value };
                let sure = id.verification.unwrap_or(Verification::Unknown);
                let curie = self.strings.add_joined(&[prefix, number]);
                *xref = Some(self.xref(curie, XrefMatch::Exact, sure, &r.evidence));
            }
        }
        let names = &mut self.names[NodeKind::Reference as usize];
        names.id.push(id);
        names.en.push(en);
        names.zh.push(zh);
        names.remark.push(StrId::NONE);
        names.synonyms.push([]);
        names.xrefs.push(xrefs.into_iter().flatten());
        let title = names.label(at, Language::En);
        let strings = &mut self.strings;
        let c = &mut self.references;
        c.title.push(title);
        c.authors.push(r.authors.iter().map(|a| strings.intern(a)));
        c.et_al.push(r.et_al);
        c.journal.push(strings.some(&r.journal));
        c.journal_printed.push(strings.some(&r.journal_printed));
        c.year.push(r.year.unwrap_or(0));
        c.volume.push(strings.some(&r.volume));
        c.issue.push(strings.some(&r.issue));
        c.pages.push(strings.some(&r.pages));
        c.doi.push(strings.own(&r.doi.value));
        c.pmid.push(strings.own(&r.pmid.value));
        c.pmcid.push(strings.own(&r.pmcid.value));
        c.url.push(strings.some(&r.url));
        c.language.push(strings.some(&r.language));
        c.reference_type.push(r.reference_type);
        c.standing.push(r.standing);
        c.defects.push(strings.some(&r.defects));
        c.evidence.push(strings.some(&r.evidence));
        let markers: Vec<_> = r
            .markers
            .iter()
            .filter_map(|(source, marker)| {
                let source = self.node(NodeKind::Source, source)?;
                Some((source.ix, self.strings.intern(marker)))
            })
            .collect();
        self.references.markers.push(markers);
    }
}
