//! What edition 2026-09 finds that 2026-07 does not, and what both make of the fields that it added.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Value, json};

use super::Ask;
use crate::finding::PatchOp;
use crate::fix;
use crate::table::Route;
use crate::{Edition, Facts, Fix, Job, Lang, PriceBook, Quote, Request};

const IMAGE: &str = "https://example.com/a.png";
const VIDEO: &str = "https://example.com/a.mp4";
const AUDIO: &str = "https://example.com/a.mp3";

/// A request for a model, with further members.
fn request(model: &str, more: Value) -> Value {
    let mut request = json!({ "model": model, "prompt": "a fox" });
    let Value::Object(more) = more else {
        panic!("the members of a request");
    };
    request.as_object_mut().unwrap().extend(more);
    request
}

/// The rules that fire and their paths, in report order.
fn found(edition: Edition, request: &Value) -> Vec<String> {
    let job = Job::new(request).edition(edition);
    let fired = job.fired().into_iter();
    fired.map(|fired| format!("{} {}", fired.rule.name(), fired.path)).collect()
}

fn finds(model: &str, more: Value, rules: &[&str]) {
    let request = request(model, more);
    assert_eq!(found(Edition::V2026_09, &request), rules, "{request}");
}

#[test]
fn lengths_are_a_range_or_a_set_and_may_be_left_out() {
    for (model, fine, not) in [
        ("seedance2.0-md", &[5, 10, 15][..], &[4, 6, 14, 16][..]),
        ("seedance2.0-fast-md", &[10, 15], &[5, 9, 11, 14, 16]),
    ] {
        for seconds in fine {
            finds(model, json!({ "duration": seconds }), &[]);
        }
        for seconds in not {
            finds(model, json!({ "duration": seconds }), &["duration-not-offered /duration"]);
        }
    }
    for (model, min, max) in
        [("sd2_mx_720p", 4, 15), ("seedance-2.0-4k", 4, 30), ("seedance2.0-gz", 4, 15)]
    {
        finds(model, json!({ "duration": min }), &[]);
        finds(model, json!({ "duration": max }), &[]);
        for outside in [min - 1, max + 1] {
            let rules = ["duration-out-of-range /duration"];
            finds(model, json!({ "duration": outside }), &rules);
        }
    }
    finds("seedance2.0-gz-mini", json!({}), &[]);
    finds("sd2_mx_720p", json!({}), &["missing-field /duration"]);
    finds("seedance2.0-gz", json!({ "duration": "" }), &["wrong-type /duration"]);
}

#[test]
fn a_number_that_json_cannot_hold_is_named() {
    let nan = [("duration", f64::NAN)].into_iter();
    let body = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(nan);
    let job = Job::new(crate::Body::from_deserializer(body).unwrap());
    for (lang, said) in [
        (Lang::En, "`duration` must be an integer, not a value that JSON cannot hold, such as NaN"),
        (Lang::Zh, "`duration` 应为整数，实际是 JSON 无法表示的值（如 NaN）"),
    ] {
        let report = job.check(lang);
        let found = report.findings.iter().find(|it| it.path == "/duration").unwrap();
        assert_eq!((found.rule.name(), &*found.message), ("wrong-type", said));
    }
}

#[test]
fn lengths_of_a_set_are_numbers() {
    let request = request("seedance2.0-md", json!({ "duration": 7 }));
    let job = Job::new(&request).edition(Edition::V2026_09);
    for (lang, said) in [
        (Lang::En, "`duration` is 7 s; `seedance2.0-md` only makes videos of 5, 10 or 15 s"),
        (Lang::Zh, "视频时长 7 秒不可用：`seedance2.0-md` 只支持 5、10 或 15 秒"),
    ] {
        let found = serde_json::to_value(&job.check(lang).findings[0]).unwrap();
        assert_eq!(found["params"]["allowed"], json!([5, 10, 15]));
        assert_eq!(found["message"], said);
    }
}

