use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::ToString;

use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{
    CreateAnswer, RefusalReason, TaskAnswer, read_account_balance, read_create_answer,
    read_key_balance, read_task_answer,
};

fn create(answer: Value) -> Value {
    let from_text = read_create_answer(answer.to_string().as_bytes(), None);
    let written = serde_json::to_value(&from_text).unwrap();
    assert_eq!(serde_json::from_value::<CreateAnswer>(written.clone()).unwrap(), from_text);
    written
}

fn task(answer: Value) -> Value {
    let from_text = read_task_answer(answer.to_string().as_bytes(), None);
    let written = serde_json::to_value(&from_text).unwrap();
    assert_eq!(serde_json::from_value::<TaskAnswer>(written.clone()).unwrap(), from_text);
    written
}

#[test]
fn the_seeds_answer_is_a_created_task() {
    let data = json!({ "task_id": "vid_abc123", "status": "queued", "model": "seedance2.0-mini", "created_at": 1_710_000_000 });
    let created = json!({
        "outcome": "created", "task_id": "vid_abc123", "status": "queued", "model": "seedance2.0-mini", "created_at": 1_710_000_000
    });
    for code in [json!(0), json!("0"), json!(20000), json!("20000"), json!(20000.0), json!(null)] {
        assert_eq!(
            create(json!({ "code": code, "msg": "ok", "data": data.clone() })),
            created,
            "{code}"
        );
    }
    assert_eq!(create(data.clone()), created);
    assert_eq!(create(json!({ "taskId": "t" })), json!({ "outcome": "created", "task_id": "t" }));
}

#[test]
fn refusals_by_code() {
    for (code, reason) in [(20001, "key"), (20002, "parameters"), (-1, "server")] {
        let refused = json!({ "outcome": "refused", "reason": reason, "message": "no" });
        for code in [json!(code), json!(code.to_string())] {
            assert_eq!(create(json!({ "code": code, "msg": "no" })), refused);
            assert_eq!(create(json!({ "code": code, "msg": "no", "data": null })), refused);
            assert_eq!(task(json!({ "code": code, "message": "no" })), refused);
            assert_eq!(task(json!({ "code": code, "error": { "message": "no" } })), refused);
        }
    }
}

