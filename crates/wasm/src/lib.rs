//! The WASM bindings.
use wasm_bindgen::prelude::wasm_bindgen;

/// x
#[wasm_bindgen]
pub fn edition() -> String {
    "2026-07".to_owned()
}