#[test]
fn several_names_are_joined_as_in_a_sentence() {
    let link = "https://a.com/1.png";
    let said = |more: Value, rule: &str, lang| {
        let request = request("seedance2.0-mini", more);
        let findings = Job::new(&request).check(lang).findings;
        findings.into_iter().find(|it| it.rule.name() == rule).unwrap().message
    };
    for (more, rule, en, zh) in [
        (
            json!({ "images": [link], "first_image": link, "last_image": link }),
            "images-with-frames",
            "`images` cannot be used together with `first_image` or `last_image`",
            "`images` 不能与 `first_image` 或 `last_image` 同时使用",
        ),
        (
            json!({ "resolution": "4k" }),
            "resolution-not-offered",
            "resolution `4k` is not available on `seedance2.0-mini`; use one of `480p`, `720p` or `1080p`",
            "`seedance2.0-mini` 不支持分辨率 `4k`，可选 `480p`、`720p` 或 `1080p`",
        ),
        (
            json!({ "ratio": "4:3" }),
            "ratio-unlisted",
            "the docs for `seedance2.0-mini` do not list aspect ratio `4:3`, only `16:9`, `9:16` and `1:1`",
            "`seedance2.0-mini` 的文档没有列出画面比例 `4:3`，列出的有 `16:9`、`9:16` 和 `1:1`",
        ),
    ] {
        assert_eq!(said(more.clone(), rule, Lang::En), en);
        assert_eq!(said(more, rule, Lang::Zh), zh);
    }
}

#[test]
fn a_setting_is_removed_by_its_name() {
    let more = json!({ "generate_audio": "yes", "first_image": "assetId://" });
    let request = request("seedance2.0-gz", more);
    let job = Job::new(&request).edition(Edition::V2026_09);
    let report = job.check(Lang::En);
    let [url, setting] = &report.findings[..] else { panic!("{report:?}") };
    assert_eq!(url.message, "invalid URL: it has no asset ID");
    assert_eq!(setting.fixes[0].label, "remove `generate_audio`");
}

#[test]
fn a_frame_rate_just_below_the_minimum_is_told_as_measured() {
    let facts = Facts::from_value(&json!({ "reference_videos": [{ "frame_rate": 23.9999 }] }));
    let request = request("seedance2.0-md", json!({ "duration": 5, "reference_videos": [VIDEO] }));
    let job = Job::new(&request).with_facts(facts.unwrap()).unwrap();
    for (lang, said) in [
        (
            Lang::En,
            "this reference video runs at 23.9999 fps, just below the 24 fps that the `seedance2.0-md` docs ask for; many cameras that film at 24 fps write a little less",
        ),
        (
            Lang::Zh,
            "该参考视频的帧率为 23.9999 fps，略低于 `seedance2.0-md` 的文档要求的 24 fps；许多摄像机以 24 fps 拍摄时会记为略低的值",
        ),
    ] {
        assert_eq!(job.check(lang).findings[0].message, said);
    }
}

#[test]
fn a_model_may_belong_elsewhere_be_taken_back_or_go_by_another_name() {
    finds("seedance2.5", json!({ "duration": 5 }), &["wrong-endpoint /model"]);
    finds("Seedance2.5", json!({ "duration": 5 }), &["unknown-model /model"]);
    finds("seedance2.0-fast-pro", json!({ "duration": 5 }), &["unknown-model /model"]);
    finds("seedance2.0-std", json!({ "duration": 5 }), &["model-delisted /model"]);
    let request = request("seedance20-gz-720p", json!({}));
    let job = Job::new(&request).edition(Edition::V2026_09);
    let report = job.check(Lang::En);
    assert_eq!(report.model.as_deref(), Some("seedance2.0-gz-720p"));
    let sent: Value = serde_json::to_value(report.request).unwrap();
    assert_eq!(sent["model"], "seedance20-gz-720p");
}

