//! Where in an argument does a value stand?
//!
//! Kept as names that lead there and put into words only where the value is refused. Must not know: what is refused.

use std::fmt;

/// The way to a value: `filter.disease.some`.
#[derive(Debug, Clone, Copy)]
pub(in crate::graphql::types) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    name: &'a str,
}

impl Place<'_> {
    /// The place of a field of the value that stands here.
    pub(super) const fn below<'a>(&'a self, name: &'a str) -> Place<'a> {
        Place { above: Some(self), name }
    }
}

impl<'a> From<&'a str> for Place<'a> {
    fn from(name: &'a str) -> Self {
        Self { above: None, name }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            write!(f, "{above}.")?;
        }
        f.write_str(self.name)
    }
}
