//! The binary, run as a person or a script would run it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod bad_input;
mod examples;
mod money;
mod ndjson;
mod plan;
mod reconcile;
mod support;