#[test]
fn resolutions_are_chosen_named_or_contested() {
    let of = |model: &str, resolution: &str, rules: &[&str]| {
        let rules: Vec<_> = rules.iter().map(|rule| format!("{rule} /resolution")).collect();
        let rules: Vec<_> = rules.iter().map(String::as_str).collect();
        finds(model, json!({ "duration": 5, "resolution": resolution }), &rules);
    };
    of("seedance2.0-sp", "480p", &["resolution-contested"]);
    of("seedance2.0-of-sp", "480p", &[]);
    of("seedance-2.0-4k", "4k", &["resolution-not-offered"]);
    of("seedance2.0-mini-480p", "1080p", &["resolution-ignored"]);
    of("seedance2.0-gz-fast", "1080p", &["resolution-not-offered"]);
    of("seedance2.0-gz-fast-480p", "1080p", &["resolution-ignored"]);
    of("seedance2.0-gz-mini", "1080p", &["resolution-not-offered"]);
}

#[test]
fn ratios_are_words_where_the_route_lists_them() {
    let of = |model: &str, ratio: &str, rules: &[&str]| {
        finds(model, json!({ "duration": 10, "ratio": ratio }), rules);
    };
    of("sd2_mx_720p", "Adaptive", &[]);
    of("sd2_mx_720p", "auto", &["ratio-unlisted /ratio"]);
    of("seedance2.0-mini", "Adaptive", &["ratio-unlisted /ratio"]);
    of("seedance2.0-mini", "adaptive", &["ratio-malformed /ratio"]);
    of("seedance2.0-md", "auto", &["ratio-not-offered /ratio"]);
    of("seedance2.0-gz", "adaptive", &[]);
    of("seedance-2.0-480p", "adaptive", &["ratio-needs-references /ratio"]);
    let with_audio = json!({ "ratio": "adaptive", "audios": [AUDIO], "images": [IMAGE] });
    finds("seedance-2.0-480p", with_audio, &[]);
    for (ratio, is_fine) in
        [("adaptive", true), ("Adaptive", true), ("ADAPTIVE", false), ("auto", false)]
    {
        let request = json!({ "prompt": "a fox", "duration": 5, "ratio": ratio });
        let rules = found(Edition::V2026_09, &request);
        assert_eq!(rules.len() == 1, is_fine, "{rules:?}");
    }
}

#[test]
fn frames_exclude_what_their_route_says() {
    finds(
        "seedance2.0-md",
        json!({ "duration": 5, "images": [IMAGE], "first_image": IMAGE, "last_image": IMAGE, "reference_audios": [AUDIO] }),
        &["frames-not-supported /first_image", "frames-not-supported /last_image"],
    );
    finds(
        "seedance2.0-gz",
        json!({ "last_image": IMAGE }),
        &["last-frame-needs-first /last_image"],
    );
    finds(
        "seedance-2.0-720p",
        json!({ "first_image": IMAGE, "images": [IMAGE], "videos": [VIDEO], "reference_audios": [AUDIO] }),
        &[
            "images-with-frames /images",
            "audio-with-frames /reference_audios",
            "videos-with-frames /videos",
        ],
    );
    finds(
        "seedance2.0-gz-mini",
        json!({ "first_image": IMAGE, "audios": [AUDIO] }),
        &["audio-unpaired /audios", "audio-with-frames /audios"],
    );
    finds(
        "seedance2.0-mini",
        json!({ "duration": 5, "first_image": IMAGE, "reference_audios": [AUDIO] }),
        &["audio-with-frames-contested /reference_audios"],
    );
    finds(
        "seedance2.0-933",
        json!({ "last_image": IMAGE, "reference_audios": [AUDIO] }),
        &["model-delisted /model", "audio-with-frames /reference_audios"],
    );
}

