//! How does async-graphql see the contract?
//!
//! The only file that knows async-graphql. From the declared tables it registers the types (definition language,
//! introspection) and runs operations through async-graphql's own executor (introspection, and as the oracle in tests).
//! Must not know: plans.

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use async_graphql::parser::types::Field as AstField;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaField, MetaInputValue, MetaType, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptyMutation, InputType, InputValueResult, ObjectType, OutputType,
    Positioned, Response, SDLExportOptions, Schema, ServerError, ServerResult, SubscriptionType, Value,
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, Stream, StreamExt};

use super::args::{Args, Val};
use super::coerce::{self, Raw};
use super::contract::{Tables, tables};
use super::declare::{Field, Input, Items, Obj, Resolve};
use super::engine::Request;
use super::error::{Code, FieldError};
use super::json::Json;
use super::leash::Leash;
use super::limits::Limits;
use super::types::{Cx, T, federation};
use crate::snapshot::Snapshot;

/// The root of queries.
struct Root;

/// The root of subscriptions.
struct Live;

/// The contract as async-graphql's schema.
static SCHEMA: LazyLock<Schema<Root, EmptyMutation, Live>> =
    LazyLock::new(|| Schema::build(Root, EmptyMutation, Live).disable_suggestions().finish());

/// The contract in the definition language, sorted.
pub(super) fn sdl() -> String {
    SCHEMA.sdl_with_options(
        SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by(),
    )
}

/// Answers through async-graphql's executor. The document has passed the gate.
///
/// The answer, whether it has data, whether it has errors.
pub(super) fn execute(
    snapshot: &Arc<Snapshot>,
    limits: &Limits,
    leash: &Leash,
    request: &Request,
) -> (Vec<u8>, bool, bool) {
    let mut asked = async_graphql::Request::new(request.query.as_str())
        .variables(async_graphql::Variables::from_json(serde_json::Value::Object(request.variables.clone())))
        .data(Arc::clone(snapshot))
        .data(limits.clone())
        .data(leash.clone());
    if let Some(name) = &request.operation_name {
        asked = asked.operation_name(name);
    }
    let response = futures_util::FutureExt::now_or_never(SCHEMA.execute(asked)).unwrap_or_default();
    let (has_data, has_errors) = (response.data != Value::Null, response.is_err());
    (serde_json::to_vec(&response).unwrap_or_default(), has_data, has_errors)
}

// ---------------------------------------------------------------------------------------------- types

fn register(registry: &mut Registry) {
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

// ---------------------------------------------------------------------------------------------- values

/// An object of the answer, as async-graphql resolves it.
struct Resolved(Obj);

/// An argument as it comes, before our own coercion.
struct Given(Option<Value>);

impl InputType for Given {
    type RawValueType = Self;
    fn type_name() -> Cow<'static, str> {
        "Given".into()
    }
    fn create_type_info(_: &mut Registry) -> String {
        "Given".into()
    }
    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Ok(Self(value))
    }
    fn to_value(&self) -> Value {
        self.0.clone().unwrap_or_default()
    }
    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl OutputType for Resolved {
    fn type_name() -> Cow<'static, str> {
        "Resolved".into()
    }
    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.ty.name().into()
    }
    fn create_type_info(_: &mut Registry) -> String {
        "Resolved!".into()
    }
    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<AstField>) -> ServerResult<Value> {
        Box::pin(async_graphql::resolver_utils::resolve_container(ctx, self)).await
    }
}

impl ContainerType for Resolved {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        resolve_field(&self.0, ctx).await
    }
}

impl OutputType for Root {
    fn type_name() -> Cow<'static, str> {
        T::Query.name().into()
    }
    fn create_type_info(registry: &mut Registry) -> String {
        register(registry);
        "Query!".into()
    }
    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<AstField>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl ContainerType for Root {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        resolve_field(&Obj::new(T::Query, 0), ctx).await
    }
}

impl ObjectType for Root {}

async fn resolve_field(object: &Obj, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
    let name = ctx.item.node.name.node.as_str();
    let Some(field) = tables().field(object.ty, name) else { return Ok(None) };
    let done = field_value(object, field, ctx).await;
    match done {
        Err(error) if !field.ty.non_null => {
            ctx.add_error(error);
            Ok(Some(Value::Null))
        }
        done => done.map(Some),
    }
}

