//! How is a field of the contract declared, once?
//!
//! A field is a name, a type, arguments, a description, a cost and one plain function from (release, object, arguments)
//! to output. Must not know: any field in particular, how a plan is compiled, async-graphql.

use std::ops::Range;
use std::sync::Arc;

use super::args::Args;
use super::error::Res;
use super::json::Json;
use super::types::{Cx, Extra, T};
use crate::graph::Relation;

/// An object of the answer: its type and what it stands for. What `a` and `b` number is the type's own business.
#[derive(Debug, Clone)]
pub(super) struct Obj {
    /// Object type.
    pub(super) ty: T,
    /// First number, mostly that of a node.
    pub(super) a: u32,
    /// Second number.
    pub(super) b: u32,
    /// What does not fit into two numbers.
    pub(super) extra: Option<Arc<Extra>>,
}

impl Obj {
    pub(super) const fn new(ty: T, a: u32) -> Self {
        Self { ty, a, b: 0, extra: None }
    }

    pub(super) const fn pair(ty: T, a: u32, b: u32) -> Self {
        Self { ty, a, b, extra: None }
    }

    pub(super) fn with(ty: T, a: u32, b: u32, extra: &Arc<Extra>) -> Self {
        Self { ty, a, b, extra: Some(Arc::clone(extra)) }
    }
}

/// The objects behind a field, in order: numbers in a row, or a list in which `None` stands for a null item.
#[derive(Debug, Default)]
pub(super) struct Items {
    row: Option<Row>,
    list: Vec<Option<Obj>>,
}

/// Objects of one type whose first numbers follow each other.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) ty: T,
    pub(super) numbers: Range<u32>,
    /// Second number of each.
    pub(super) b: u32,
}

impl Items {
    /// All objects are those of a row: none is stored.
    #[inline]
    pub(super) fn row(&mut self, ty: T, numbers: Range<u32>, b: u32) {
        self.row = Some(Row { ty, numbers, b });
    }

    /// The row, where all objects are of one, and the list, where they are not.
    #[inline]
    pub(super) fn parts(&self) -> (Option<&Row>, &[Option<Obj>]) {
        (self.row.as_ref(), &self.list)
    }

    /// Empty, for another field.
    #[inline]
    pub(super) fn clear(&mut self) {
        self.row = None;
        self.list.clear();
    }

    /// How many there are.
    #[inline]
    pub(super) fn count(&self) -> usize {
        self.row.as_ref().map_or(self.list.len(), |row| row.numbers.len())
    }

    /// Type and first number of one; none where there is none.
    #[inline]
    pub(super) fn number(&self, at: usize) -> Option<(T, u32)> {
        match &self.row {
            Some(row) => (at < row.numbers.len()).then(|| (row.ty, row.numbers.start + at as u32)),
            None => self.list.get(at)?.as_ref().map(|object| (object.ty, object.a)),
        }
    }

    /// One by one.
    pub(super) fn into_list(mut self) -> Vec<Option<Obj>> {
        if let Some(Row { ty, numbers, b }) = self.row {
            self.list.extend(numbers.map(|a| Some(Obj::pair(ty, a, b))));
        }
        self.list
    }
}

impl std::ops::Deref for Items {
    type Target = Vec<Option<Obj>>;

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl std::ops::DerefMut for Items {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.list
    }
}

/// Writes a leaf: a scalar, an enum, or a list of these.
pub(super) type LeafFn = fn(&Cx<'_>, &Obj, &Args, &mut Json) -> Res<()>;
/// Finds the object behind a field, or none.
pub(super) type OneFn = fn(&Cx<'_>, &Obj, &Args) -> Res<Option<Obj>>;
/// Lists the objects behind a field.
pub(super) type ManyFn = fn(&Cx<'_>, &Obj, &Args, &mut Items) -> Res<()>;

/// The one function of a field.
#[derive(Clone, Copy)]
pub(super) enum Resolve {
    Leaf(LeafFn),
    One(OneFn),
    Many(ManyFn),
}

/// What a field of a node reads, so that a long list can say ahead what it reads.
#[derive(Clone, Copy)]
pub(super) enum Ahead {
    /// The head of the trial.
    Head,
    /// The head of the trial, and the title.
    Title,
    /// The links of the node.
    Links(Relation),
}

/// How many items a field is counted for when a query is priced.
#[derive(Debug, Clone, Copy)]
pub(super) enum Size {
    /// One object or leaf.
    One,
    /// A list whose length the client does not choose: its usual length.
    Usual(u32),
    /// A page: `first` or `last`, or the default.
    Page,
    /// As many as the list argument with this name has items.
    Argument(&'static str),
}

/// A type as written: `[Trial!]!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeRef {
    /// The named type.
    pub(super) name: &'static str,
    /// Whether it is a list.
    pub(super) list: bool,
    /// Whether items of the list are never null.
    pub(super) item_non_null: bool,
    /// Whether the whole is never null.
    pub(super) non_null: bool,
}

impl TypeRef {
    /// The type of the items of a list.
    pub(super) const fn item(self) -> Self {
        Self { name: self.name, list: false, item_non_null: false, non_null: self.item_non_null }
    }

    pub(super) fn parse(text: &'static str) -> Self {
        let (text, non_null) = strip(text);
        match text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            Some(item) => {
                let (name, item_non_null) = strip(item);
                Self { name, list: true, item_non_null, non_null }
            }
            None => Self { name: text, list: false, item_non_null: false, non_null },
        }
    }
}

fn strip(text: &'static str) -> (&'static str, bool) {
    text.strip_suffix('!').map_or((text, false), |rest| (rest, true))
}

impl std::fmt::Display for TypeRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.list {
            write!(f, "[{}{}]", self.name, if self.item_non_null { "!" } else { "" })?;
        } else {
            f.write_str(self.name)?;
        }
        f.write_str(if self.non_null { "!" } else { "" })
    }
}

