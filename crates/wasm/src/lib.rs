//! The WASM bindings.
