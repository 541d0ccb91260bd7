//! Does the plan give what async-graphql's executor gives?
//!
//! Random valid operations over the real data (fragments on objects and interfaces, aliases, merged fields, directives,
//! variables, nested connections, arguments good and bad) go through both; data and errors must be the same, byte for
//! byte. `TRIALWEAVE_ORACLE_CASES` sets how many (2,000 where it is not set).

use std::collections::BTreeMap;
use std::sync::Arc;

use apollo_compiler::Schema;
use apollo_compiler::ast::Type;
use apollo_compiler::schema::{ExtendedType, FieldDefinition, InputValueDefinition};
use serde_json::{Map, Value, json};
use trialweave::graphql::{Engine, Limits, Request, sdl};
use trialweave::snapshot::Snapshot;

/// A small generator of numbers: the same seed gives the same operation on any machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides.max(1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

struct Maker<'a> {
    schema: &'a Schema,
    dice: Dice,
    ids: &'a [String],
    cursors: &'a [String],
    variables: BTreeMap<String, (String, Value)>,
    fragments: Vec<String>,
    budget: usize,
}

impl Maker<'_> {
    fn operation(mut self) -> (String, Map<String, Value>) {
        let body = self.selection("Query", 0);
        let declared: Vec<_> = self.variables.iter().map(|(name, (ty, _))| format!("${name}: {ty}")).collect();
        let head = if declared.is_empty() { String::new() } else { format!("({})", declared.join(", ")) };
        let document = format!("query Q{head} {body}\n{}", self.fragments.join("\n"));
        let values = self.variables.into_iter().filter(|(_, (_, v))| *v != json!("absent"));
        (document, values.map(|(name, (_, value))| (name, value)).collect())
    }

    fn fields(&self, ty: &str) -> Vec<FieldDefinition> {
        match &self.schema.types[ty] {
            ExtendedType::Object(o) => o.fields.values().map(|f| (***f).clone()).collect(),
            ExtendedType::Interface(i) => i.fields.values().map(|f| (***f).clone()).collect(),
            _ => Vec::new(),
        }
    }

    fn is_composite(&self, ty: &str) -> bool {
        matches!(
            self.schema.types.get(ty),
            Some(ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_))
        )
    }

    fn selection(&mut self, ty: &str, depth: usize) -> String {
        let fields = self.fields(ty);
        let mut parts = Vec::new();
        for _ in 0..1 + self.dice.roll(if depth == 0 { 3 } else { 4 }) {
            let leaves: Vec<_> = fields.iter().filter(|f| !self.is_composite(f.ty.inner_named_type())).collect();
            let deep = depth < 6 && self.budget > 0;
            let field = if !leaves.is_empty() && (!deep || self.dice.chance(40)) {
                (**self.dice.pick(&leaves)).clone()
            } else if deep && !fields.is_empty() {
                self.dice.pick(&fields).clone()
            } else {
                break;
            };
            self.budget = self.budget.saturating_sub(1);
            parts.push(self.field(&field, depth));
        }
        if self.dice.chance(12) || parts.is_empty() {
            parts.push("__typename".into());
        }
        if depth > 0 && (fields.is_empty() || self.dice.chance(25)) {
            parts.push(self.fragment(ty, depth));
        }
        // The same field again, to be merged.
        if self.dice.chance(20)
            && let Some(first) = parts.first().filter(|p| !p.starts_with("...")).cloned()
        {
            parts.push(first);
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn fragment(&mut self, ty: &str, depth: usize) -> String {
        let mut on = vec![ty.to_owned()];
        match &self.schema.types[ty] {
            ExtendedType::Interface(_) => {
                let implementers = self.schema.implementers_map();
                if let Some(all) = implementers.get(ty) {
                    on.extend(all.objects.iter().map(ToString::to_string));
                }
            }
            ExtendedType::Union(union) => on.extend(union.members.iter().map(ToString::to_string)),
            ExtendedType::Object(o) => on.extend(o.implements_interfaces.iter().map(|i| i.name.to_string())),
            _ => {}
        }
        let on = self.dice.pick(&on).clone();
        let directive = self.directive();
        // A fragment repeats keys with other arguments only by chance; its own aliases keep keys apart.
        let body = self.aliased_selection(&on, depth + 1);
        if self.dice.chance(50) {
            return format!("... on {on}{directive} {body}");
        }
        let name = format!("F{}", self.fragments.len());
        self.fragments.push(String::new());
        let at = self.fragments.len() - 1;
        self.fragments[at] = format!("fragment {name} on {on} {body}");
        format!("...{name}{directive}")
    }

    fn aliased_selection(&mut self, ty: &str, depth: usize) -> String {
        let fields = self.fields(ty);
        let leaves: Vec<_> = fields.into_iter().filter(|f| !self.is_composite(f.ty.inner_named_type())).collect();
        if leaves.is_empty() {
            return "{ __typename }".into();
        }
        let mut parts = Vec::new();
        for _ in 0..=self.dice.roll(2) {
            let field = self.dice.pick(&leaves).clone();
            parts.push(self.field(&field, depth));
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn field(&mut self, field: &FieldDefinition, depth: usize) -> String {
        // Keys differ whenever arguments may, so that no two fields of one key conflict.
        let has_arguments = !field.arguments.is_empty();
        let alias = if has_arguments || self.dice.chance(10) {
            format!("a{}_{}: ", self.dice.roll(1_000_000), field.name)
        } else {
            String::new()
        };
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let required = argument.ty.is_non_null() && argument.default_value.is_none();
            let likely = match argument.name.as_str() {
                "first" => 80,
                "last" | "after" | "before" | "source" => 5,
                _ => 30,
            };
            if required || self.dice.chance(likely) {
                let value = self.argument(argument, field.ty.inner_named_type());
                arguments.push(format!("{}: {value}", argument.name));
            }
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let directive = if self.dice.chance(8) { self.directive() } else { String::new() };
        let ty = field.ty.inner_named_type();
        let below = if self.is_composite(ty) { format!(" {}", self.selection(ty, depth + 1)) } else { String::new() };
        format!("{alias}{}{arguments}{directive}{below}", field.name)
    }

    fn directive(&mut self) -> String {
        if self.dice.chance(60) {
            return String::new();
        }
        let name = if self.dice.chance(50) { "skip" } else { "include" };
        let value = match self.dice.roll(3) {
            0 => "true".to_owned(),
            1 => "false".to_owned(),
            _ => {
                let value = self.dice.chance(50);
                self.variable("Boolean!", json!(value))
            }
        };
        format!(" @{name}(if: {value})")
    }

    fn variable(&mut self, ty: &str, value: Value) -> String {
        let name = format!("v{}", self.variables.len());
        self.variables.insert(name.clone(), (ty.to_owned(), value));
        format!("${name}")
    }

    fn argument(&mut self, argument: &InputValueDefinition, of: &str) -> String {
        let mut value = self.value(&argument.ty, &argument.name, 0);
        // Most ids are of the kind asked for.
        if argument.name == "id" && self.dice.chance(90) {
            let prefix = format!("{}:", of.to_lowercase());
            let fitting: Vec<_> = self.ids.iter().filter(|id| id.starts_with(&prefix)).collect();
            if !fitting.is_empty() {
                value = json!(self.dice.pick(&fitting));
            }
        }
        let ty = argument.ty.to_string();
        if self.dice.chance(30) {
            let nullable = !argument.ty.is_non_null();
            if nullable && self.dice.chance(15) {
                return self.variable(&ty, json!("absent"));
            }
            if nullable && self.dice.chance(10) {
                return self.variable(&ty, Value::Null);
            }
            return self.variable(&ty, value);
        }
        self.literal(&argument.ty, &value)
    }

    /// A value that fits the type, though not always the field: ids may be unknown, cursors foreign, sizes negative.
    fn value(&mut self, ty: &Type, name: &str, depth: usize) -> Value {
        if ty.is_list() {
            let count = self.dice.roll(4);
            return Value::Array((0..count).map(|_| self.value(ty.item_type(), name, depth)).collect());
        }
        let named = ty.inner_named_type();
        match (self.schema.types.get(named), named.as_str()) {
            (Some(ExtendedType::Enum(e)), _) => {
                let words: Vec<_> = e.values.keys().collect();
                json!(self.dice.pick(&words).as_str())
            }
            (Some(ExtendedType::InputObject(o)), _) => {
                let mut map = Map::new();
                for field in o.fields.values() {
                    let required = field.ty.is_non_null() && field.default_value.is_none();
                    if required || (depth < 2 && self.dice.chance(25)) {
                        map.insert(field.name.to_string(), self.value(&field.ty, &field.name, depth + 1));
                    }
                }
                Value::Object(map)
            }
            (_, "Int") => match name {
                "first" | "last" => json!(
                    [0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, -1, 5000]
                        [self.dice.roll(26)]
                ),
                _ => json!(self.dice.roll(5)),
            },
            (_, "_Any") => {
                let id = self.dice.pick(self.ids).clone();
                let kind = id.split(':').next().unwrap_or_default();
                let kind: String =
                    kind.char_indices().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }).collect();
                json!({ "__typename": kind, "id": id })
            }
            (_, "Float") => json!(1.5),
            (_, "Boolean") => json!(self.dice.chance(50)),
            (_, "PartialDate") => json!(*self.dice.pick(&["2019", "2021-05", "2024-01-01"])),
            _ if name == "after" || name == "before" => json!(self.dice.pick(self.cursors)),
            _ if name == "source" => json!(*self.dice.pick(&["carnk-review-2025", "source:ctgov-2026-09", "nowhere"])),
            _ => json!(self.dice.pick(self.ids)),
        }
    }

    fn literal(&self, ty: &Type, value: &Value) -> String {
        match value {
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|v| self.literal(ty.item_type(), v)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(map) => {
                let Some(ExtendedType::InputObject(o)) = self.schema.types.get(ty.inner_named_type()) else {
                    let fields: Vec<_> = map.iter().map(|(k, v)| format!("{k}: {v}")).collect();
                    return format!("{{{}}}", fields.join(", "));
                };
                let fields: Vec<_> =
                    map.iter().map(|(k, v)| format!("{k}: {}", self.literal(&o.fields[k.as_str()].ty, v))).collect();
                format!("{{{}}}", fields.join(", "))
            }
            Value::String(text)
                if matches!(self.schema.types.get(ty.inner_named_type()), Some(ExtendedType::Enum(_))) =>
            {
                text.clone()
            }
            other => other.to_string(),
        }
    }
}

fn ids(snapshot: &Arc<Snapshot>, engine: &Engine) -> (Vec<String>, Vec<String>) {
    let query = "{ trials(first: 30) { edges { cursor node { id nctId } } } targets { nodes { id symbol } } \
                 diseases(first: 40) { nodes { id } } drugs { nodes { id } } regimens { nodes { id } } \
                 references { nodes { id doi } } statements(first: 60) { nodes { id } } meta { sources { id } } }";
    let answer = engine.answer(snapshot, &Request { query: query.into(), ..Request::default() });
    let value: Value = serde_json::from_slice(&answer.body).unwrap();
    let mut ids = Vec::new();
    let mut cursors = vec!["garbage".to_owned(), "AAAAAAAAAAAAAAAAAAA".to_owned()];
    collect(&value["data"], &mut ids, &mut cursors);
    ids.extend(
        ["carnk-review-2025#10", "nct03056339", "nowhere", "", "NCT1", "disease:nowhere", "MONDO:0018874"]
            .map(Into::into),
    );
    (ids, cursors)
}

fn collect(value: &Value, ids: &mut Vec<String>, cursors: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == "cursor" => cursors.push(text.clone()),
                    Value::String(text) => ids.push(text.clone()),
                    other => collect(other, ids, cursors),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, ids, cursors)),
        _ => {}
    }
}

