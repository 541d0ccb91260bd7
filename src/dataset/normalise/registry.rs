//! Which trial does this registry number name?
//!
//! Must not know: which trials there are.

/// How the number of a registry looks: its prefix in the registry's casing, then a pattern of digits (`0`), an optional
/// small letter (`s`) and other characters as they are.
const REGISTRIES: &[(&str, &[&str])] = &[
    ("NCT", &["00000000"]),
    (
        "ChiCTR",
        &[
            "0000000000",
            "-OOC-00000000",
            "-OPC-00000000",
            "-OIC-00000000",
            "-IIR-00000000",
            "-INR-00000000",
            "-OOB-00000000",
            "-OPB-00000000",
            "-OON-00000000",
            "-OPN-00000000",
            "-TRC-00000000",
            "-IPR-00000000",
            "-ONC-00000000",
            "-ONN-00000000",
            "-IPC-00000000",
            "-ICR-00000000",
            "-RRC-00000000",
            "-ROC-00000000",
        ],
    ),
    ("jRCT", &["0000000000", "s000000000"]),
    ("EUCTR", &["0000-000000-00", "0000-000000-00-AA"]),
    ("ISRCTN", &["00000000"]),
    ("ACTRN", &["00000000000000"]),
    ("DRKS", &["00000000"]),
    ("KCT", &["0000000"]),
    ("UMIN", &["000000000"]),
];

/// The number in its registry's casing; none where no known registry writes numbers like it.
pub(crate) fn registry_id(text: &str) -> Option<String> {
    let text = text.trim();
    REGISTRIES.iter().find_map(|(prefix, patterns)| {
        let rest = text.get(prefix.len()..).filter(|_| text[..prefix.len()].eq_ignore_ascii_case(prefix))?;
        patterns.iter().find(|pattern| fits(rest, pattern)).map(|pattern| {
            let rest = if pattern.starts_with('s') { rest.to_ascii_lowercase() } else { rest.to_ascii_uppercase() };
            format!("{prefix}{rest}")
        })
    })
}

fn fits(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            like => byte.eq_ignore_ascii_case(&like),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_registries() {
        for (text, id) in [
            ("NCT03056339", Some("NCT03056339")),
            (" nct03056339 ", Some("NCT03056339")),
            ("CHICTR2000034123", Some("ChiCTR2000034123")),
            ("ChiCTR-OPC-16009113", Some("ChiCTR-OPC-16009113")),
            ("jRCT2033200431", Some("jRCT2033200431")),
            ("JRCTS031200431", Some("jRCTs031200431")),
            ("jRCTs03120043", None),
            ("EUCTR2018-000001-22-de", Some("EUCTR2018-000001-22-DE")),
            ("ISRCTN12345678", Some("ISRCTN12345678")),
            ("NCT0305633", None),
            ("NCT030563391", None),
            ("NCT０３０５６３３９", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(registry_id(text).as_deref(), id, "{text}");
        }
    }
}
