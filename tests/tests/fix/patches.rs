//! All fixes of a finding, in order: each one's label and patch.

use seedance_core::{Edition, Facts, Job, Lang};
use seedance_tests::core_side::json;
use serde_json::{Value, json};

/// A model, a request's members besides a prompt and 5 s, media facts, a finding, and the fixes that it must offer.
const FIXES: &str = r#"[
["seedance2.0-mini", {"Ratio": "1:1", "zzzz": 1}, null, "unknown-field", "/Ratio", [
    ["rename `Ratio` to `ratio`", [{"from": "/Ratio", "op": "move", "path": "/ratio"}]],
    ["remove `Ratio`", [{"op": "remove", "path": "/Ratio"}]]]],
["seedance2.0-mini", {"Ratio": "1:1", "zzzz": 1}, null, "unknown-field", "/zzzz", [
    ["remove `zzzz`", [{"op": "remove", "path": "/zzzz"}]]]],
["seedance2.0-mini", {"rati": "1:1"}, null, "unknown-field", "/rati", [
    ["remove `rati`", [{"op": "remove", "path": "/rati"}]]]],
["seedance2.0-mini", {"Ratio": "1:1", "ratio": "16:9"}, null, "unknown-field", "/Ratio", [
    ["remove `Ratio`", [{"op": "remove", "path": "/Ratio"}]]]],
["seedance2.0-mini", {"ratio": 5}, null, "wrong-type", "/ratio", [
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-mini", {"duration": "7 s"}, null, "wrong-type", "/duration", [
    ["set the duration to 7 s", [{"op": "replace", "path": "/duration", "value": 7}]]]],
["seedance2.0-mini", {"duration": "long"}, null, "wrong-type", "/duration", [
    ["set the duration to 5 s", [{"op": "replace", "path": "/duration", "value": 5}]]]],
["sd2_mx_4k", {"duration": 12.6}, null, "wrong-type", "/duration", [
    ["set the duration to 12 s", [{"op": "replace", "path": "/duration", "value": 12}]]]],
["seedance2.0-mini", {"duration": true}, null, "wrong-type", "/duration", [
    ["set the duration to 5 s", [{"op": "replace", "path": "/duration", "value": 5}]]]],
["seedance2.0-mini", {"duration": 6.5}, null, "wrong-type", "/duration", [
    ["set the duration to 7 s", [{"op": "replace", "path": "/duration", "value": 7}]]]],
["seedance2.0-mini", {"duration": 6.4}, null, "wrong-type", "/duration", [
    ["set the duration to 6 s", [{"op": "replace", "path": "/duration", "value": 6}]]]],
["seedance2.0-mini", {"images": "https://a.com/1"}, null, "wrong-type", "/images", [
    ["put the URL into a list", [{"op": "replace", "path": "/images", "value": ["https://a.com/1"]}]],
    ["remove the reference images", [{"op": "remove", "path": "/images"}]]]],
["seedance2.0-mini", {"images": ["https://a.com/1", 5]}, null, "wrong-type", "/images/1", [
    ["remove item 2 of the reference images", [{"op": "remove", "path": "/images/1"}]]]],
["seedance2.0-mini", {"images": [5]}, null, "wrong-type", "/images/0", [
    ["remove the reference images", [{"op": "remove", "path": "/images"}]]]],
["seedance2.0-md", {"duration": 0}, null, "duration-out-of-range", "/duration", [
    ["set the duration to 1 s", [{"op": "replace", "path": "/duration", "value": 1}]],
    ["set the duration to 4 s", [{"op": "replace", "path": "/duration", "value": 4}]]]],
["seedance2.0-md", {"duration": 2}, null, "duration-contested", "/duration", [
    ["set the duration to 4 s", [{"op": "replace", "path": "/duration", "value": 4}]]]],
["seedance2.0-mini-sp", {"resolution": "1080p"}, null, "resolution-not-offered", "/resolution", [
    ["remove the resolution", [{"op": "remove", "path": "/resolution"}]],
    ["set the resolution to `720p`", [{"op": "replace", "path": "/resolution", "value": "720p"}]]]],
["seedance2.0-md", {"resolution": "2k"}, null, "resolution-not-offered", "/resolution", [
    ["remove the resolution", [{"op": "remove", "path": "/resolution"}]]]],
