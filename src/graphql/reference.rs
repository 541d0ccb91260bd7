//! How does async-graphql see the contract?
//!
//! This file and its folder are all that knows async-graphql. From the declared tables it registers the types (definition language,
//! introspection) and runs operations through async-graphql's own executor (introspection, and as the oracle in tests).
//! Must not know: plans.

mod registry;
mod transport;

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};

use async_graphql::parser::types::Field as AstField;
use async_graphql::registry::Registry;
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, EmptyMutation, InputType, InputValueResult, ObjectType, OutputType,
    Positioned, Response, SDLExportOptions, Schema, ServerError, ServerResult, SubscriptionType, Value,
};
use futures_util::stream::Stream;

use self::registry::register;
pub use self::transport::{Answers, AsExecutor};
use super::args::{Args, Val};
use super::coerce::{self, Raw};
use super::contract::tables;
use super::declare::{Field, Items, Obj, Resolve};
use super::engine::Request;
use super::error::{Code, FieldError};
use super::json::Json;
use super::leash::Leash;
use super::limits::Limits;
use super::types::{Cx, T};
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