#[test]
fn models_may_need_or_contest_reference_videos() {
    finds(
        "seedance2.0-fast-sp",
        json!({ "duration": 5, "reference_videos": [VIDEO] }),
        &["videos-contested /reference_videos"],
    );
    finds("seedance2.0-gz-fast-video-480p", json!({}), &["video-required /reference_videos"]);
    finds("seedance2.0-gz-mini-video", json!({ "videos": [VIDEO] }), &[]);
    finds(
        "seedance2.0-mini-480p-video",
        json!({ "duration": 5 }),
        &["video-expected /reference_videos"],
    );
}

#[test]
fn a_field_counts_under_the_name_that_wins() {
    let loses = "alias-overridden";
    for (model, counts, over) in [
        ("seedance2.0-gz", "aspect_ratio", "ratio"),
        ("seedance2.0-gz", "images", "reference_images"),
        ("seedance2.0-933-480p", "reference_images", "images"),
        ("seedance2.0-gz", "reference_videos", "videos"),
        ("seedance2.0-gz", "reference_audios", "audios"),
    ] {
        let value = |bad: bool| match counts {
            "aspect_ratio" => json!(if bad { "1:9" } else { "1:1" }),
            _ => json!([if bad { "ftp://x" } else { IMAGE }]),
        };
        let mut more = json!({ "reference_videos": [VIDEO] });
        more[counts] = value(false);
        more[over] = value(true);
        let rules = found(Edition::V2026_09, &request(model, more.clone()));
        let rules: Vec<_> = rules.iter().filter(|it| !it.contains("/model")).collect();
        assert_eq!(rules, [&format!("{loses} /{over}")], "{more}");
        // Alone, the overridden field counts.
        more.as_object_mut().unwrap().remove(counts);
        let rules = found(Edition::V2026_09, &request(model, more.clone()));
        let rules: Vec<_> = rules.iter().filter(|it| it.contains(over)).collect();
        assert_eq!(rules.len(), 1, "{more}");
        assert!(!rules[0].contains(loses), "{more}");
    }
    finds(
        "seedance2.0-gz",
        json!({ "aspect_ratio": 5, "ratio": "16:9", "images": [], "reference_images": [IMAGE] }),
        &["wrong-type /aspect_ratio"],
    );
    finds(
        "seedance2.0-gz",
        json!({ "aspect_ratio": "16:9", "orientation": "portrait", "videos": ["", 5], "reference_videos": [VIDEO] }),
        &[
            "orientation-overridden /orientation",
            "alias-overridden /videos",
            "empty-item /videos/0",
            "wrong-type /videos/1",
        ],
    );
}

#[test]
fn elsewhere_the_later_fields_count_for_nothing() {
    finds(
        "seedance2.0-fast-md",
        json!({
            "duration": 10, "aspect_ratio": "9:1", "orientation": "portrait", "videos": ["http://x", "http://x", "http://x", "http://x"], "audios": [],
            "face_processing": true, "generate_audio": "yes", "reference_mode": " ",
        }),
        &[
            "field-not-for-model /aspect_ratio",
            "field-not-for-model /videos",
            "field-not-for-model /face_processing",
            "wrong-type /generate_audio",
            "empty-field /reference_mode",
        ],
    );
    finds(
        "seedance-2.0-720p",
        json!({ "generate_audio": false }),
        &["field-not-for-model /generate_audio"],
    );
    for (model, mode, is_fine) in [
        ("seedance2.0-933", "image", true),
        ("seedance2.0-933", "media", false),
        ("sd2-933-720p", "media", true),
        ("sd2-933-720p", "Media", false),
    ] {
        let mut rules = Vec::from(["model-delisted /model"]);
        rules.extend((!is_fine).then_some("reference-mode-not-offered /reference_mode"));
        finds(model, json!({ "reference_mode": mode }), &rules);
    }
}