["seedance2.0-mini", {"orientation": "portrait", "ratio": "1:1"}, null, "orientation-overridden", "/orientation", [
    ["remove the orientation", [{"op": "remove", "path": "/orientation"}]],
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-md", {"ratio": "16 x 9"}, null, "ratio-not-offered", "/ratio", [
    ["set the aspect ratio to `16:9`", [{"op": "replace", "path": "/ratio", "value": "16:9"}]],
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-md", {"ratio": "4:3"}, null, "ratio-not-offered", "/ratio", [
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-mini", {"ratio": "16：9"}, null, "ratio-malformed", "/ratio", [
    ["set the aspect ratio to `16:9`", [{"op": "replace", "path": "/ratio", "value": "16:9"}]],
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-mini", {"ratio": "4:3"}, null, "ratio-unlisted", "/ratio", [
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-mini", {"ratio": ""}, null, "empty-field", "/ratio", [
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-md", {"resolution": "1080p"}, null, "resolution-ignored", "/resolution", [
    ["remove the resolution", [{"op": "remove", "path": "/resolution"}]]]],
["seedance2.0-mini", {"images": ["https://a.com/1"], "last_image": "https://a.com/2"}, null, "images-with-frames", "/images", [
    ["remove the reference images", [{"op": "remove", "path": "/images"}]],
    ["remove the last frame", [{"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-std", {"first_image": "https://a.com/2", "last_image": "https://a.com/3", "reference_audios": ["https://a.com/1"]}, null, "audio-with-frames", "/reference_audios", [
    ["remove the reference audio", [{"op": "remove", "path": "/reference_audios"}]],
    ["remove both frames", [{"op": "remove", "path": "/first_image"}, {"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-md", {"images": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4", "https://a.com/5", "https://a.com/6"]}, null, "too-many-images", "/images", [
    ["keep the first 4 items of the reference images", [{"op": "remove", "path": "/images/5"}, {"op": "remove", "path": "/images/4"}]]]],
["seedance2.0-fast-i2v", {"first_image": "https://a.com/a", "images": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4", "https://a.com/5", "https://a.com/6", "https://a.com/7", "https://a.com/8"], "last_image": "https://a.com/b"}, null, "too-many-images", "/images", [
    ["keep the first 7 items of the reference images", [{"op": "remove", "path": "/images/7"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4"]}, null, "too-many-videos", "/reference_videos", [
    ["keep the first 3 items of the reference videos", [{"op": "remove", "path": "/reference_videos/3"}]]]],
["seedance2.0-std", {"reference_audios": ["https://a.com/1", "https://a.com/2", "https://a.com/3", "https://a.com/4"]}, null, "too-many-audios", "/reference_audios", [
    ["keep the first 3 items of the reference audio", [{"op": "remove", "path": "/reference_audios/3"}]]]],
["seedance2.0-md", {"first_image": "https://a.com/1"}, null, "frame-pair-incomplete", "/last_image", [
    ["remove the first frame", [{"op": "remove", "path": "/first_image"}]]]],
["seedance2.0-md", {"last_image": "https://a.com/1"}, null, "frame-pair-incomplete", "/first_image", [
    ["remove the last frame", [{"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-sp", {"last_image": "https://a.com/1"}, null, "last-frame-alone", "/last_image", [
    ["use it as the first frame", [{"from": "/last_image", "op": "move", "path": "/first_image"}]]]],
["seedance2.0-mini-video", {}, null, "video-expected", "/reference_videos", [
    ["set the model to `seedance2.0-mini`", [{"op": "replace", "path": "/model", "value": "seedance2.0-mini"}]]]],
["seedance2.0-fast-i2v", {"reference_videos": ["https://a.com/1"]}, null, "videos-not-supported", "/reference_videos", [
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-sp", {"reference_audios": ["https://a.com/1"]}, null, "audio-unpaired", "/reference_audios", [
    ["remove the reference audio", [{"op": "remove", "path": "/reference_audios"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2", "https://a.com/3"]}, {"reference_videos": [{"seconds": 10}, {"seconds": 5}, {"seconds": 5}]}, "videos-too-long", "/reference_videos", [
    ["keep the first 2 items of the reference videos", [{"op": "remove", "path": "/reference_videos/2"}]],
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2"]}, {"reference_videos": [{"seconds": 16}, {"seconds": 5}]}, "videos-too-long", "/reference_videos", [
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2"]}, {"reference_videos": [{"bytes": 209715200}, {"bytes": 1}]}, "videos-too-large", "/reference_videos", [
    ["keep only the first item of the reference videos", [{"op": "remove", "path": "/reference_videos/1"}]],
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-std", {"reference_videos": ["https://a.com/1.png", "https://a.com/2"]}, null, "image-in-videos", "/reference_videos/0", [
    ["move it to the reference images", [{"op": "remove", "path": "/reference_videos/0"}, {"op": "add", "path": "/images", "value": ["https://a.com/1.png"]}]],
    ["remove item 1 of the reference videos", [{"op": "remove", "path": "/reference_videos/0"}]]]],
["seedance2.0-std", {"images": ["https://a.com/3"], "reference_videos": ["https://a.com/1.png"]}, null, "image-in-videos", "/reference_videos/0", [
    ["move it to the reference images", [{"from": "/reference_videos/0", "op": "move", "path": "/images/-"}]],
    ["remove item 1 of the reference videos", [{"op": "remove", "path": "/reference_videos/0"}]]]],
["seedance2.0-std", {"first_image": "https://a.com/3", "reference_videos": ["https://a.com/1.png"]}, null, "image-in-videos", "/reference_videos/0", [
    ["remove item 1 of the reference videos", [{"op": "remove", "path": "/reference_videos/0"}]]]],
["seedance2.0-mini", {"images": ["http://a.com/1"]}, null, "scheme-not-accepted", "/images/0", [
    ["change it to `https://a.com/1`", [{"op": "replace", "path": "/images/0", "value": "https://a.com/1"}]],
    ["remove the reference images", [{"op": "remove", "path": "/images"}]]]],
["seedance2.0-mini", {"images": [" https://a.com/1 ", "https://a.com/2"]}, null, "scheme-not-accepted", "/images/0", [
    ["change it to `https://a.com/1`", [{"op": "replace", "path": "/images/0", "value": "https://a.com/1"}]],
    ["remove item 1 of the reference images", [{"op": "remove", "path": "/images/0"}]]]],
["seedance2.0-mini", {"images": ["https://a.com/1\n"]}, null, "url-malformed", "/images/0", [
    ["change it to `https://a.com/1`", [{"op": "replace", "path": "/images/0", "value": "https://a.com/1"}]],
    ["remove the reference images", [{"op": "remove", "path": "/images"}]]]],
["seedance2.0-mini", {"images": ["http://a.com/1", "http://a.com/2"]}, null, "scheme-not-accepted", "/images/1", [
    ["change it to `https://a.com/2`", [{"op": "replace", "path": "/images/1", "value": "https://a.com/2"}]],
    ["remove item 2 of the reference images", [{"op": "remove", "path": "/images/1"}]]]],
["seedance2.0-mini", {"images": ["ftp://a.com/1", "https://a.com/2"]}, null, "scheme-not-accepted", "/images/0", [
    ["remove item 1 of the reference images", [{"op": "remove", "path": "/images/0"}]]]],
["seedance2.0-mini", {"first_image": "HTTP://a.com/1"}, null, "scheme-not-accepted", "/first_image", [
    ["set the first frame to `https://a.com/1`", [{"op": "replace", "path": "/first_image", "value": "https://a.com/1"}]],
    ["remove the first frame", [{"op": "remove", "path": "/first_image"}]]]],
["seedance2.0-md", {"first_image": "ftp://a.com/1", "last_image": "https://a.com/2"}, null, "scheme-not-accepted", "/first_image", [
    ["remove both frames", [{"op": "remove", "path": "/first_image"}, {"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-mini", {"first_image": "\u200b"}, null, "scheme-not-accepted", "/first_image", [
    ["remove the first frame", [{"op": "remove", "path": "/first_image"}]]]],
["seedance2.0-md", {"images": ["https://a.com/1", "", "https://a.com/2", " ", "https://a.com/3", "https://a.com/4"]}, null, "too-many-images", "/images", [
    ["remove the empty items of the reference images", [{"op": "remove", "path": "/images/3"}, {"op": "remove", "path": "/images/1"}]]]],
["seedance2.0-md", {"reference_videos": ["", "https://a.com/1", "https://a.com/2"]}, {"reference_videos": [{"seconds": 9}, {"seconds": 10}, {"seconds": 6}]}, "videos-too-long", "/reference_videos", [
    ["keep only the first item of the reference videos", [{"op": "remove", "path": "/reference_videos/2"}, {"op": "remove", "path": "/reference_videos/0"}]],
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-md", {"reference_videos": ["", "https://a.com/1", "https://a.com/2"]}, {"reference_videos": [{"seconds": 9}, {"seconds": 20}, {"seconds": 2}]}, "videos-too-long", "/reference_videos", [
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-mini", {"images": ["", "https://a.com/2"]}, null, "empty-item", "/images/0", [
    ["remove item 1 of the reference images", [{"op": "remove", "path": "/images/0"}]]]],
["seedance2.0-md", {"images": ["https://a.com/1.gif", "https://a.com/2"]}, null, "gif-not-accepted", "/images/0", [
    ["remove item 1 of the reference images", [{"op": "remove", "path": "/images/0"}]]]],
["seedance2.0-md", {"first_image": "https://a.com/1.gif", "last_image": "https://a.com/2"}, null, "gif-not-accepted", "/first_image", [
    ["remove both frames", [{"op": "remove", "path": "/first_image"}, {"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2"]}, {"reference_videos": [{"height": 1, "width": 1}]}, "video-size-out-of-range", "/reference_videos/0", [
    ["remove item 1 of the reference videos", [{"op": "remove", "path": "/reference_videos/0"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1"]}, {"reference_videos": [{"frame_rate": 1}]}, "frame-rate-out-of-range", "/reference_videos/0", [
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-mini-1080p", {"resolution": "480p"}, null, "unknown-model", "/model", []],
["seedance2.0-mini-1080p", {}, null, "unknown-model", "/model", [
    ["set the model to `seedance2.0-mini` and the resolution to `1080p`", [{"op": "replace", "path": "/model", "value": "seedance2.0-mini"}, {"op": "add", "path": "/resolution", "value": "1080p"}]]]],
["seedance2.0-md", {"reference_videos": ["https://a.com/1", "https://a.com/2", "https://a.com/3"]}, {"reference_videos": [null, {"seconds": 16}, {"seconds": 5}]}, "videos-too-long", "/reference_videos", [
    ["keep only the first item of the reference videos", [{"op": "remove", "path": "/reference_videos/2"}, {"op": "remove", "path": "/reference_videos/1"}]],
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-mini", {"first_image": "https://a.com/2", "images": "https://a.com/1"}, null, "wrong-type", "/images", [
    ["remove the reference images", [{"op": "remove", "path": "/images"}]]]]
]"#;

/// The same for what only edition 2026-09 has.
const LATER_FIXES: &str = r#"[
["seedance-2.0-720p", {"last_image": "https://a.com/1"}, null, "last-frame-needs-first", "/last_image", [
    ["use it as the first frame", [{"from": "/last_image", "op": "move", "path": "/first_image"}]],
    ["remove the last frame", [{"op": "remove", "path": "/last_image"}]]]],
["seedance-2.0-720p", {"first_image": "https://a.com/1", "reference_audios": ["https://a.com/2"]}, null, "audio-with-frames", "/reference_audios", [
    ["remove the reference audio", [{"op": "remove", "path": "/reference_audios"}]],
    ["remove the first frame", [{"op": "remove", "path": "/first_image"}]]]],
["seedance-2.0-480p", {"first_image": "https://a.com/1", "videos": ["https://a.com/2"]}, null, "videos-with-frames", "/videos", [
    ["remove the reference videos", [{"op": "remove", "path": "/videos"}]],
    ["remove the first frame", [{"op": "remove", "path": "/first_image"}]]]],
["seedance2.0-md", {"first_image": "https://a.com/1", "last_image": "https://a.com/2"}, null, "frames-not-supported", "/last_image", [
    ["remove the last frame", [{"op": "remove", "path": "/last_image"}]],
    ["remove both frames", [{"op": "remove", "path": "/first_image"}, {"op": "remove", "path": "/last_image"}]]]],
["seedance2.0-fast-sp", {"reference_videos": ["https://a.com/1"]}, null, "videos-contested", "/reference_videos", [
    ["remove the reference videos", [{"op": "remove", "path": "/reference_videos"}]]]],
["seedance2.0-gz-video", {}, null, "video-required", "/reference_videos", [
    ["set the model to `seedance2.0-gz`", [{"op": "replace", "path": "/model", "value": "seedance2.0-gz"}]]]],
["seedance2.0-mini", {"generate_audio": true}, null, "field-not-for-model", "/generate_audio", [
    ["remove `generate_audio`", [{"op": "remove", "path": "/generate_audio"}]]]],
["seedance2.0-mini", {"aspect_ratio": "1:1"}, null, "field-not-for-model", "/aspect_ratio", [
    ["rename `aspect_ratio` to `ratio`", [{"from": "/aspect_ratio", "op": "move", "path": "/ratio"}]],
    ["remove `aspect_ratio`", [{"op": "remove", "path": "/aspect_ratio"}]]]],
["seedance2.0-gz", {"ratio": "1:1", "aspect_ratio": "16:9"}, null, "alias-overridden", "/ratio", [
    ["remove `ratio`", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-933", {"reference_mode": "x"}, null, "reference-mode-not-offered", "/reference_mode", [
    ["remove `reference_mode`", [{"op": "remove", "path": "/reference_mode"}]]]],
["seedance-2.0-480p", {"ratio": "adaptive"}, null, "ratio-needs-references", "/ratio", [
    ["remove the aspect ratio", [{"op": "remove", "path": "/ratio"}]]]],
["seedance2.0-md", {"duration": 7}, null, "duration-not-offered", "/duration", [
    ["set the duration to 5 s", [{"op": "replace", "path": "/duration", "value": 5}]]]],
["seedance2.0-md", {"duration": 7.5}, null, "wrong-type", "/duration", [
    ["set the duration to 10 s", [{"op": "replace", "path": "/duration", "value": 10}]]]]
]"#;

#[test]
fn each_with_its_label_and_its_patch() {
    for (edition, table) in [(Edition::V2026_07, FIXES), (Edition::V2026_09, LATER_FIXES)] {
        let rows: Vec<(String, Value, Value, String, String, Value)> =
            serde_json::from_str(table).expect("a good table");
        for (model, members, media, rule, path, fixes) in rows {
            let mut body = json!({ "model": model, "prompt": "A cat", "duration": 5 });
            for (name, value) in members.as_object().into_iter().flatten() {
                body[name] = value.clone();
            }
            let offered = offered(edition, &body, &media, &rule, &path);
            assert_eq!(offered, fixes, "{rule} of {body}");
        }
    }
}

/// Removing an item keeps all others, however many also have to go.
#[test]
fn each_of_a_thousand_empty_items_can_be_dropped() {
    let images = vec![""; 1_000];
    let body =
        json!({ "model": "seedance2.0-mini", "prompt": "A cat", "duration": 5, "images": images });
    let report = json(&Job::new(&body).check(Lang::En));
    let findings = report["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 1_000);
    for (index, finding) in findings.iter().enumerate() {
        let patch = json!([{ "op": "remove", "path": format!("/images/{index}") }]);
        assert_eq!(finding["fixes"][0]["patch"], patch, "{finding}");
    }
}

#[test]
fn a_prompt_is_cut_between_characters() {
    let body = json!({ "model": "seedance2.0-md", "prompt": "雨".repeat(5_001), "duration": 5 });
    let cut = json!([{ "op": "replace", "path": "/prompt", "value": "雨".repeat(5_000) }]);
    let fixes = offered(Edition::V2026_07, &body, &Value::Null, "prompt-too-long", "/prompt");
    assert_eq!(fixes, json!([["shorten the prompt to 5000 characters", cut]]));
}

fn offered(edition: Edition, body: &Value, media: &Value, rule: &str, path: &str) -> Value {
    let facts = Facts::from_value(media).expect("good facts");
    let job = Job::new(body).edition(edition).with_facts(facts).expect("facts that fit");
    let report = json(&job.check(Lang::En));
    let mut findings = report["findings"].as_array().into_iter().flatten();
    let found = findings.find(|it| it["rule"] == rule && it["path"] == path);
    let found = found.unwrap_or_else(|| panic!("no {rule} at {path}: {report}"));
    let fixes = found["fixes"].as_array().into_iter().flatten();
    fixes.map(|fix| json!([fix["label"], fix["patch"]])).collect()
}
