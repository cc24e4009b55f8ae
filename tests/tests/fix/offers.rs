//! The fixes that the rules' specification says are always offered, each by the body that it leads to.

use json_patch::{Patch, patch};
use seedance_core::{Job, Lang};
use seedance_tests::core_side::json;
use serde_json::{Value, json};

const PNG: &str = "https://example.com/a.png";
const MP4: &str = "https://example.com/a.mp4";
const MP3: &str = "https://example.com/a.mp3";

/// A plain body with these members; `null` removes a member.
fn body(model: &str, members: Value) -> Value {
    let mut body = json!({ "model": model, "prompt": "A cat", "duration": 5 });
    for (name, value) in members.as_object().cloned().unwrap_or_default() {
        if value.is_null() {
            body.as_object_mut().and_then(|body| body.remove(&name));
        } else {
            body[name] = value;
        }
    }
    body
}

/// The bodies that the fixes of the finding at `rule` and `path` lead to.
fn offers(body: &Value, rule: &str, path: &str) -> Vec<Value> {
    let report = json(&Job::new(body).check(Lang::En));
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let finding =
        findings.iter().find(|finding| finding["rule"] == rule && finding["path"] == path);
    let finding = finding.unwrap_or_else(|| panic!("no {rule} at {path}: {findings:?}"));
    let mended = |fix: &Value| {
        let ops: Patch = serde_json::from_value(fix["patch"].clone())
            .unwrap_or_else(|error| panic!("{fix}: {error}"));
        let mut mended = body.clone();
        patch(&mut mended, &ops).unwrap_or_else(|error| panic!("{fix}: {error}"));
        mended
    };
    finding["fixes"].as_array().into_iter().flatten().map(mended).collect()
}

#[track_caller]
fn offered(broken: &Value, rule: &str, path: &str, mended: &Value) {
    let found = offers(broken, rule, path);
    assert!(found.contains(mended), "{rule} of {broken}\nwanted  {mended}\noffered {found:?}");
}

#[track_caller]
fn not_offered(broken: &Value, rule: &str, path: &str, mended: &Value) {
    let found = offers(broken, rule, path);
    assert!(!found.contains(mended), "{rule} of {broken}\noffered {found:?}");
}

#[test]
fn the_right_case() {
    for (model, wrong) in [
        ("seedance2.0-mini", "Seedance2.0-MINI"),
        ("sd2_mx_4k", "SD2_MX_4K"),
        ("seedance2.0-fast-md", "seedance2.0-Fast-MD"),
    ] {
        offered(&body(wrong, json!({})), "unknown-model", "/model", &body(model, json!({})));
    }
    let mini = |members| body("seedance2.0-mini", members);
    offered(
        &mini(json!({ "resolution": "720P" })),
        "resolution-not-offered",
        "/resolution",
        &mini(json!({ "resolution": "720p" })),
    );
    offered(
        &mini(json!({ "orientation": "Portrait" })),
        "orientation-not-offered",
        "/orientation",
        &mini(json!({ "orientation": "portrait" })),
    );
    let full = |ratio: &str| body("sd2_mx_720p", json!({ "ratio": ratio }));
    offered(&full("adaptive"), "ratio-malformed", "/ratio", &full("Adaptive"));
    offered(
        &mini(json!({ "Ratio": "16:9" })),
        "unknown-field",
        "/Ratio",
        &mini(json!({ "ratio": "16:9" })),
    );
    offered(
        &mini(json!({ "prompt": null, "PROMPT": "A cat" })),
        "unknown-field",
        "/PROMPT",
        &mini(json!({})),
    );
}

