//! What does this operation ask, in the order in which the answer is written?
//!
//! A validated operation compiles once to a plan: fragments flattened per object type, equal response keys merged, keys
//! rendered, arguments constant or tied to variables. Must not know: the data, values of variables.

mod compile;
mod slot;

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, AtomicUsize};

use apollo_compiler::ast::OperationType;

pub(super) use self::compile::compile;
pub(super) use self::slot::Slot;
use super::args::{self, Args, Val};
use super::contract::Named;
use super::declare::{Field, Resolve, Size, TypeRef};
use super::error::{FieldError, Location};
use super::json::Key;
use super::kept::{Kept, NOT_KEPT, Tables};
use super::types::T;

/// A compiled operation.
pub(super) struct Plan {
    /// The selections; the last is that of the root.
    pub(super) selections: Vec<Sel>,
    pub(super) variables: Vec<Variable>,
    /// Argument lists; fields name them by number.
    pub(super) slots: Vec<Slot>,
    /// What may be written once and copied.
    pub(super) kept: Vec<Kept>,
    /// What is kept, by the same numbers.
    pub(super) tables: Tables,
    /// When a field is written. Number 0 is "always".
    pub(super) conditions: Vec<Condition>,
    /// Whether it asks for what only the reference executor answers (introspection).
    pub(super) introspective: bool,
    pub(super) kind: OperationType,
    /// Name of the operation, for logs and metrics.
    pub(super) name: Option<String>,
    /// Bytes of the last answer: a guess at the next one's.
    pub(super) size_hint: AtomicUsize,
    /// Of the runs that were timed lately: tag of their release, and microseconds of the slowest; 0 where there was none.
    pub(super) timed: AtomicU64,
    /// Price of the last run that was timed.
    pub(super) timed_cost: AtomicU64,
    /// About how many bytes it takes.
    pub(super) weight: u32,
}

/// All of these variables have these values.
type Conjunction = Vec<(u32, bool)>;

/// When a field is written at its place: when this occurrence counts and no earlier one of the same key does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Condition {
    here: Conjunction,
    not_before: Vec<Conjunction>,
}

impl Condition {
    /// Whether it holds for these values of the variables.
    pub(super) fn holds(&self, values: &[Val]) -> bool {
        let all = |these: &Conjunction| these.iter().all(|(v, wanted)| values[*v as usize].is(*wanted));
        all(&self.here) && !self.not_before.iter().any(all)
    }
}

/// A selection, per object type that it may meet.
#[derive(Default)]
pub(super) struct Sel {
    by_type: Vec<(T, Fields)>,
    /// Its price, where that hangs on no variable.
    price: Option<u64>,
}

/// The fields of a selection for an object type.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) list: Box<[PField]>,
    /// Whether all are leaves that are always written.
    pub(super) plain: bool,
    /// Number of what may be kept of the objects, or `NOT_KEPT`.
    pub(super) kept: u32,
}

impl Fields {
    fn new(list: Vec<PField>) -> Self {
        let leaf = |f: &PField| f.condition == 0 && f.field.is_some_and(|f| matches!(f.resolve, Resolve::Leaf(_)));
        Self { plain: !list.is_empty() && list.iter().all(leaf), list: list.into(), kept: NOT_KEPT }
    }
}

impl Sel {
    /// The fields to write for an object of this type; none where it cannot be met.
    #[inline]
    pub(super) fn fields(&self, ty: T) -> Option<&Fields> {
        self.by_type.iter().find(|(t, _)| *t == ty).map(|(_, fields)| fields)
    }

    /// The fields for each type.
    pub(super) fn all(&self) -> impl Iterator<Item = &Fields> {
        self.by_type.iter().map(|(_, fields)| fields)
    }
}

/// A field of a plan.
#[derive(Clone)]
pub(super) struct PField {
    /// The response key.
    pub(super) key: Key,
    /// The declaration; none for `__typename`.
    pub(super) field: Option<&'static Field>,
    pub(super) condition: u32,
    /// Number of the argument list, or `NO_SLOT`.
    pub(super) slot: u32,
    /// Number of the selection, or `NO_SELECTION`.
    pub(super) selection: u32,
    pub(super) location: Location,
}

