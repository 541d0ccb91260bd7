//! The closed word lists: one enum per list, with the text used in data files and in the API, and its meaning.
//!
//! Must not know: how a printed text maps to a value (that is data), or how GraphQL shows it.

/// Declares an enum whose values have one text form (data files and API) and one description, said once.
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $( #[doc = $vdoc:literal] $variant:ident = $text:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $( #[doc = $vdoc] $variant, )+ }

        impl $name {
            /// Name of the list, as the API spells it.
            pub const NAME: &'static str = stringify!($name);
            /// What the list is.
            pub const DOC: &'static str = concat!($($doc, "\n"),+);
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// Text and meaning of every value, in the order of `ALL`.
            pub const WORDS: &'static [(&'static str, &'static str)] = &[$(($text, $vdoc)),+];

            /// The text of the value in data files and in the API.
            #[must_use]
            pub const fn text(self) -> &'static str { Self::WORDS[self as usize].0 }

            /// The value with exactly this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::WORDS.iter().position(|(t, _)| *t == text).map(|i| Self::ALL[i])
            }

            /// The value with this number (its place in the list).
            #[must_use]
            pub fn at(number: u8) -> Option<Self> { Self::ALL.get(usize::from(number)).copied() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.text()) }
        }
    };
}

mod asked;
mod concepts;
mod graph;
mod provenance;
mod publications;
mod trials;

pub use asked::*;
pub use concepts::*;
pub use graph::*;
pub use provenance::*;
pub use publications::*;
pub use trials::*;
