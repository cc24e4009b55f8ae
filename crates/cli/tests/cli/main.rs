//! The binary, run as a person or a script would run it.

mod bad_input;
mod examples;
mod money;
mod ndjson;
mod plan;
mod reconcile;
mod support;