#[test]
fn schemes_are_each_routes_own() {
    finds(
        "seedance2.0-gz",
        json!({ "images": ["assetId://1", "asset://1"], "audios": ["ASSETID://2"] }),
        &[],
    );
    finds(
        "sd2-933-720p",
        json!({ "images": ["asset://1"], "videos": ["asset://1"] }),
        &["model-delisted /model", "scheme-not-accepted /videos/0"],
    );
    finds(
        "seedance2.0-sp",
        json!({ "duration": 5, "images": [IMAGE], "reference_audios": ["asset://1"] }),
        &["scheme-contested /reference_audios/0"],
    );
    let without_route = json!({ "prompt": "a fox", "duration": 5, "images": ["assetId://"] });
    let of = |edition| found(edition, &without_route);
    assert_eq!(of(Edition::V2026_07), ["missing-field /model"]);
    assert_eq!(of(Edition::V2026_09), ["missing-field /model", "url-malformed /images/0"]);
}

/// The rules that fire and their paths, with media facts.
fn with_facts(request: &Value, facts: &Value) -> Vec<String> {
    let job = Job::new(request).edition(Edition::V2026_09);
    let job = job.with_facts(Facts::from_value(facts).unwrap()).unwrap();
    let fired = job.fired().into_iter();
    fired.map(|fired| format!("{} {}", fired.rule.name(), fired.path)).collect()
}

#[test]
fn facts_tell_of_the_lists_that_count() {
    let fast = request(
        "seedance2.0-fast-md",
        json!({ "duration": 10, "reference_videos": [VIDEO], "reference_audios": [AUDIO] }),
    );
    let seconds = |videos: f64, audios: f64| json!({ "reference_videos": [{ "seconds": videos }], "reference_audios": [{ "seconds": audios }] });
    assert_eq!(with_facts(&fast, &seconds(1.0, 15.0)), [""; 0]);
    assert_eq!(
        with_facts(&fast, &seconds(15.1, 15.1)),
        ["videos-too-long /reference_videos", "audios-too-long /reference_audios"]
    );
    let gz = request("seedance2.0-gz", json!({ "videos": [VIDEO, VIDEO] }));
    let two = Facts::from_value(&json!({ "reference_videos": [null, null] })).unwrap();
    assert!(Job::new(&gz).with_facts(two.clone()).is_err());
    let later = Job::new(&gz).edition(Edition::V2026_09);
    assert!(later.with_facts(two).is_ok());
}

#[test]
fn the_first_edition_knows_none_of_the_later_fields() {
    let text = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"videos":[1],"generate_audio":true,"videos":["x"]}"#;
    let first = |job: &Job<'_>| -> Vec<String> {
        let fired = job.fired().into_iter();
        fired.map(|fired| format!("{} {}", fired.rule.name(), fired.path)).collect()
    };
    let expected =
        ["duplicate-field /videos", "unknown-field /videos", "unknown-field /generate_audio"];
    let job = Job::new(text);
    assert_eq!(first(&job), expected);
    let job = job.edition(Edition::V2026_09);
    assert_eq!(
        first(&job),
        [
            "duplicate-field /videos",
            "field-not-for-model /videos",
            "field-not-for-model /generate_audio"
        ]
    );
    assert_eq!(first(&job.edition(Edition::V2026_07)), expected);
    // A typed request gives the same as its text, in both editions.
    let request = Request::new("seedance2.0-933", "a fox", 5)
        .aspect_ratio("1:1")
        .reference_image(IMAGE)
        .video(VIDEO)
        .audio(AUDIO)
        .face_processing(false)
        .generate_audio(true)
        .reference_mode("frame");
    let text = serde_json::to_string(&request).unwrap();
    for edition in Edition::ALL {
        let (typed, read) = (Job::new(&request), Job::new(text.as_str()));
        let typed = typed.edition(edition).check(Lang::En).into_owned();
        let read = read.edition(edition).check(Lang::En).into_owned();
        assert_eq!(typed, read);
        if edition == Edition::V2026_09 {
            assert_eq!(typed.request.unwrap().to_json(), text);
        }
    }
}

