//! Any bytes as an answer of the API: there is always an outcome, and never "created" or "done" without what these require.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seedance_core::{read_create_answer, read_task_answer};
use serde_json::Value;
use serde_json::value::RawValue;

fuzz_target!(|bytes: &[u8]| {
    let created = serde_json::to_value(read_create_answer(bytes, None)).unwrap();
    let task = serde_json::to_value(read_task_answer(bytes, None)).unwrap();
    // A number beyond binary64 is JSON as well. The answer must still be read, although a `Value` cannot hold the number.
    let is_json = serde_json::from_slice::<&RawValue>(bytes).is_ok();
    for answer in [&created, &task] {
        assert!(answer["outcome"].is_string(), "{answer}");
        assert!(is_json || answer["outcome"] == "unknown", "{answer} out of no JSON");
    }
    let Ok(json) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    // Without a code the answer is flat, as an older page documents it.
    let says_success = match json.get("code") {
        None | Some(Value::Null) => true,
        Some(Value::Number(code)) => [Some(0.0), Some(20_000.0)].contains(&code.as_f64()),
        Some(code) => code == "0" || code == "20000",
    };
    if created["outcome"] == "created" {
        assert!(says_success, "{created} out of {json}");
        assert!(created["task_id"].as_str().is_some_and(|id| !id.is_empty()), "{created}");
    }
    if task["outcome"] == "done" {
        assert!(task["video_url"].as_str().is_some_and(|url| !url.is_empty()), "{task}");
    }
});
