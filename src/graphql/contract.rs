//! What is the whole contract, and where is a declaration found?
//!
//! Collects the tables of `types` once per process, checks that they hang together, and keeps the schema in the two
//! forms that others need: the definition language and apollo-compiler's. Must not know: requests.

use std::sync::LazyLock;

use apollo_compiler::Schema;
use apollo_compiler::validation::Valid;
use rustc_hash::FxHashMap;

use super::declare::{Enum, Field, InputObject, Interface, Object, Scalar};
use super::reference;
use super::types::{self, T};

/// What a type name stands for.
#[derive(Clone, Copy)]
pub(super) enum Named {
    Scalar,
    Enum(&'static Enum),
    Input(&'static InputObject),
    Object(T),
    Interface(&'static Interface),
}

/// The tables of `types`, before any schema is made of them.
pub(super) struct Tables {
    pub(super) objects: Vec<Object>,
    pub(super) interfaces: Vec<Interface>,
    pub(super) enums: Vec<Enum>,
    pub(super) inputs: Vec<InputObject>,
    pub(super) scalars: Vec<Scalar>,
    names: FxHashMap<&'static str, (u8, usize)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let (mut objects, interfaces, enums, inputs, scalars) = types::all();
    objects.sort_by_key(|o| o.ty as u16);
    let mut names = FxHashMap::default();
    for (at, object) in objects.iter().enumerate() {
        names.insert(object.ty.name(), (0, at));
    }
    names.extend(interfaces.iter().enumerate().map(|(at, x)| (x.name, (1, at))));
    names.extend(enums.iter().enumerate().map(|(at, x)| (x.name, (2, at))));
    names.extend(inputs.iter().enumerate().map(|(at, x)| (x.name, (3, at))));
    names.extend(scalars.iter().enumerate().map(|(at, x)| (x.name, (4, at))));
    Tables { objects, interfaces, enums, inputs, scalars, names }
});

/// The tables, made on first use.
pub(super) fn tables() -> &'static Tables {
    &TABLES
}

impl Tables {
    /// What a type name stands for; names that are not declared are the built-in scalars.
    pub(super) fn named(&'static self, name: &str) -> Named {
        match self.names.get(name) {
            Some((0, at)) => Named::Object(self.objects[*at].ty),
            Some((1, at)) => Named::Interface(&self.interfaces[*at]),
            Some((2, at)) => Named::Enum(&self.enums[*at]),
            Some((3, at)) => Named::Input(&self.inputs[*at]),
            _ => Named::Scalar,
        }
    }

    /// The declared name equal to this one, for keeping.
    pub(super) fn static_name(&'static self, name: &str) -> Option<&'static str> {
        const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];
        self.names.get_key_value(name).map(|(k, _)| *k).or_else(|| BUILT_IN.into_iter().find(|n| *n == name))
    }

    /// An object's declaration.
    pub(super) fn object(&'static self, ty: T) -> &'static Object {
        &self.objects[ty as usize]
    }

    /// A field's declaration.
    pub(super) fn field(&'static self, ty: T, name: &str) -> Option<&'static Field> {
        self.object(ty).fields.iter().find(|f| f.name == name)
    }

    /// Object types that a selection on this type may meet.
    pub(super) fn possible(&'static self, name: &str) -> Vec<T> {
        match self.named(name) {
            Named::Object(ty) => vec![ty],
            Named::Interface(interface) => {
                self.objects.iter().filter(|o| o.implements.contains(&interface.name)).map(|o| o.ty).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether an object type is, or implements, the named type.
    pub(super) fn is_a(&'static self, ty: T, name: &str) -> bool {
        ty.name() == name || self.object(ty).implements.contains(&name)
    }
}

/// The contract as others need it.
pub(super) struct Contract {
    sdl: String,
    /// For validation of documents.
    pub(super) schema: Valid<Schema>,
}

impl Contract {
    pub(super) fn sdl(&self) -> &str {
        &self.sdl
    }
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let sdl = reference::sdl();
    let schema = match Schema::parse_and_validate(&sdl, "schema.graphql") {
        Ok(schema) => schema,
        // The declarations are part of the program: a schema that does not validate is a defect that the first test
        // meets. Answering on with an empty schema would hide it.
        #[expect(clippy::panic, reason = "a defect of the declarations, not of any input")]
        Err(bad) => panic!("the declared contract is not a valid schema: {}", bad.errors),
    };
    Contract { sdl, schema }
});

/// The contract, made on first use.
pub(super) fn contract() -> &'static Contract {
    &CONTRACT
}