async fn field_value(object: &Obj, field: &'static Field, ctx: &Context<'_>) -> ServerResult<Value> {
    let args = arguments(field, ctx)?;
    let snapshot = ctx.data_unchecked::<Arc<Snapshot>>();
    let (limits, leash) = (ctx.data_unchecked::<Limits>(), ctx.data_unchecked::<Leash>());
    let failed = |why: FieldError| ctx.set_error_path(server_error(why, ctx));
    // A context is no subject of threads: each call has its own, and none lives across an await.
    match field.resolve {
        Resolve::Leaf(write) => {
            let mut out = Json::default();
            write(&Cx::new(snapshot, limits).on(leash), object, &args, &mut out).map_err(failed)?;
            let json: serde_json::Value = serde_json::from_slice(out.bytes()).unwrap_or_default();
            Ok(Value::from_json(json).unwrap_or_default())
        }
        Resolve::One(find) => {
            let found = find(&Cx::new(snapshot, limits).on(leash), object, &args).map_err(failed)?;
            match found {
                None if field.ty.non_null => {
                    Err(failed(FieldError::new(Code::InternalServerError, "a field that is never null has no value")))
                }
                None => Ok(Value::Null),
                Some(found) => {
                    let ctx_object = ctx.with_selection_set(&ctx.item.node.selection_set);
                    Resolved(found).resolve(&ctx_object, ctx.item).await
                }
            }
        }
        Resolve::Many(list) => {
            let mut items = Items::default();
            list(&Cx::new(snapshot, limits).on(leash), object, &args, &mut items).map_err(failed)?;
            let ctx_object = ctx.with_selection_set(&ctx.item.node.selection_set);
            // Not the crate's own list helper: it gives an error inside an item the path of the item.
            let items = items.into_list();
            let mut values = Vec::with_capacity(items.len());
            for (at, item) in items.into_iter().enumerate() {
                let ctx_item = ctx_object.with_index(at);
                let value = match item {
                    Some(found) => Resolved(found).resolve(&ctx_item, ctx.item).await,
                    None => Ok(Value::Null),
                };
                match value {
                    Err(error) if !field.ty.item_non_null => {
                        ctx.add_error(error);
                        values.push(Value::Null);
                    }
                    value => values.push(value?),
                }
            }
            Ok(Value::List(values))
        }
    }
}

fn arguments(field: &'static Field, ctx: &Context<'_>) -> ServerResult<Args> {
    let mut values = Vec::with_capacity(field.args.len());
    for declared in &field.args {
        let (_, given) = ctx.param_value::<Given>(declared.name, None)?;
        let json = given.0.map(|v| v.into_json().unwrap_or_default());
        let value: Result<Val, _> = coerce::input(declared, json.as_ref().map(Raw::Json));
        values.push(value.map_err(|m| {
            let message = format!("argument `{}{}`: {}", declared.name, m.place, m.reason);
            let why = FieldError::new(Code::BadUserInput, message).argument(declared.name);
            ctx.set_error_path(server_error(why, ctx))
        })?);
    }
    Ok(Args::new(&field.args, values))
}

fn server_error(why: FieldError, ctx: &Context<'_>) -> ServerError {
    let (message, extensions) = why.into_parts();
    let mut error = ServerError::new(message, Some(ctx.item.pos));
    let extensions = serde_json::to_value(&extensions).ok().and_then(|v| match v {
        serde_json::Value::Object(map) => Some(map),
        _ => None,
    });
    let mut values = async_graphql::ErrorExtensionValues::default();
    for (key, value) in extensions.unwrap_or_default() {
        values.set(key, Value::from_json(value).unwrap_or_default());
    }
    error.extensions = Some(values);
    error
}

// ---------------------------------------------------------------------------------------------- subscriptions

impl SubscriptionType for Live {
    fn type_name() -> Cow<'static, str> {
        T::Subscription.name().into()
    }

    fn create_type_info(_: &mut Registry) -> String {
        "Subscription!".into()
    }

    /// Streams are made by the server, at every release; this type stands in the schema only.
    fn create_field_stream<'a>(
        &'a self,
        _: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

// ---------------------------------------------------------------------------------------------- transports

/// Who answers what comes over a transport of async-graphql: in bytes, as everywhere else.
pub trait Answers: Clone + Send + Sync + Unpin + 'static {
    /// The one answer to a request.
    fn once(&self, request: Request) -> BoxFuture<'static, Bytes>;
    /// All answers to a request: one, or one for each event of a subscription.
    fn stream(&self, request: Request) -> BoxStream<'static, Bytes>;
}

/// Answers as an executor of async-graphql, for its transports.
#[derive(Debug, Clone)]
pub struct AsExecutor<A>(pub A);

fn response(body: &[u8]) -> Response {
    serde_json::from_slice(body).unwrap_or_default()
}

fn own_request(request: async_graphql::Request) -> Request {
    let variables = match serde_json::to_value(&request.variables) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    Request { query: request.query, operation_name: request.operation_name, variables }
}

impl<A: Answers> async_graphql::Executor for AsExecutor<A> {
    async fn execute(&self, request: async_graphql::Request) -> Response {
        response(&self.0.once(own_request(request)).await)
    }

    fn execute_stream(
        &self,
        request: async_graphql::Request,
        _: Option<Arc<async_graphql::Data>>,
    ) -> BoxStream<'static, Response> {
        self.0.stream(own_request(request)).map(|body| response(&body)).boxed()
    }
}
