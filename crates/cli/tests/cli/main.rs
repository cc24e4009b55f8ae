//! The binary, run as a person or a script would run it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod bad_input;
mod ending;
mod examples;
mod money;
mod ndjson;
mod places;
mod plan;
mod reconcile;
mod support;
mod terminal;