fn fixes(request: &Value, rule: &str) -> Vec<Value> {
    let job = Job::new(request).edition(Edition::V2026_09);
    let findings = job.check(Lang::En).findings;
    let mut of_rule = findings.into_iter().filter(|it| it.rule.name() == rule);
    let fixes = of_rule.next().unwrap().fixes.into_iter();
    fixes.map(|Fix { patch, .. }| serde_json::to_value(patch).unwrap()).collect()
}

#[test]
fn fixes_take_the_nearest_the_partner_or_the_name_that_counts() {
    let set = |seconds: u32| json!([{ "op": "replace", "path": "/duration", "value": seconds }]);
    for (model, asked, nearest) in [
        ("seedance2.0-md", json!(7), 5),
        ("seedance2.0-md", json!(8), 10),
        ("seedance2.0-md", json!(7.5), 10),
        ("seedance2.0-md", json!(-1e300), 5),
        ("seedance2.0-fast-md", json!(12.5), 15),
        ("seedance2.0-fast-md", json!("12s"), 10),
        ("seedance2.0-933", json!(true), 4),
    ] {
        let rule = match asked.as_i64().or(asked.as_f64().map(|_| 0)) {
            Some(_) if asked != json!(7.5) && asked != json!(12.5) => "duration-not-offered",
            _ => "wrong-type",
        };
        let request = request(model, json!({ "duration": asked }));
        assert_eq!(fixes(&request, rule), [set(nearest)], "{request}");
    }
    let missing = fixes(&request("seedance2.0-fast-md", json!({})), "missing-field");
    assert_eq!(missing, [json!([{ "op": "add", "path": "/duration", "value": 10 }])]);
    let partner = fixes(&request("seedance2.0-gz-video-1080p", json!({})), "video-required");
    assert_eq!(
        partner,
        [json!([{ "op": "replace", "path": "/model", "value": "seedance2.0-gz-1080p" }])]
    );
    let md = |more| request("seedance2.0-md", more);
    assert_eq!(
        fixes(&md(json!({ "duration": 5, "videos": [VIDEO] })), "field-not-for-model"),
        [
            json!([{ "op": "move", "from": "/videos", "path": "/reference_videos" }]),
            json!([{ "op": "remove", "path": "/videos" }])
        ]
    );
    assert_eq!(
        fixes(
            &md(json!({ "duration": 5, "videos": [VIDEO, VIDEO, VIDEO, VIDEO] })),
            "field-not-for-model"
        ),
        [json!([{ "op": "remove", "path": "/videos" }])]
    );
    let overridden =
        request("seedance2.0-gz", json!({ "images": [IMAGE], "reference_images": [IMAGE] }));
    assert_eq!(
        fixes(&overridden, "alias-overridden"),
        [json!([{ "op": "remove", "path": "/reference_images" }])]
    );
    let frames = request(
        "seedance2.0-gz",
        json!({ "first_image": IMAGE, "last_image": IMAGE, "videos": [VIDEO] }),
    );
    assert_eq!(
        fixes(&frames, "videos-with-frames"),
        [
            json!([{ "op": "remove", "path": "/videos" }]),
            json!([{ "op": "remove", "path": "/first_image" }, { "op": "remove", "path": "/last_image" }])
        ]
    );
    let frames = md(json!({ "duration": 5, "first_image": IMAGE, "last_image": IMAGE }));
    assert_eq!(
        fixes(&frames, "frames-not-supported"),
        [
            json!([{ "op": "remove", "path": "/first_image" }]),
            json!([{ "op": "remove", "path": "/first_image" }, { "op": "remove", "path": "/last_image" }])
        ]
    );
}

