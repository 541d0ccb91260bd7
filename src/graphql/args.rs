//! What did the client say in an argument?
//!
//! Values after coercion: they fit the declared type, defaults are filled in. Must not know: documents, variables, how
//! coercion is done.

use super::declare::Input;

/// A coerced value.
#[derive(Debug, Clone)]
pub(super) enum Val {
    /// Not given.
    Absent,
    /// Given as null.
    Null,
    Bool(bool),
    Int(i32),
    Float(f64),
    /// Text, id or custom scalar.
    Text(Box<str>),
    /// Number of the value in its enum.
    Enum(u8),
    List(Vec<Val>),
    /// The fields that have a value, by their place in the declaration, in its order. Of the many fields of a filter few are
    /// given.
    Object(&'static [Input], Vec<(u16, Val)>),
}

impl Val {
    /// Whether it is this boolean.
    pub(super) const fn is(&self, wanted: bool) -> bool {
        matches!(self, Val::Bool(value) if *value == wanted)
    }

    /// The value of a field of an input object; absent where it is not given or null.
    pub(super) fn get(&self, name: &str) -> Option<&Val> {
        match self {
            Val::Object(fields, values) => {
                let (_, value) = values.iter().find(|(at, _)| fields[usize::from(*at)].name == name)?;
                Some(value).filter(|v| !matches!(v, Val::Absent | Val::Null))
            }
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Val::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn int(&self) -> Option<i32> {
        if let Val::Int(int) = self { Some(*int) } else { None }
    }

    pub(super) fn number(&self) -> Option<u8> {
        if let Val::Enum(number) = self { Some(*number) } else { None }
    }

    pub(super) fn items(&self) -> &[Val] {
        if let Val::List(items) = self { items } else { &[] }
    }

    fn hash_into(&self, hash: &mut Fnv) {
        match self {
            Val::Absent | Val::Null => hash.add(b"-"),
            Val::Bool(b) => hash.add(&[b'b', u8::from(*b)]),
            Val::Int(i) => hash.add(&i.to_le_bytes()),
            Val::Float(f) => hash.add(&f.to_le_bytes()),
            Val::Text(t) => {
                hash.add(&(t.len() as u32).to_le_bytes());
                hash.add(t.as_bytes());
            }
            Val::Enum(n) => hash.add(&[b'e', *n]),
            Val::List(items) => {
                hash.add(b"[");
                items.iter().for_each(|v| v.hash_into(hash));
                hash.add(b"]");
            }
            Val::Object(_, values) => {
                hash.add(b"{");
                for (at, value) in values {
                    // Given as null and not given are the same.
                    if !matches!(value, Val::Absent | Val::Null) {
                        hash.add(&at.to_le_bytes());
                        value.hash_into(hash);
                    }
                }
                hash.add(b"}");
            }
        }
    }
}

/// A small stable hash (FNV-1a), the same on any machine: it goes into cursors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv(pub(super) u32);

impl Fnv {
    pub(super) const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
}

/// The coerced arguments of a field.
#[derive(Debug, Clone)]
pub(super) struct Args {
    declared: &'static [Input],
    values: Vec<Val>,
    /// Whether any has a value.
    any: bool,
    /// Hash of the arguments that choose and order a list: all but the page.
    pub(super) fingerprint: u32,
}

/// The arguments of a field that has none.
pub(super) static NONE: Args = Args { declared: &[], values: Vec::new(), any: false, fingerprint: Fnv::new().0 };

/// Arguments that choose the page of a list, not the list.
const PAGING: [&str; 4] = ["first", "after", "last", "before"];

impl Args {
    pub(super) fn new(declared: &'static [Input], values: Vec<Val>) -> Self {
        let mut hash = Fnv::new();
        for (input, value) in declared.iter().zip(&values) {
            if !PAGING.contains(&input.name) {
                value.hash_into(&mut hash);
            }
        }
        let any = values.iter().any(|v| !matches!(v, Val::Absent | Val::Null));
        Self { declared, values, any, fingerprint: hash.0 }
    }

    /// Whether none is an input object: what a filter finds is looked for once in a run, whoever asks first.
    pub(super) fn no_filter(&self) -> bool {
        !self.values.iter().any(|value| matches!(value, Val::Object(..)))
    }

    /// Whether none has a value.
    pub(super) const fn is_empty(&self) -> bool {
        !self.any
    }

    /// The value of an argument; none where it is not given or null.
    #[inline]
    pub(super) fn get(&self, name: &str) -> Option<&Val> {
        if self.any { self.find(name) } else { None }
    }

    fn find(&self, name: &str) -> Option<&Val> {
        // Names are short: byte by byte is faster than a call that compares.
        let named = |f: &Input| f.name.len() == name.len() && f.name.bytes().eq(name.bytes());
        let at = self.declared.iter().position(named)?;
        self.values.get(at).filter(|v| !matches!(v, Val::Absent | Val::Null))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Val::text)
    }

    pub(super) fn int(&self, name: &str) -> Option<i32> {
        self.get(name).and_then(Val::int)
    }

    pub(super) fn number(&self, name: &str) -> Option<u8> {
        self.get(name).and_then(Val::number)
    }

    pub(super) fn items(&self, name: &str) -> Option<&[Val]> {
        self.get(name).map(Val::items)
    }
}
