//! What does the client ask and see?
//!
//! The contract is declared once, in `types`; from it come the schema (`contract`), the compiled plan (`plan`), its run
//! (`run`) and the reference executor used for introspection and as the oracle in tests (`reference`). Must not know:
//! HTTP, sockets, files. Only this room knows GraphQL; only `reference` knows async-graphql.

mod args;
mod coerce;
mod contract;
mod cursor;
mod declare;
mod engine;
mod error;
mod gate;
mod json;
mod kept;
mod leash;
mod limits;
mod measure;
mod plan;
mod plans;
mod prepared;
mod reference;
mod run;
mod types;

pub use engine::{Answer, Engine, Request, needs_stream};
pub use error::{Code, GraphqlError};
pub use leash::{Leash, Waiting};
pub use limits::{Declared, Limits};
pub use prepared::Prepared;
pub use reference::{Answers, AsExecutor};

/// The public contract in the schema definition language, sorted.
#[must_use]
pub fn sdl() -> &'static str {
    contract::contract().sdl()
}

/// The contract as a federated subgraph: keys written in, without what a router adds itself.
#[must_use]
pub fn subgraph_sdl() -> &'static str {
    types::federation::sdl()
}
