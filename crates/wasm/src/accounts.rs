//! Reads the API's answers about accounts, uploads and assets. Each came with an HTTP status.

use seedance_core::assets;
use wasm_bindgen::prelude::*;

use crate::{Answer, answer};

/// Reads an answer about an account's balance.
#[wasm_bindgen(js_name = readAccountBalance)]
pub fn read_account_balance(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_account_balance(&text, http_status))
}

/// Reads an answer about a key's balance.
#[wasm_bindgen(js_name = readKeyBalance)]
pub fn read_key_balance(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_key_balance(&text, http_status))
}

/// Reads the answer to an upload.
#[wasm_bindgen(js_name = readUpload)]
pub fn read_upload(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&assets::read_upload(&text, http_status))
}

/// Reads an answer about the state of assets.
#[wasm_bindgen(js_name = readAssets)]
pub fn read_assets(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&assets::read_assets(&text, http_status))
}
