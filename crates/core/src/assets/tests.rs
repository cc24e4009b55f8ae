use alloc::string::ToString;

use serde_json::{Value, json};

use super::{read_assets, read_upload};

fn assets(answer: &Value) -> Value {
    let read = read_assets(answer.to_string().as_bytes(), 200);
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(
        serde_json::from_value::<crate::Answer<super::Assets>>(written.clone()).unwrap(),
        read
    );
    written
}

fn one(status: &Value) -> Value {
    let answer =
        json!({ "code": 20000, "msg": "ok", "data": { "asset_id": "a", "status": status } });
    assets(&answer)["items"][0]["state"].clone()
}

#[test]
fn every_status() {
    for (states, state) in [
        (&["Pending", "Processing", "UPLOADING", "NONE"][..], "pending"),
        (&["Active", "ACTIVE"], "active"),
        (&["Failed", "Rejected", "EXPIRED", "DELETED"], "failed"),
        (&["Asleep"], "unknown"),
    ] {
        for status in states {
            assert_eq!(one(&json!(status)), state, "{status}");
        }
    }
    assert_eq!(one(&Value::Null), "pending");
}

#[test]
fn an_audit_names_what_it_took_and_what_not() {
    let answer = json!({ "code": 20000, "msg": "ok", "data": {
        "items": [
            { "asset_id": "a", "original_url": "https://e.example/1.png", "asset_type": "Image", "status": "Pending" },
            { "asset_id": "" },
            { "asset_id": "b", "status": "Rejected", "error_message": "a face" },
            "c",
        ],
        "failed_items": [{ "original_url": "https://e.example/2.png", "error": "too dark" }, "https://e.example/3.png"],
    } });
    assert_eq!(
        assets(&answer),
        json!({
            "outcome": "read",
            "items": [
                { "asset_id": "a", "state": "pending", "status": "Pending", "url": "https://e.example/1.png" },
                { "asset_id": "b", "state": "failed", "status": "Rejected", "message": "a face" },
            ],
            "failed": [{ "url": "https://e.example/2.png", "message": "too dark" }, { "url": "https://e.example/3.png" }],
        })
    );
}

#[test]
fn a_person_is_named_by_its_own_reference_once_it_is_active() {
    let mut person = json!({ "asset_id": "p", "official_id": null, "status": "Processing", "asset_ref": null, "name": "Ann", "url": "https://e.example/ann.png" });
    let reference = |person: &Value| {
        let answer = json!({ "code": 0, "data": person }).to_string();
        match read_assets(answer.as_bytes(), None) {
            crate::Answer::Read(assets) => assets.items[0].reference(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reference(&person), None);
    person["status"] = json!("Active");
    assert_eq!(reference(&person).as_deref(), Some("asset://p"));
    person["asset_ref"] = json!("asset://official-7");
    assert_eq!(reference(&person).as_deref(), Some("asset://official-7"));
}

#[test]
fn refusals_and_what_cannot_be_read() {
    let refused = json!({ "outcome": "refused", "reason": "key", "message": "no" });
    assert_eq!(assets(&json!({ "code": 20001, "msg": "no" })), refused);
    assert_eq!(assets(&json!({ "code": 0, "data": {} })), json!({ "outcome": "unknown" }));
    assert_eq!(
        assets(&json!({ "code": 50000, "msg": "busy", "data": { "asset_id": "a" } })),
        json!({ "outcome": "unknown", "code": "50000", "message": "busy" })
    );
    assert_eq!(
        serde_json::to_value(read_assets(b"", 429)).unwrap(),
        json!({ "outcome": "refused", "reason": "busy" })
    );
}

#[test]
fn an_upload_has_its_url() {
    let upload = |data: Value| {
        let answer = json!({ "code": 20000, "data": data }).to_string();
        serde_json::to_value(read_upload(answer.as_bytes(), 200)).unwrap()
    };
    assert_eq!(
        upload(
            json!({ "url": "https://e.example/f.png?sig=1", "filename": "f.png", "size": 1_048_576, "mime_type": "image/png" })
        ),
        json!({ "outcome": "read", "url": "https://e.example/f.png?sig=1", "filename": "f.png", "size": 1_048_576, "mime_type": "image/png" })
    );
    assert_eq!(upload(json!({ "filename": "f.png" })), json!({ "outcome": "unknown" }));
}