#[test]
fn a_billing_name_as_model() {
    let video = json!({ "reference_videos": [MP4] });
    for (name, model, resolution) in [
        ("seedance2.0-mini-480p", "seedance2.0-mini", "480p"),
        ("seedance2.0-sp-1080p", "seedance2.0-sp", "1080p"),
        ("seedance2.0-mini-sp-480p", "seedance2.0-mini-sp", "480p"),
    ] {
        offered(
            &body(name, json!({})),
            "unknown-model",
            "/model",
            &body(model, json!({ "resolution": resolution })),
        );
        let same = json!({ "resolution": resolution });
        offered(&body(name, same.clone()), "unknown-model", "/model", &body(model, same));
        let other = json!({ "resolution": "720p" });
        not_offered(
            &body(name, other.clone()),
            "unknown-model",
            "/model",
            &body(model, json!({ "resolution": resolution })),
        );
    }
    let mut with_video = video.clone();
    with_video["resolution"] = json!("720p");
    offered(
        &body("seedance2.0-mini-720p-video", video),
        "unknown-model",
        "/model",
        &body("seedance2.0-mini-video", with_video),
    );
}

#[test]
fn other_names_of_fields() {
    let std = |members| body("seedance2.0-std", members);
    for (alias, field, value) in [
        ("aspect_ratio", "ratio", json!("16:9")),
        ("reference_images", "images", json!([PNG])),
        ("videos", "reference_videos", json!([MP4])),
        ("audios", "reference_audios", json!([MP3])),
    ] {
        let path = format!("/{alias}");
        offered(
            &std(json!({ alias: value })),
            "unknown-field",
            &path,
            &std(json!({ field: value })),
        );
        // If the target is already there, nothing may be lost.
        not_offered(
            &std(json!({ alias: value, field: value })),
            "unknown-field",
            &path,
            &std(json!({ field: [] })),
        );
        offered(
            &std(json!({ alias: value, field: value })),
            "unknown-field",
            &path,
            &std(json!({ field: value })),
        );
    }
}

#[test]
fn durations() {
    for (model, wrong, right) in [
        ("seedance2.0-mini", 3, 4),
        ("seedance2.0-mini", 99, 15),
        ("sd2_mx_2k", 13, 12),
        ("sd2_mx_2k", 0, 4),
        ("seedance2.0-std", -5, 4),
        ("seedance2.0-fast-md", 16, 15),
    ] {
        offered(
            &body(model, json!({ "duration": wrong })),
            "duration-out-of-range",
            "/duration",
            &body(model, json!({ "duration": right })),
        );
    }
    offered(
        &body("sd2_mx_4k", json!({ "duration": null })),
        "missing-field",
        "/duration",
        &body("sd2_mx_4k", json!({})),
    );
    offered(
        &body("unheard-of", json!({ "duration": null })),
        "missing-field",
        "/duration",
        &body("unheard-of", json!({})),
    );
    // The nearest duration for `md` is contested, which is no error.
    let md = offers(
        &body("seedance2.0-md", json!({ "duration": 0 })),
        "duration-out-of-range",
        "/duration",
    );
    assert!(!md.is_empty());
}

#[test]
fn what_the_route_does_not_take() {
    let videos = json!({ "reference_videos": [MP4] });
    offered(
        &body("seedance2.0-mini", videos.clone()),
        "videos-not-supported",
        "/reference_videos",
        &body("seedance2.0-mini", json!({})),
    );
    offered(
        &body("seedance2.0-mini", videos.clone()),
        "videos-not-supported",
        "/reference_videos",
        &body("seedance2.0-mini-video", videos.clone()),
    );
    let assets = json!({ "reference_videos": ["asset://v"] });
    for (model, partner) in [
        ("sd2_mx_720p", "sd2_mx_video_720p"),
        ("sd2_mx_4k", "sd2_mx_video_4k"),
        ("sd2_mx_fast_1080p", "sd2_mx_video_fast_1080p"),
    ] {
        offered(
            &body(model, assets.clone()),
            "videos-not-supported",
            "/reference_videos",
            &body(model, json!({})),
        );
        offered(
            &body(model, assets.clone()),
            "videos-not-supported",
            "/reference_videos",
            &body(partner, assets.clone()),
        );
    }
    let pictured = json!({ "images": [PNG], "reference_audios": [MP3] });
    for model in ["seedance2.0-md", "seedance2.0-fast-i2v"] {
        offered(
            &body(model, pictured.clone()),
            "audios-not-supported",
            "/reference_audios",
            &body(model, json!({ "images": [PNG] })),
        );
    }
    offered(
        &body("seedance2.0-md", json!({ "resolution": "1080p" })),
        "resolution-ignored",
        "/resolution",
        &body("seedance2.0-md", json!({})),
    );
}