/// An argument, or a field of an input object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) ty: TypeRef,
    /// Default as written in the schema.
    pub(super) default: Option<&'static str>,
    pub(super) doc: &'static str,
}

pub(super) fn input(name: &'static str, ty: &'static str, doc: &'static str) -> Input {
    Input { name, ty: TypeRef::parse(ty), default: None, doc }
}

impl Input {
    pub(super) const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }
}

/// A field.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) ty: TypeRef,
    pub(super) args: Vec<Input>,
    pub(super) doc: &'static str,
    pub(super) cost: u32,
    pub(super) size: Size,
    /// The relation whose link the object is, where the field leads to the node at its end.
    pub(super) end: Option<Relation>,
    /// The relation whose links the field lists, where no argument is given.
    pub(super) links: Option<Relation>,
    /// Where it reads first.
    pub(super) ahead: Option<Ahead>,
    pub(super) resolve: Resolve,
}

fn field(name: &'static str, ty: &'static str, doc: &'static str, resolve: Resolve) -> Field {
    let ty = TypeRef::parse(ty);
    let size = if ty.list && !matches!(resolve, Resolve::Leaf(_)) { Size::Usual(5) } else { Size::One };
    Field { name, ty, args: Vec::new(), doc, cost: 1, size, end: None, links: None, ahead: None, resolve }
}

/// A field that holds a scalar, an enum, or a list of these.
pub(super) fn leaf(name: &'static str, ty: &'static str, doc: &'static str, resolve: LeafFn) -> Field {
    field(name, ty, doc, Resolve::Leaf(resolve))
}

/// A field that holds an object or none.
pub(super) fn one(name: &'static str, ty: &'static str, doc: &'static str, resolve: OneFn) -> Field {
    field(name, ty, doc, Resolve::One(resolve))
}

/// A field that holds a list of objects.
pub(super) fn many(name: &'static str, ty: &'static str, doc: &'static str, resolve: ManyFn) -> Field {
    field(name, ty, doc, Resolve::Many(resolve))
}

impl Field {
    pub(super) fn arg(mut self, name: &'static str, ty: &'static str, doc: &'static str) -> Self {
        self.args.push(input(name, ty, doc));
        self
    }

    pub(super) fn arg_default(
        mut self,
        name: &'static str,
        ty: &'static str,
        default: &'static str,
        doc: &'static str,
    ) -> Self {
        self.args.push(input(name, ty, doc).default(default));
        self
    }

    pub(super) fn args(mut self, args: impl IntoIterator<Item = Input>) -> Self {
        self.args.extend(args);
        self
    }

    pub(super) const fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    pub(super) const fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// The first number of the object is that of a link of this relation, and the field leads to the node at its end.
    pub(super) const fn end(mut self, relation: Relation) -> Self {
        self.end = Some(relation);
        self
    }

    /// The object is the source of links of this relation, and without arguments the field lists these, in a row.
    pub(super) const fn links(mut self, relation: Relation) -> Self {
        self.links = Some(relation);
        self.ahead(Ahead::Links(relation))
    }

    /// The first number of the object is that of a node, and the field begins to read here.
    pub(super) const fn ahead(mut self, ahead: Ahead) -> Self {
        self.ahead = Some(ahead);
        self
    }
}

/// An object type.
pub(super) struct Object {
    pub(super) ty: T,
    pub(super) doc: &'static str,
    pub(super) implements: Vec<&'static str>,
    pub(super) fields: Vec<Field>,
}

impl Object {
    pub(super) fn new(ty: T, doc: &'static str, fields: Vec<Field>) -> Self {
        Self { ty, doc, implements: Vec::new(), fields }
    }

    pub(super) fn implements(mut self, interfaces: &[&'static str]) -> Self {
        self.implements.extend(interfaces);
        self
    }

    pub(super) fn with(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }
}

/// An interface: its fields are those of this name in any of its object types.
pub(super) struct Interface {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) implements: &'static [&'static str],
    pub(super) fields: &'static [&'static str],
}

/// An enum.
pub(super) struct Enum {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) words: &'static [(&'static str, &'static str)],
}

/// An input object.
pub(super) struct InputObject {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) fields: Vec<Input>,
}

/// A scalar that is not built in.
pub(super) struct Scalar {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) specified_by: &'static str,
}