pub(super) const NO_SLOT: u32 = u32::MAX;
pub(super) const NO_SELECTION: u32 = u32::MAX;

/// A variable of the operation.
pub(super) struct Variable {
    pub(super) name: Box<str>,
    pub(super) ty: TypeRef,
    /// What the name of the type stands for.
    pub(super) named: Named,
    pub(super) default: Option<Val>,
    pub(super) location: Location,
}

/// The arguments of a field, or why there are none.
pub(super) type Given<'a> = Result<&'a Args, &'a FieldError>;

impl Plan {
    /// Number of the root's selection.
    pub(super) fn root(&self) -> u32 {
        self.selections.len() as u32 - 1
    }

    /// The arguments of all slots. Nothing is counted as used twice: what two threads count is dear to both.
    pub(super) fn given<'a>(&'a self, open: &'a [Option<Result<Args, FieldError>>]) -> Vec<Given<'a>> {
        let each = self.slots.iter().zip(open);
        each.map(|(slot, open)| match (open, slot) {
            (Some(open), _) => open.as_ref(),
            (None, Slot::Constant(done)) => done.as_ref(),
            // Cannot be: what is open was opened.
            (None, Slot::Open(..)) => Ok(&args::NONE),
        })
        .collect()
    }

    /// What the operation costs with the arguments of open slots: fields, times the sizes of the lists above them. Saturates.
    pub(super) fn price(&self, open: &[Option<Result<Args, FieldError>>], included: &[bool]) -> u64 {
        if let Some(fixed) = self.selections[self.root() as usize].price {
            return fixed;
        }
        self.price_of(self.root(), &self.given(open), included, &mut vec![None; self.selections.len()])
    }

    /// The price of the fields of a selection, where it hangs on no variable.
    pub(super) fn fixed_price(&self, fields: &Fields) -> Option<u64> {
        fields.list.iter().try_fold(0u64, |sum, planned| {
            let always = planned.condition == 0;
            let Some(field) = planned.field.filter(|_| always) else { return always.then_some(sum) };
            let mut price = u64::from(field.cost);
            if planned.selection != NO_SELECTION {
                let slot = self.slots.get(planned.slot as usize);
                let items = size(field, |name| slot.map_or(Ok(None), |slot| slot.settled(name))).ok()?;
                let below = self.selections[planned.selection as usize].price?;
                price = price.saturating_add(below.saturating_mul(items));
            }
            Some(sum.saturating_add(price))
        })
    }

    fn price_of(&self, selection: u32, args: &[Given<'_>], included: &[bool], known: &mut Vec<Option<u64>>) -> u64 {
        let of = &self.selections[selection as usize];
        if let Some(price) = of.price.or(known[selection as usize]) {
            return price;
        }
        let mut most = 0;
        for (_, fields) in &of.by_type {
            let mut sum = 0u64;
            for planned in fields.list.iter().filter(|f| included[f.condition as usize]) {
                let Some(field) = planned.field else { continue };
                let mut price = u64::from(field.cost);
                if planned.selection != NO_SELECTION {
                    let own = args.get(planned.slot as usize).and_then(|given| given.ok());
                    let below = self.price_of(planned.selection, args, included, known);
                    let Ok(items) = size(field, |name| Ok::<_, Infallible>(own.and_then(|args| args.get(name))));
                    price = price.saturating_add(below.saturating_mul(items));
                }
                sum = sum.saturating_add(price);
            }
            most = most.max(sum);
        }
        known[selection as usize] = Some(most);
        most
    }
}

/// How many items a field is counted for, by its arguments.
fn size<'a, E>(field: &Field, argument: impl Fn(&str) -> Result<Option<&'a Val>, E>) -> Result<u64, E> {
    Ok(match field.size {
        Size::One => 1,
        Size::Usual(items) => u64::from(items),
        Size::Page => {
            let asked = match argument("first")?.and_then(Val::int) {
                Some(first) => Some(first),
                None => argument("last")?.and_then(Val::int),
            };
            asked.map_or(u64::from(crate::select::Page::DEFAULT), |n| n.max(0) as u64).max(1)
        }
        Size::Argument(name) => argument(name)?.map_or(1, |given| given.items().len() as u64).max(1),
    })
}