#[test]
fn either_side_of_an_exclusion() {
    let all = json!({ "images": [PNG], "first_image": PNG, "last_image": PNG });
    for model in ["seedance2.0-std", "seedance2.0-md", "seedance2.0-mini", "seedance2.0-fast-i2v"] {
        offered(
            &body(model, all.clone()),
            "images-with-frames",
            "/images",
            &body(model, json!({ "first_image": PNG, "last_image": PNG })),
        );
        offered(
            &body(model, all.clone()),
            "images-with-frames",
            "/images",
            &body(model, json!({ "images": [PNG] })),
        );
    }
    let std = |members| body("seedance2.0-std", members);
    let framed = json!({ "first_image": PNG, "last_image": PNG, "reference_audios": [MP3] });
    offered(
        &std(framed.clone()),
        "audio-with-frames",
        "/reference_audios",
        &std(json!({ "first_image": PNG, "last_image": PNG })),
    );
    offered(
        &std(framed),
        "audio-with-frames",
        "/reference_audios",
        &std(json!({ "reference_audios": [MP3] })),
    );
    let full = |members| body("sd2_mx_4k", members);
    let asset = "asset://a";
    let framed = json!({ "first_image": asset, "last_image": asset, "reference_audios": [asset] });
    offered(
        &full(framed.clone()),
        "audio-with-frames-contested",
        "/reference_audios",
        &full(json!({ "first_image": asset, "last_image": asset })),
    );
    offered(
        &full(framed),
        "audio-with-frames-contested",
        "/reference_audios",
        &full(json!({ "reference_audios": [asset] })),
    );
    let both = json!({ "orientation": "portrait", "ratio": "16:9" });
    offered(&std(both), "orientation-overridden", "/orientation", &std(json!({ "ratio": "16:9" })));
}

/// "Adds no error that was not there": a fix that would add one is not offered, but its near miss stays in the parameters.
#[test]
fn not_where_it_would_break_something_else() {
    // Without its images, this request has audios that need an image or a video beside them.
    let unpaired = json!({ "images": ["http://example.com/a.png"], "reference_audios": [MP3] });
    not_offered(
        &body("seedance2.0-mini", unpaired.clone()),
        "scheme-not-accepted",
        "/images/0",
        &body("seedance2.0-mini", json!({ "reference_audios": [MP3] })),
    );
    // The other model does not take this URL's scheme, but neither does the first one: the error is not new.
    let videos = json!({ "reference_videos": ["http://example.com/a.mp4"] });
    offered(
        &body("seedance2.0-mini", videos.clone()),
        "videos-not-supported",
        "/reference_videos",
        &body("seedance2.0-mini-video", videos),
    );
    // The right spelling of this model causes another error, so it is only suggested.
    let mini_sp = body("Seedance2.0-mini-sp", json!({ "resolution": "1080p" }));
    not_offered(
        &mini_sp,
        "unknown-model",
        "/model",
        &body("seedance2.0-mini-sp", json!({ "resolution": "1080p" })),
    );
    let report = json(&Job::new(&mini_sp).check(Lang::En));
    let suggestions =
        report["findings"][0]["params"]["suggestions"].as_array().cloned().unwrap_or_default();
    assert!(suggestions.contains(&json!("seedance2.0-mini-sp")), "{report}");
}
