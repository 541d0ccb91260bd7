//! Trialweave: curated files become a trusted dataset, the dataset becomes an immutable graph, and every answer is
//! written straight from that graph. The rooms, in the order in which a record passes through them:

pub mod domain;
pub mod dataset;
pub mod graph;
pub mod index;
pub mod snapshot;
pub mod select;
pub mod cite;
pub mod graphql;
pub mod server;
pub mod generate;
pub mod cli;
