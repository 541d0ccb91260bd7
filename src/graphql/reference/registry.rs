//! Which types does async-graphql know? Those that are declared, and no other.

use async_graphql::OutputType;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaField, MetaInputValue, MetaType, Registry};

use crate::graphql::contract::{Tables, tables};
use crate::graphql::declare::{Field, Input};
use crate::graphql::types::{T, federation};

pub(super) fn register(registry: &mut Registry) {
    let tables = tables();
    <bool as OutputType>::create_type_info(registry);
    <i32 as OutputType>::create_type_info(registry);
    <f64 as OutputType>::create_type_info(registry);
    <String as OutputType>::create_type_info(registry);
    <async_graphql::ID as OutputType>::create_type_info(registry);
    for scalar in &tables.scalars {
        registry.types.insert(
            scalar.name.into(),
            MetaType::Scalar {
                name: scalar.name.into(),
                description: some(scalar.doc),
                is_valid: None,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                specified_by_url: Some(scalar.specified_by.into()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            },
        );
    }
    for declared in &tables.enums {
        let values = declared.words.iter().map(|(word, doc)| {
            let value = MetaEnumValue { description: some(doc), ..MetaEnumValue::new(*word) };
            ((*word).to_owned(), value)
        });
        registry.types.insert(
            declared.name.into(),
            MetaType::Enum {
                name: declared.name.into(),
                description: some(declared.doc),
                enum_values: values.collect(),
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: None,
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            },
        );
    }
    for declared in &tables.inputs {
        registry.types.insert(
            declared.name.into(),
            MetaType::InputObject {
                name: declared.name.into(),
                description: some(declared.doc),
                input_fields: declared.fields.iter().map(|f| (f.name.to_owned(), meta_input(f))).collect(),
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: None,
                oneof: false,
                directive_invocations: Vec::new(),
            },
        );
    }
    register_interfaces(registry, tables);
    for object in &tables.objects {
        let name = object.ty.name();
        for interface in object.implements.iter().filter(|name| **name != federation::ENTITY) {
            registry.add_implements(name, interface);
        }
        registry.types.insert(
            name.into(),
            MetaType::Object {
                name: name.into(),
                description: some(object.doc),
                fields: object.fields.iter().map(|f| (f.name.to_owned(), meta_field(f))).collect(),
                cache_control: Default::default(),
                extends: false,
                shareable: false,
                resolvable: true,
                keys: None,
                visible: None,
                inaccessible: false,
                interface_object: false,
                tags: Vec::new(),
                is_subscription: object.ty == T::Subscription,
                rust_typename: None,
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            },
        );
    }
}

fn register_interfaces(registry: &mut Registry, tables: &'static Tables) {
    for interface in &tables.interfaces {
        let possible = tables.possible(interface.name);
        if interface.name == federation::ENTITY {
            let union = MetaType::Union {
                name: interface.name.into(),
                description: some(interface.doc),
                possible_types: possible.iter().map(|ty| ty.name().to_owned()).collect(),
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: None,
                directive_invocations: Vec::new(),
            };
            registry.types.insert(interface.name.into(), union);
            continue;
        }
        let first = possible.first().map(|ty| tables.object(*ty));
        let fields = first.into_iter().flat_map(|o| &o.fields).filter(|f| interface.fields.contains(&f.name));
        for above in interface.implements {
            registry.add_implements(interface.name, above);
        }
        registry.types.insert(
            interface.name.into(),
            MetaType::Interface {
                name: interface.name.into(),
                description: some(interface.doc),
                fields: fields.map(|f| (f.name.to_owned(), meta_field(f))).collect(),
                possible_types: possible.iter().map(|ty| ty.name().to_owned()).collect(),
                extends: false,
                keys: None,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: None,
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            },
        );
    }
}

fn some(doc: &str) -> Option<String> {
    Some(doc.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn meta_input(input: &Input) -> MetaInputValue {
    MetaInputValue {
        name: input.name.into(),
        description: some(input.doc),
        ty: input.ty.to_string(),
        deprecation: Deprecation::NoDeprecated,
        default_value: input.default.map(Into::into),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}

fn meta_field(field: &Field) -> MetaField {
    MetaField {
        name: field.name.into(),
        description: some(field.doc),
        args: field.args.iter().map(|a| (a.name.to_owned(), meta_input(a))).collect(),
        ty: field.ty.to_string(),
        deprecation: Deprecation::NoDeprecated,
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: Vec::new(),
        override_from: None,
        compute_complexity: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}
