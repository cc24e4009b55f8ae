//! Reads the API's answers to creations and about tasks. Each came with an HTTP status.

use wasm_bindgen::prelude::*;

use crate::{Answer, answer};

/// Reads the API's answer to the creation of a task.
#[wasm_bindgen(js_name = readCreateAnswer)]
pub fn read_create_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_create_answer(&text, http_status))
}

/// Reads the API's answer about a task.
#[wasm_bindgen(js_name = readTaskAnswer)]
pub fn read_task_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_task_answer(&text, http_status))
}
