//! The contract: what is exported is what is committed, and every part of it is described to its users.

use apollo_compiler::ast::FieldDefinition;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Node, Schema};

use crate::support::{golden, repository};

/// Words of the program that have no place in what a user reads.
const PROGRAM_WORDS: &[&str] = &[
    "Arc", "BTreeMap", "Box", "HashMap", "HashSet", "Option", "Rust", "Vec", "async", "bool", "crate", "csr", "CSR",
    "enum's", "f64", "fn", "i32", "i64", "impl", "mod", "petgraph", "serde", "str", "struct", "trait", "u16", "u32",
    "u64", "u8", "unwrap", "usize",
];

#[test]
fn the_committed_contract_is_the_one_that_is_served() {
    golden(&repository("schema/schema.graphql"), trialweave::graphql::sdl());
}

type Parts = Vec<(String, String)>;

fn note(parts: &mut Parts, place: String, description: Option<&Node<str>>) {
    parts.push((place, description.map(|text| text.as_str().to_owned()).unwrap_or_default()));
}

fn field(parts: &mut Parts, ty: &str, field: &FieldDefinition) {
    note(parts, format!("{ty}.{}", field.name), field.description.as_ref());
    for argument in &field.arguments {
        note(parts, format!("{ty}.{}({}:)", field.name, argument.name), argument.description.as_ref());
    }
}

/// Every part of a contract that a user sees, with its description.
fn parts(sdl: &str) -> Parts {
    let schema = Schema::parse_and_validate(sdl, "schema.graphql").unwrap();
    let mut parts = Parts::new();
    for (name, ty) in schema.types.iter().filter(|(_, ty)| !ty.is_built_in()) {
        note(&mut parts, name.to_string(), ty.description());
        match ty {
            ExtendedType::Object(object) => object.fields.values().for_each(|f| field(&mut parts, name, f)),
            ExtendedType::Interface(interface) => interface.fields.values().for_each(|f| field(&mut parts, name, f)),
            ExtendedType::Enum(words) => {
                for (word, definition) in &words.values {
                    note(&mut parts, format!("{name}.{word}"), definition.description.as_ref());
                }
            }
            ExtendedType::InputObject(input) => {
                for (field, definition) in &input.fields {
                    note(&mut parts, format!("{name}.{field}"), definition.description.as_ref());
                }
            }
            ExtendedType::Scalar(_) | ExtendedType::Union(_) => {}
        }
    }
    parts
}

/// Parts that are not described to users: no description, or one that speaks of the program.
fn undescribed(sdl: &str) -> Vec<String> {
    let word_of_program = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '_');
        words.into_iter().find(|word| PROGRAM_WORDS.contains(word)).map(str::to_owned)
    };
    let mut found = Vec::new();
    for (place, text) in parts(sdl) {
        if text.trim().is_empty() {
            found.push(format!("{place}: no description"));
        } else if let Some(word) = word_of_program(&text) {
            found.push(format!("{place}: a word of the program, {word}: {text}"));
        } else if text.contains("::") || text.contains("](") {
            found.push(format!("{place}: a path or link of the program's own docs: {text}"));
        }
    }
    found
}

#[test]
fn every_part_of_the_contract_is_described_in_words_of_its_users() {
    let found = undescribed(trialweave::graphql::sdl());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_part_without_description_is_found() {
    let sdl = r#"
        "Where a query begins." type Query { "One." a("How many." n: Int, m: Int): Word "Bytes in a Vec." b: In0 c: Int }
        "A word." enum Word { "First." A B }
        interface In0 { "Id." id: ID }
        "Input." input In { x: Int }
    "#;
    let found = undescribed(&sdl.replace("b: In0", "b: Word"));
    let places: Vec<_> = found.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["Query.a(m:)", "Query.b", "Query.c", "Word.B", "In0", "In.x"]);
}
