//! The one integration binary. What belongs where:

/// The plan against async-graphql's executor.
mod oracle;
