//! The one integration test binary. Each module says what belongs there.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers stand outside of test functions"
)]

mod ask;
mod pretty;
mod served;
mod support;
mod world;

/// Words, beginnings of names and lists of names, and what they lead to.
mod search;
/// References as others write them.
mod citations;
/// Ids and names that several things bear.
mod ambiguous;
/// What the printed texts of the real data mean: one test per anomaly of the sources.
mod anomalies;
/// The program on the command line: what it prints, how it ends.
mod cli;
/// What a client reads that asks something impossible.
mod bad_input;
/// The thirty questions, and a second way to their answers.
mod cookbook;
/// Counts against a look at every trial.
mod counts;
/// The published examples and their answers.
mod examples;
/// Facts of the field that the program must get right.
mod facts;
/// GraphQL over HTTP, against the real server.
mod http;
/// What a client reads of paths, scopes, facets and searches.
mod asked;
/// petgraph's algorithms on our graph.
mod graph;
/// References reached along citations, and trials in the order of their start.
mod reach;
/// Filters against a look at every node.
mod filters;
mod fitting;
/// What is written once and copied: the same bytes, over the release that is asked.
mod kept;
/// Who imports whom, as ARCHITECTURE.md says.
mod layers;
mod long_lists;
/// The plan against async-graphql's executor.
mod oracle;
/// The data package as others see it, and as the code reads it.
mod package;
/// Every connection, paged forward and backward.
mod pages;
/// Broken datasets and every reason that is given for not trusting them.
mod problems;
/// What names a release, and what does not change it.
mod release;
/// Every printed line of the review against what a person reads from it.
mod rows;
/// Snapshot files, sound and broken.
mod snapshots;
/// The contract as committed, and its descriptions.
mod schema;

/// The real server and a plain client, for the tests of the front.
mod front_support;
/// Clients that hold what others need.
mod front_hold;
/// Requests that mean harm.
mod front_hostile;
mod front_plain;
/// What is kept and what is sent.
mod front_cache;
/// Other people's clients and audits.
mod front_clients;
/// Releases that change while the server serves.
mod front_reload;
/// Running it: settings, persisted queries, TLS, logs, metrics, the end.
mod front_run;
/// Random and mangled input.
mod front_fuzz;
/// Paths, neighbourhoods and traces against plain walks.
mod walks;
/// What a filtered page costs.
mod work;
