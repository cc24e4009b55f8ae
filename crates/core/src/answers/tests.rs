use alloc::string::ToString;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{CreateAnswer, Reason, TaskAnswer, read_create_answer, read_task_answer};

fn create(answer: Value) -> Value {
    let from_text = read_create_answer(answer.to_string().as_bytes());
    assert_eq!(CreateAnswer::from_value(&answer, None), from_text);
    let written = serde_json::to_value(&from_text).unwrap();
    assert_eq!(
        serde_json::from_value::<CreateAnswer>(written.clone()).unwrap(),
        from_text
    );
    written
}

fn task(answer: Value) -> Value {
    let from_text = read_task_answer(answer.to_string().as_bytes());
    assert_eq!(TaskAnswer::from_value(&answer, None), from_text);
    let written = serde_json::to_value(&from_text).unwrap();
    assert_eq!(
        serde_json::from_value::<TaskAnswer>(written.clone()).unwrap(),
        from_text
    );
    written
}

#[test]
fn the_seeds_answer_is_a_created_task() {
    let data = json!({ "task_id": "vid_abc123", "status": "queued", "model": "seedance2.0-mini", "created_at": 1_710_000_000 });
    let created = json!({
        "outcome": "created", "task_id": "vid_abc123", "status": "queued", "model": "seedance2.0-mini", "created_at": 1_710_000_000
    });
    for code in [
        json!(0),
        json!("0"),
        json!(20000),
        json!("20000"),
        json!(20000.0),
        json!(null),
    ] {
        assert_eq!(
            create(json!({ "code": code, "msg": "ok", "data": data.clone() })),
            created,
            "{code}"
        );
    }
    assert_eq!(create(data.clone()), created);
    assert_eq!(
        create(json!({ "taskId": "t" })),
        json!({ "outcome": "created", "task_id": "t" })
    );
}

#[test]
fn refusals_by_code() {
    for (code, reason) in [(20001, "key"), (20002, "parameters"), (-1, "server")] {
        let refused = json!({ "outcome": "refused", "reason": reason, "message": "no" });
        for code in [json!(code), json!(code.to_string())] {
            assert_eq!(create(json!({ "code": code, "msg": "no" })), refused);
            assert_eq!(
                create(json!({ "code": code, "msg": "no", "data": null })),
                refused
            );
            assert_eq!(task(json!({ "code": code, "message": "no" })), refused);
            assert_eq!(
                task(json!({ "code": code, "error": { "message": "no" } })),
                refused
            );
        }
    }
}

#[test]
fn refusals_by_http_status() {
    let reason =
        |text: &str, status: u16| match CreateAnswer::from_text(text.as_bytes(), Some(status)) {
            CreateAnswer::Refused(refusal) => Some((refusal.reason, refusal.message)),
            _ => None,
        };
    assert_eq!(reason("", 401), Some((Reason::Key, None)));
    assert_eq!(reason("<html>", 403), Some((Reason::Key, None)));
    let message = "invalid image_urls[1]: s3 upload failed";
    let body = json!({ "error": { "message": message } }).to_string();
    assert_eq!(
        reason(&body, 400),
        Some((Reason::Parameters, Some(message.into())))
    );
    // What the server failed at, or would not take now, may have been charged: nobody can tell.
    for status in [200, 404, 408, 429, 500, 502, 504] {
        assert_eq!(reason(&body, status), None, "{status}");
    }
    assert_eq!(
        reason(r#"{"code":20002}"#, 500),
        Some((Reason::Parameters, None))
    );
    assert_eq!(reason(r#"{"task_id":"t"}"#, 401), None);
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
            serde_json::to_value(read_create_answer(text.as_bytes())).unwrap(),
            json!({ "outcome": "unknown" }),
            "{text}"
        );
        assert_eq!(
            serde_json::to_value(read_task_answer(text.as_bytes())).unwrap(),
            json!({ "outcome": "unknown" }),
            "{text}"
        );
    }
    assert_eq!(
        create(json!({ "code": 50000, "msg": "系统繁忙，请稍后重试", "data": { "task_id": "t" } })),
        json!({ "outcome": "unknown", "task_id": "t", "code": "50000", "message": "系统繁忙，请稍后重试" })
    );
    assert_eq!(
        task(json!({ "code": 0.5, "status": "queued" }))["outcome"],
        "unknown"
    );
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
    assert_eq!(
        status("processing"),
        json!({ "outcome": "running", "progress": 0 })
    );
    assert_eq!(
        status("Reviewing"),
        json!({ "outcome": "unknown", "task_id": "t", "status": "Reviewing" })
    );
    assert_eq!(
        status("completed"),
        json!({ "outcome": "unknown", "task_id": "t", "status": "completed" })
    );
    assert_eq!(status("failed"), json!({ "outcome": "failed" }));
    let progress = |progress: Value| task(json!({ "status": "processing", "progress": progress }));
    assert_eq!(
        progress(json!(42)),
        json!({ "outcome": "running", "progress": 42 })
    );
    assert_eq!(
        progress(json!("42%")),
        json!({ "outcome": "running", "progress": 42 })
    );
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
    // The older page's flat shape, and other spellings of the same.
    for url in ["video_url", "url", "mediaUrl"] {
        assert_eq!(
            task(
                json!({ "status": "success", "completed_at": 1_781_931_490_000_i64, url: "https://bucket.example/v.mp4" })
            ),
            done
        );
    }
    assert_eq!(
        task(json!({ "status": "completed", "result": { "video_url": "https://e.example/v" } })),
        json!({ "outcome": "done", "video_url": "https://e.example/v" })
    );
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
    assert_eq!(
        task(json!({ "code": 0, "msg": "ok", "data": { "status": "failed" } })),
        json!({ "outcome": "failed" })
    );
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..80), status in proptest::option::of(any::<u16>())) {
        let _ = (CreateAnswer::from_text(&bytes, status), TaskAnswer::from_text(&bytes, status));
    }

    #[test]
    fn any_members_give_an_answer(code in any::<f64>(), progress in any::<f64>(), time in any::<i64>()) {
        let answer = json!({ "code": code, "data": { "status": "processing", "progress": progress, "completed_at": time, "created_at": time } });
        let _ = (create(answer.clone()), task(answer));
    }
}