#[test]
fn many_more_findings_than_a_report_holds_are_all_counted() {
    for items in [2_000, 9_001, 20_000] {
        let body = format!(r#"{{"images": [5{}]}}"#, ",5".repeat(items - 1));
        let report = Job::new(&*body).check(Lang::En).into_owned();
        let missing = ["model", "prompt", "duration"].len();
        let all = report.findings.len() + report.omitted;
        assert_eq!((report.findings.len(), all), (crate::MAX_FINDINGS, items + missing));
    }
}

/// Media facts follow the list that counts, under either name.
#[test]
fn facts_follow_their_videos_under_the_name_that_counts() {
    let request =
        request("seedance2.0-gz", json!({ "videos": [VIDEO, "ftp://x"], "reference_videos": [] }));
    let facts = json!({ "reference_videos": [{ "seconds": 3 }, { "seconds": 4 }] });
    let job = Job::new(&request).edition(Edition::V2026_09);
    let job = job.with_facts(Facts::from_value(&facts).unwrap()).unwrap();
    let report = job.check(Lang::En);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].path, "/videos/1");
    assert_eq!(report.findings[0].fixes.len(), 1);
}

/// A list that its other name overrides has no media facts, so removing it leaves them.
#[test]
fn facts_stay_when_the_name_that_does_not_count_is_removed() {
    let request = request("seedance2.0-gz", json!({ "videos": [VIDEO], "reference_videos": 5 }));
    let facts = Facts::from_value(&json!({ "reference_videos": [{ "seconds": 3 }] })).unwrap();
    let job = Job::new(&request).edition(Edition::V2026_09);
    let ask = Ask::new(Edition::V2026_09, job.body().fields().unwrap(), &facts);
    for (path, left) in [("/reference_videos", &facts), ("/videos", &Facts::default())] {
        let patch = [PatchOp::Remove { path: path.into() }];
        assert_eq!(fix::apply(ask, &patch).unwrap().facts, *left, "{path}");
    }
}

/// An operation finds what the ones before it left.
#[test]
fn a_value_is_moved_from_where_it_is_by_then() {
    let job = Job::new(r#"{"a": "x", "b": "seedance2.0-mini", "c": "y"}"#);
    let facts = Facts::default();
    let ask = Ask::new(Edition::V2026_07, job.body().fields().unwrap(), &facts);
    let path = |path: &str| String::from(path);
    let patch = [
        PatchOp::Remove { path: path("/a") },
        PatchOp::Move { from: path("/b"), path: path("/model") },
    ];
    let draft = fix::apply(ask, &patch).unwrap();
    assert_eq!(draft.fields.text(crate::Field::Model), Some("seedance2.0-mini"));
    let left = draft.fields.unknown().map(|(_, unknown)| unknown.name.as_ref());
    assert_eq!(left.collect::<Vec<_>>(), ["c"]);
}

#[test]
fn prices_go_by_the_later_names_and_units() {
    let book = br#"{ "currency": "JimiCoin", "prices": {
        "seedance2.0-gz-video-720p": { "price": "30", "per": "million-tokens" }, "seedance2.0-933-480p": "0.1",
        "seedance2.0-933-1080p": "0.3", "seedance2.0-mini-720p-video": "0.05" } }"#;
    let edition = Edition::V2026_09;
    let book = PriceBook::from_slice_for(edition, book).unwrap();
    assert_eq!(book.warnings(), []);
    let quote = |model: &str, more: Value| {
        let request = request(model, more);
        let quote = Job::new(&request).edition(edition).quote(&book, Lang::En);
        let written = serde_json::to_value(&quote).unwrap();
        let read: Quote = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(read, quote);
        written
    };
    assert_eq!(
        quote("seedance2.0-gz-720p", json!({ "videos": ["x"], "resolution": "4k" })),
        json!({
            "kind": "not-priceable", "edition": "2026-09", "model": "seedance2.0-gz-720p", "route": "gz",
            "billing_model": "seedance2.0-gz-video-720p", "basis": "documented", "unit": "million-tokens",
            "unit_price": "30", "currency": "JimiCoin", "reason": "billed-by-usage",
        })
    );
    let unpriced = quote("seedance2.0-gz", json!({}));
    assert_eq!(
        (&unpriced["billing_model"], &unpriced["reason"]),
        (&json!("seedance2.0-gz"), &json!("billed-by-usage"))
    );
    let stopped = quote("seedance2.0-gz", json!({ "duration": 3 }));
    assert_eq!(stopped["reason"], "findings");
    let left_out = quote("seedance2.0-933", json!({}));
    assert_eq!(left_out["amount"], "0.4");
    assert_eq!(left_out["parts"], json!([{ "of": "/duration", "quantity": 4 }]));
    let field_wins = quote("seedance2.0-933-480p", json!({ "resolution": "1080p", "duration": 5 }));
    assert_eq!(field_wins["amount"], "1.5");
    let first_video =
        quote("seedance2.0-mini-720p-video", json!({ "duration": 5, "reference_videos": [VIDEO] }));
    assert_eq!(
        (&first_video["kind"], &first_video["amount"]),
        (&json!("at-least"), &json!({ "min": "0.25" }))
    );
    let faulty =
        quote("seedance2.0-mini-720p-video", json!({ "duration": 5, "reference_videos": ["x"] }));
    assert_eq!(faulty["reason"], "findings");
}

