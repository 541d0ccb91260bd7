//! Which bytes stand for a value in a file?
//!
//! Numbers lie there as they do in memory (little-endian machines only; the head of a file says so). Words of a list are
//! one byte, their place in the list; what may be missing has a byte before it. Must not know: files, sections.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::column::{Column, Mapping};
use super::{GeneRow, MentionRow, Node, OutcomeRow, StrId, SynonymRow, XrefRow};
use crate::domain::{
    AgencyClass, CitationIntent, DiseaseArea, DrugRole, KnownBy, Language, Mapping as Mapped, NodeKind, ReferenceType,
    SourceField, SourceType, Standing, StatementType, TrialStatus, Verification, XrefMatch,
};

/// A value that a column may hold.
pub trait Packed: Copy + Send + Sync + 'static {
    /// How many bytes it takes.
    const SIZE: usize;

    /// Writes it.
    fn pack(&self, out: &mut Vec<u8>);

    /// Reads it from exactly its bytes; none where they are no value.
    fn unpack(bytes: &[u8]) -> Option<Self>;

    /// Whether it names texts.
    const TEXTS: bool = false;

    /// The texts that it names.
    fn texts(&self, _each: &mut dyn FnMut(StrId)) {}

    /// The number that it is (of a long one its lower half), or the one of its parts that a rule is about.
    fn number(&self) -> Option<u32> {
        None
    }

    /// A column of a file: in place where that can be, else decoded.
    fn column(file: &Arc<Mapping>, range: Range<usize>) -> Option<Column<Self>> {
        let bytes = file.bytes().get(range)?;
        if bytes.len() % Self::SIZE != 0 {
            return None;
        }
        bytes.chunks_exact(Self::SIZE).map(Self::unpack).collect::<Option<Vec<_>>>().map(Column::from)
    }

    /// The bytes of many.
    fn packed(items: &[Self]) -> Cow<'_, [u8]> {
        let mut out = Vec::with_capacity(items.len() * Self::SIZE);
        items.iter().for_each(|item| item.pack(&mut out));
        Cow::Owned(out)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Packed for $number {
            const SIZE: usize = size_of::<$number>();

            fn pack(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }

            fn unpack(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(<$number>::from_le_bytes)
            }

            fn number(&self) -> Option<u32> {
                Some(*self as u32)
            }

            fn column(file: &Arc<Mapping>, range: Range<usize>) -> Option<Column<Self>> {
                file.column(range)
            }

            fn packed(items: &[Self]) -> Cow<'_, [u8]> {
                Cow::Borrowed(bytemuck::cast_slice(items))
            }
        }
    )* };
}

numbers! { u8 u16 u32 u64 f64 }

impl Packed for StrId {
    const SIZE: usize = 4;
    const TEXTS: bool = true;

    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        u32::unpack(bytes).map(Self)
    }

    fn texts(&self, each: &mut dyn FnMut(StrId)) {
        each(*self);
    }

    fn column(file: &Arc<Mapping>, range: Range<usize>) -> Option<Column<Self>> {
        file.column(range)
    }

    fn packed(items: &[Self]) -> Cow<'_, [u8]> {
        Cow::Borrowed(bytemuck::cast_slice(items))
    }
}

impl Packed for bool {
    const SIZE: usize = 1;

    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

macro_rules! words {
    ($($word:ty)*) => { $(
        impl Packed for $word {
            const SIZE: usize = 1;

            fn pack(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn unpack(bytes: &[u8]) -> Option<Self> {
                if let [byte] = bytes { Self::at(*byte) } else { None }
            }
        }
    )* };
}

words! {
    AgencyClass CitationIntent DiseaseArea DrugRole KnownBy Language Mapped NodeKind ReferenceType SourceField SourceType
    Standing StatementType TrialStatus Verification XrefMatch
}

impl<T: Packed> Packed for Option<T> {
    const SIZE: usize = 1 + T::SIZE;
    const TEXTS: bool = T::TEXTS;

    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        match self {
            Some(value) => value.pack(out),
            None => out.resize(out.len() + T::SIZE, 0),
        }
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (there, value) = bytes.split_first()?;
        if bool::unpack(&[*there])? { T::unpack(value).map(Some) } else { Some(None) }
    }

    fn texts(&self, each: &mut dyn FnMut(StrId)) {
        if let Some(value) = self {
            value.texts(each);
        }
    }
}

/// A value of several parts, one after another; the parts of a tuple are called by their numbers.
macro_rules! parts {
    ($type:ty: $($name:ident = $part:tt: $of:ty),+ => $make:expr) => {
        impl Packed for $type {
            const SIZE: usize = 0 $(+ <$of as Packed>::SIZE)+;
            const TEXTS: bool = false $(|| <$of as Packed>::TEXTS)+;

            /// The first number among the parts.
            fn number(&self) -> Option<u32> {
                None$(.or_else(|| self.$part.number()))+
            }

            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$part.pack(out);)+
            }

            fn unpack(bytes: &[u8]) -> Option<Self> {
                let rest = bytes;
                $(
                    let ($name, rest) = rest.split_at_checked(<$of as Packed>::SIZE)?;
                    let $name = <$of as Packed>::unpack($name)?;
                )+
                rest.is_empty().then_some($make)
            }

            fn texts(&self, each: &mut dyn FnMut(StrId)) {
                $(self.$part.texts(each);)+
            }
        }
    };
}

macro_rules! record {
    ($type:ident { $($part:ident: $of:ty),+ $(,)? }) => {
        parts! { $type: $($part = $part: $of),+ => $type { $($part),+ } }
    };
}

record! { Node { kind: NodeKind, ix: u32 } }
record! { SynonymRow { text: StrId, language: Language } }
record! { XrefRow { curie: StrId, matching: XrefMatch, verification: Verification, evidence: StrId } }
record! { MentionRow { registry_id: StrId, trial: u32, known_by: KnownBy, note: StrId } }
record! {
    GeneRow {
        symbol: StrId, name: StrId, hgnc: StrId, uniprot: StrId, ensembl: StrId, ncbi_gene: StrId,
        verification: Verification, evidence: StrId,
    }
}
record! {
    OutcomeRow {
        measure: StrId, n: Option<u32>, of: Option<u32>, percent: Option<f64>, percent_max: Option<f64>,
        value: Option<f64>, value_max: Option<f64>, unit: StrId, comparator: StrId, grade: StrId, timepoint: StrId,
        note: StrId,
    }
}
parts! { (u32, StrId): a = 0: u32, b = 1: StrId => (a, b) }
parts! { (StrId, StrId): a = 0: StrId, b = 1: StrId => (a, b) }
parts! { (SourceField, StrId): a = 0: SourceField, b = 1: StrId => (a, b) }
parts! { (Node, u32): a = 0: Node, b = 1: u32 => (a, b) }
parts! { (StrId, CitationIntent, bool): a = 0: StrId, b = 1: CitationIntent, c = 2: bool => (a, b, c) }
parts! {
    (u32, StrId, CitationIntent, bool): a = 0: u32, b = 1: StrId, c = 2: CitationIntent, d = 3: bool => (a, b, c, d)
}