#[test]
fn refusals_by_http_status() {
    let reason = |text: &str, status: u16| match read_create_answer(text.as_bytes(), status) {
        CreateAnswer::Refused(refusal) => Some((refusal.reason, refusal.message)),
        _ => None,
    };
    assert_eq!(reason("", 401), Some((RefusalReason::Key, None)));
    assert_eq!(reason("<html>", 403), Some((RefusalReason::Key, None)));
    let message = "invalid image_urls[1]: s3 upload failed";
    let body = json!({ "error": { "message": message } }).to_string();
    assert_eq!(reason(&body, 400), Some((RefusalReason::Parameters, Some(message.into()))));
    // These statuses do not tell whether the task was created and charged.
    for status in [200, 404, 408, 500, 502, 504] {
        assert_eq!(reason(&body, status), None, "{status}");
    }
    // HTTP 429 is a refusal whatever the code says, unless the answer names a task.
    for body in ["", "Too Many Requests", r#"{"code": 429}"#, r#"{"code": -1}"#, r#"{"code": 0}"#] {
        assert_eq!(reason(body, 429), Some((RefusalReason::Busy, None)), "{body}");
    }
    assert_eq!(reason(r#"{"code": 0, "data": {"task_id": "t"}}"#, 429), None);
    let unknown_code = r#"{"code": 40003, "msg": "no such ratio"}"#;
    assert_eq!(
        reason(unknown_code, 400),
        Some((RefusalReason::Parameters, Some("no such ratio".into())))
    );
    assert_eq!(reason(unknown_code, 200), None);
    assert_eq!(reason(r#"{"code":20002}"#, 500), Some((RefusalReason::Parameters, None)));
    assert_eq!(reason(r#"{"task_id":"t"}"#, 401), None);
}

#[test]
fn a_refusal_that_names_a_task_is_unknown() {
    for (code, status) in [("-1", 200), ("20001", 401), ("20002", 400), ("-1", 429), ("40003", 400)]
    {
        let text = format!(r#"{{"code":{code},"data":{{"task_id":"t"}}}}"#);
        assert_eq!(
            serde_json::to_value(read_create_answer(text.as_bytes(), status)).unwrap(),
            json!({ "outcome": "unknown", "task_id": "t", "code": code }),
            "{text} {status}"
        );
    }
    for text in [r#"{"code":-1,"task_id":"t","data":{"reason":"x"}}"#, r#"{"code":1,"taskId":"t"}"#]
    {
        let answer = read_create_answer(text.as_bytes(), 400);
        let CreateAnswer::Unknown(answer) = answer else { panic!("{text}: {answer:?}") };
        assert_eq!(answer.task_id.as_deref(), Some("t"), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_unknown() {
    for text in [
        "",
        "null",
        "[]",
        "5",
        "{}",
        "<html>502</html>",
        r#"{"code":0}"#,
        r#"{"code":0,"data":{"task_id":" "}}"#,
        "{\"code\":0,",
    ] {
        assert_eq!(
            serde_json::to_value(read_create_answer(text.as_bytes(), None)).unwrap(),
            json!({ "outcome": "unknown" }),
            "{text}"
        );
        assert_eq!(
            serde_json::to_value(read_task_answer(text.as_bytes(), None)).unwrap(),
            json!({ "outcome": "unknown" }),
            "{text}"
        );
    }
    assert_eq!(
        create(json!({ "code": 50000, "msg": "系统繁忙，请稍后重试", "data": { "task_id": "t" } })),
        json!({ "outcome": "unknown", "task_id": "t", "code": "50000", "message": "系统繁忙，请稍后重试" })
    );
    assert_eq!(task(json!({ "code": 0.5, "status": "queued" }))["outcome"], "unknown");
}

#[test]
fn every_status() {
    let status = |status: &str| {
        task(
            json!({ "code": 20000, "msg": "ok", "data": { "task_id": "t", "status": status, "progress": 0 } }),
        )
    };
    for queued in ["queued", "pending", "submitted", "QUEUED"] {
        assert_eq!(status(queued), json!({ "outcome": "queued" }), "{queued}");
    }
    for cancelled in ["canceled", "cancelled"] {
        assert_eq!(status(cancelled), json!({ "outcome": "cancelled" }));
    }
    assert_eq!(status("processing"), json!({ "outcome": "running", "progress": 0 }));
    assert_eq!(
        status("Reviewing"),
        json!({ "outcome": "unknown", "task_id": "t", "status": "Reviewing" })
    );
    for done in ["completed", "success", "succeeded"] {
        assert_eq!(status(done), json!({ "outcome": "unknown", "task_id": "t", "status": done }));
        assert_eq!(
            task(json!({ "status": done, "result": { "video_url": "https://e.example/v" } })),
            json!({ "outcome": "done", "video_url": "https://e.example/v" })
        );
    }
    assert_eq!(status("failed"), json!({ "outcome": "failed" }));
    let progress = |progress: Value| task(json!({ "status": "processing", "progress": progress }));
    assert_eq!(progress(json!(42)), json!({ "outcome": "running", "progress": 42 }));
    assert_eq!(progress(json!("42%")), json!({ "outcome": "running", "progress": 42 }));
    for odd in [json!(-1), json!(101), json!("half"), json!(null), json!([])] {
        assert_eq!(progress(odd), json!({ "outcome": "running" }));
    }
}

#[test]
fn a_real_completed_answer() {
    let answer = json!({
        "code": 20000,
        "data": {
            "task_id": "videos_1", "status": "completed", "progress": 100, "model": "seedance2.0-fast-md",
            "created_at": 1_781_930_448, "completed_at": 1_781_931_490,
            "result": { "image_url": "", "video_url": "https://bucket.example/v.mp4" }
        },
        "msg": "ok"
    });
    let done = json!({ "outcome": "done", "video_url": "https://bucket.example/v.mp4", "expires_at": 1_782_190_690 });
    assert_eq!(task(answer), done);
    // The flat shape of an older page, with other names for the URL and the time in milliseconds.
    for url in ["video_url", "url", "mediaUrl"] {
        assert_eq!(
            task(
                json!({ "status": "success", "completed_at": 1_781_931_490_000_i64, url: "https://bucket.example/v.mp4" })
            ),
            done
        );
    }
}

#[test]
fn a_failed_task_says_why() {
    for name in ["error_message", "error_msg", "reason"] {
        assert_eq!(
            task(
                json!({ "code": 0, "msg": "ok", "data": { "status": "failed", name: "[SY_ERR:10] Read timed out" } })
            ),
            json!({ "outcome": "failed", "message": "[SY_ERR:10] Read timed out" })
        );
    }
    let why = json!({ "outcome": "failed", "message": "[SY_ERR:10] Read timed out" });
    for error in
        [json!({ "message": "[SY_ERR:10] Read timed out" }), json!("[SY_ERR:10] Read timed out")]
    {
        let inside =
            json!({ "code": 0, "msg": "success", "data": { "status": "failed", "error": error } });
        assert_eq!(task(inside), why);
        assert_eq!(task(json!({ "code": 0, "error": error, "data": { "status": "failed" } })), why);
        assert_eq!(task(json!({ "status": "failed", "error": error })), why);
    }
    for ok in ["ok", "OK", "success"] {
        assert_eq!(
            task(json!({ "code": 0, "msg": ok, "data": { "status": "failed" } })),
            json!({ "outcome": "failed" })
        );
    }
}

#[test]
fn cost_and_usage_are_kept_to_the_digit() {
    for (written, cost) in [
        ("0.25", "0.25"),
        ("0.250", "0.250"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("1e-7", "0.0000001"),
        ("\"0.10\"", "0.10"),
        ("0", "0"),
    ] {
        let text = format!(
            r#"{{"code": 20000, "data": {{"task_id": "t", "status": "queued", "cost": {written}}}}}"#
        );
        assert_eq!(
            serde_json::to_value(read_create_answer(text.as_bytes(), 200)).unwrap(),
            json!({ "outcome": "created", "task_id": "t", "status": "queued", "cost": cost }),
        );
        assert_eq!(
            serde_json::to_value(read_task_answer(text.as_bytes(), 200)).unwrap(),
            json!({ "outcome": "queued", "cost": cost }),
        );
    }
    for odd in ["null", "-0.25", "\"free\"", "[]", "{}", "true", "1e99"] {
        let text = format!(r#"{{"task_id": "t", "cost": {odd}, "usage": {odd}}}"#);
        let CreateAnswer::Created { charge, .. } = read_create_answer(text.as_bytes(), None) else {
            panic!("{odd}");
        };
        assert_eq!(charge.cost, None, "{odd}");
        let usage = charge.usage.as_deref().map(RawValue::get);
        assert_eq!(usage, (odd == "{}").then_some("{}"), "{odd}");
    }
    // A `usage` that serde_json refuses is dropped, but the task is still read.
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(200), "]".repeat(200));
    for odd in [r#"{"n": 1e999}"#, r#"{"n": "\ud800"}"#, &deep] {
        let text = format!(r#"{{"task_id": "t", "usage": {odd}}}"#);
        let created = serde_json::to_value(read_create_answer(text.as_bytes(), None)).unwrap();
        assert_eq!(created, json!({ "outcome": "created", "task_id": "t" }), "{odd}");
    }
    let spaced = b"{\"task_id\": \"t\", \"usage\": { \"n\": 1.50,\n \"m\": 2 }}";
    let usage_of = |answer: &CreateAnswer| match answer {
        CreateAnswer::Created { charge, .. } => charge.usage.as_deref().unwrap().get().to_owned(),
        _ => panic!("{answer:?}"),
    };
    let created = read_create_answer(spaced, None);
    assert_eq!(usage_of(&created), "{ \"n\": 1.50,\n \"m\": 2 }");
    let read: CreateAnswer =
        serde_json::from_str(&serde_json::to_string(&created).unwrap()).unwrap();
    // The order of members depends on a feature of serde_json, which another crate of the build may switch on.
    let usage: Value = serde_json::from_str(&usage_of(&read)).unwrap();
    assert_eq!(usage, json!({ "m": 2, "n": 1.5 }));
    let usage = json!({ "completion_tokens": 245_388, "total_tokens": 9_007_199_254_740_993_u64, "more": null });
    for (data, rest) in [
        (json!({ "status": "queued" }), json!({ "outcome": "queued" })),
        (json!({ "status": "processing" }), json!({ "outcome": "running" })),
        (
            json!({ "status": "completed", "video_url": "https://e.example/v" }),
            json!({ "outcome": "done", "video_url": "https://e.example/v" }),
        ),
        (json!({ "status": "failed" }), json!({ "outcome": "failed" })),
        (json!({ "status": "canceled" }), json!({ "outcome": "cancelled" })),
        (json!({ "status": "asleep" }), json!({ "outcome": "unknown", "status": "asleep" })),
    ] {
        let (mut data, mut expected) = (data, rest);
        for value in [&mut data, &mut expected] {
            value["usage"] = usage.clone();
            value["cost"] = json!("1.5");
        }
        assert_eq!(task(json!({ "code": 0, "data": data })), expected);
    }
}

#[test]
fn a_paid_tasks_id_is_read_whatever_stands_beside_it() {
    let text = r#"{"code": 0, "msg": "\ud800", "data": {"task_id": 9007199254740993, "deep": "#
        .to_owned()
        + &"[".repeat(10_000)
        + &"]".repeat(10_000)
        + "}}";
    assert!(
        matches!(read_create_answer(text.as_bytes(), 200), CreateAnswer::Created { task_id, .. } if task_id == "9007199254740993")
    );
}

#[test]
fn balances() {
    let account = |data: Value| {
        let answer = json!({ "code": 20000, "data": data }).to_string();
        serde_json::to_value(read_account_balance(answer.as_bytes(), 200)).unwrap()
    };
    let (balance, used) = ("100.5", "20.3");
    let read = |available: &str| json!({ "outcome": "read", "balance": balance, "used_coin": used, "available": available });
    assert_eq!(
        account(json!({ "balance": 100.5, "used_coin": 20.3, "available": 80.2 })),
        read("80.2")
    );
    assert_eq!(account(json!({ "balance": "100.5", "used_coin": 20.3 })), read("80.2"));
    assert_eq!(
        account(json!({ "balance": 100.5, "used_coin": 20.3, "available": -0.5 })),
        read("0")
    );
    assert_eq!(
        account(json!({ "available": "3" })),
        json!({ "outcome": "read", "available": "3" })
    );
    assert_eq!(
        account(json!({ "balance": 1, "used_coin": 2 })),
        json!({ "outcome": "read", "balance": "1", "used_coin": "2", "available": "0" })
    );
    assert_eq!(account(json!({ "balance": 1 })), json!({ "outcome": "unknown" }));

    let key = |data: Value| {
        let answer = json!({ "code": 20000, "data": data }).to_string();
        serde_json::to_value(read_key_balance(answer.as_bytes(), 200)).unwrap()
    };
    assert_eq!(
        key(
            json!({ "name": "a", "total_quota": 1000, "used_quota": 120.5, "available_quota": 879.5, "unlimited": false })
        ),
        json!({ "outcome": "read", "name": "a", "total_quota": "1000", "used_quota": "120.5", "available_quota": "879.5" })
    );
    let unlimited = json!({ "outcome": "read", "total_quota": "0", "used_quota": "120.5" });
    assert_eq!(
        key(
            json!({ "total_quota": 0, "used_quota": 120.5, "available_quota": 0, "unlimited": true })
        ),
        unlimited
    );
    assert_eq!(
        key(json!({ "total_quota": 0, "used_quota": 120.5, "available_quota": 0 })),
        unlimited
    );
    assert_eq!(key(json!({ "used_quota": 120.5, "unlimited": true })), unlimited);
    assert_eq!(key(json!({ "used_quota": 120.5 })), json!({ "outcome": "unknown" }));
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..80), status in proptest::option::of(any::<u16>())) {
        let _ = (read_create_answer(&bytes, status), read_task_answer(&bytes, status));
    }

    #[test]
    fn any_members_give_an_answer(code in any::<f64>(), progress in any::<f64>(), time in any::<i64>()) {
        let answer = json!({ "code": code, "data": { "status": "processing", "progress": progress, "completed_at": time, "created_at": time } });
        let _ = (create(answer.clone()), task(answer));
    }
}