#[test]
fn a_comparison_is_over_the_editions_models_and_says_which() {
    let request = request("seedance2.0-gz720p", json!({ "duration": 10 }));
    for edition in Edition::ALL {
        let candidates = Job::new(&request).edition(edition).compare(None, Lang::En);
        let models: Vec<_> = candidates.iter().map(|it| it.model.as_ref()).collect();
        let known: Vec<_> = edition.models().map(|(_, model)| model.name).collect();
        assert_eq!(models, known);
        assert!(candidates.iter().all(|it| it.edition == edition));
    }
}

/// A finding may cite the sources of a cell; its rule must cite them, too.
#[test]
fn findings_rest_on_sources_that_their_rule_names() {
    let urls = [IMAGE, "http://a/b", "asset://a", "assetId://a", "https://a.com/a.gif"];
    for edition in Edition::ALL {
        let ends =
            |route: &'static Route| route.models.first().into_iter().chain(route.models.last());
        for model in edition.routes().iter().flat_map(ends) {
            for (seconds, word, frames) in [
                (0, "480p", json!({ "last_image": IMAGE })),
                (16, "1080p", json!({ "first_image": IMAGE, "last_image": IMAGE })),
                (99, "4k", json!({})),
            ] {
                let mut more = json!({
                    "prompt": "p".repeat(6_001), "duration": seconds, "resolution": word, "ratio": "7:5", "reference_mode": word,
                    "images": urls.repeat(2), "reference_videos": urls, "reference_audios": urls, "videos": urls,
                });
                more.as_object_mut().unwrap().extend(frames.as_object().unwrap().clone());
                let request = request(model.name, more);
                for finding in Job::new(&request).edition(edition).check(Lang::En).findings {
                    let known = edition.rule(finding.rule).unwrap().sources;
                    let mut sources = finding.sources.iter();
                    assert!(sources.all(|source| known.contains(source)), "{finding:?}");
                    assert!(!finding.sources.is_empty(), "{finding:?}");
                }
            }
        }
    }
}

/// No report holds all of these: the fields that it names have suggestions.
#[test]
fn the_first_unknown_fields_of_many_have_suggestions() {
    let letters = || ('a'..='z').chain('0'..='9');
    let names = letters().flat_map(|one| letters().map(move |two| format!("duratio{one}{two}")));
    let more = names.map(|name| (name, json!(1))).collect();
    let request = request("seedance2.0-mini", Value::Object(more));
    let job = Job::new(&request);
    let report = job.check(Lang::En);
    assert_eq!((report.findings.len(), report.omitted), (crate::MAX_FINDINGS, 297));
    let unknown =
        report.findings.iter().filter(|finding| finding.rule == crate::RuleId::UnknownField);
    assert_eq!(unknown.clone().count(), crate::MAX_FINDINGS - 1);
    for finding in unknown {
        let params = serde_json::to_value(&finding.params).unwrap();
        assert_eq!(params["suggestions"], json!(["duration"]), "{}", finding.path);
    }
}
