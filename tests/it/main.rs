//! The one integration test binary. Each module says what belongs there.

mod support;

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
