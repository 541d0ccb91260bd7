//! The one integration test binary. Each module says what belongs there.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers stand outside of test functions"
)]

mod support;

/// Words, beginnings of names and lists of names, and what they lead to.
mod search;
/// References as others write them.
mod citations;
/// What the printed texts of the real data mean: one test per anomaly of the sources.
mod anomalies;
/// The plan against async-graphql's executor.
mod oracle;
/// The data package as others see it, and as the code reads it.
mod package;
/// Broken datasets and every reason that is given for not trusting them.
mod problems;
/// What names a release, and what does not change it.
mod release;

/// The real server and a plain client, for the tests of the front.
mod front_support;
/// Requests that mean harm.
mod front_hostile;
