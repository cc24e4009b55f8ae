//! Any bytes as an answer of the API: always an outcome, and never "created" or "completed" without what that needs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{read_create_answer, read_task_answer};
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let created = serde_json::to_value(read_create_answer(bytes)).unwrap();
    let task = serde_json::to_value(read_task_answer(bytes)).unwrap();
    let json: Option<Value> = serde_json::from_slice(bytes).ok();
    for answer in [&created, &task] {
        assert!(answer["outcome"].is_string(), "{answer}");
        assert!(json.is_some() || answer["outcome"] == "unknown", "{answer} out of no JSON");
    }
    let Some(json) = json else { return };
    if created["outcome"] == "created" {
        assert!(["0", "20000", "\"0\"", "\"20000\""].contains(&json["code"].to_string().as_str()), "{created} out of {json}");
        assert_eq!(created["task_id"], json["data"]["task_id"]);
    }
    if task["outcome"] == "completed" {
        assert_eq!(task["video_url"], json["data"]["result"]["video_url"]);
    }
});
