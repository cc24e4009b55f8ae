//! The binary, run as a person or a script would run it.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

mod bad_input;
mod ending;
mod everywhere;
mod examples;
mod jobs;
mod money;
mod ndjson;
mod places;
mod plan;
mod producer;
mod reconcile;
mod requests;
mod routes;
mod support;
mod terminal;