#[test]
fn the_plan_answers_as_the_reference_executor() {
    let cases: u64 = std::env::var("TRIALWEAVE_ORACLE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let snapshot = Arc::new(Snapshot::bundled().unwrap());
    // The reference executor knows no cap on errors.
    let engine = Engine::new(Limits { errors: 1_000_000, ..Limits::default() }).keeping_at_once();
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let (ids, cursors) = ids(&snapshot, &engine);
    let (mut ran, mut with_errors, mut bytes, mut refused) = (0u64, 0u64, 0usize, 0u64);
    for seed in 1..=cases {
        let maker = Maker {
            schema: &schema,
            dice: Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            ids: &ids,
            cursors: &cursors,
            variables: BTreeMap::new(),
            fragments: Vec::new(),
            budget: 14,
        };
        let (query, variables) = maker.operation();
        let request = Request { query, operation_name: None, variables };
        let answer = engine.answer(&snapshot, &request);
        // What the first answer wrote one by one, the second copies.
        let again = engine.answer(&snapshot, &request);
        let otherwise = || format!("seed {seed}: answered otherwise again\n{}", request.query);
        assert!(answer.body == again.body, "{}", otherwise());
        assert_eq!(answer.steps, again.steps, "{}", otherwise());
        let ours: Value = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|why| panic!("seed {seed}: {why}\n{}", String::from_utf8_lossy(&answer.body)));
        if !answer.has_data {
            // The generator makes valid documents; only values that no coercion takes are refused as a whole.
            let code = &ours["errors"][0]["extensions"]["code"];
            assert!(code == "BAD_USER_INPUT" || code == "LIMIT_EXCEEDED", "seed {seed}: {ours:#}\n{}", request.query);
            refused += 1;
            continue;
        }
        let theirs_bytes = engine.answer_by_reference(&snapshot, &request);
        let theirs: Value = serde_json::from_slice(&theirs_bytes).unwrap();
        let shown = || format!("seed {seed}\n{}\n{}", request.query, Value::Object(request.variables.clone()));
        assert_eq!(ours["data"], theirs["data"], "{}\nerrors {}", shown(), theirs["errors"]);
        assert_eq!(errors(&ours), errors(&theirs), "{}", shown());
        if answer.has_errors {
            with_errors += 1;
        } else {
            assert!(answer.body == theirs_bytes, "the order of keys differs\n{}", shown());
        }
        ran += 1;
        bytes += answer.body.len();
    }
    // A generator that only makes errors or empty answers would show nothing.
    assert!(ran * 10 >= cases * 9, "only {ran} of {cases} ran, {refused} refused");
    assert!(with_errors * 20 >= ran && with_errors * 2 <= ran, "{with_errors} of {ran} had errors");
    assert!(bytes as u64 / ran >= 200, "answers of {} bytes on average", bytes as u64 / ran);
    assert_eq!(engine.fallbacks(), 0);
    assert!(engine.kept_bytes() > 100_000, "only {} bytes were kept to be copied", engine.kept_bytes());
}

/// Errors as they must agree: message, path, place, code, argument, limit, hint. async-graphql runs a field once for
/// each time that it is written, so a merged field that fails tells so several times: the first counts.
fn errors(answer: &Value) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    let all = answer["errors"].as_array().cloned().unwrap_or_default();
    let mut errors: Vec<_> = all.into_iter().filter(|e| seen.insert(e["path"].to_string())).collect();
    // Neither executor promises an order among errors.
    errors.sort_by_key(|e| e["path"].to_string());
    errors
}
