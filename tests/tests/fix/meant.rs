//! Typical mistakes and what was meant: the first fix of the finding is what was meant, and no fix is the opposite.

use seedance_core::{Edition, Job, Lang};
use serde_json::{Value, json};

/// The finding of a rule on a request with these members added.
fn finding_on(members: &Value, rule: &str) -> Value {
    let mut body = json!({ "model": "seedance2.0-mini", "prompt": "A cat", "duration": 5 });
    for (name, value) in members.as_object().expect("an object") {
        body[name] = value.clone();
    }
    let report = serde_json::to_value(Job::new(&body).check(Lang::En)).expect("a report is JSON");
    let mut findings = report["findings"].as_array().expect("a list").iter();
    let finding = findings.find(|finding| finding["rule"] == rule);
    finding.unwrap_or_else(|| panic!("no {rule} in {report}")).clone()
}

#[test]
fn another_name_of_a_field_is_told_as_the_field() {
    for (name, meant) in [
        ("start_image", "first_image"),
        ("first_frame_url", "first_image"),
        ("firstImage", "first_image"),
        ("end_image", "last_image"),
        ("tail_image", "last_image"),
        ("LAST_IMAGE", "last_image"),
        ("image_url", "images"),
        ("reference_image_urls", "images"),
        ("reference_video_urls", "reference_videos"),
        ("referenceVideos", "reference_videos"),
        ("reference_audio_urls", "reference_audios"),
        ("aspectRatio", "ratio"),
        ("refrence_videos", "reference_videos"),
        ("resoluton", "resolution"),
        ("orientaton", "orientation"),
        ("rati", "ratio"),
    ] {
        let finding = finding_on(&json!({ name: "x" }), "unknown-field");
        assert_eq!(finding["params"]["suggestions"], json!([meant]), "{name}");
    }
}

/// The first fix is the one that `check --fix` applies.
#[test]
fn a_missing_field_under_another_name_is_renamed() {
    for (given, value, missing) in [
        ("Duration", json!(8), "duration"),
        ("seconds", json!(8), "duration"),
        ("durration", json!(8), "duration"),
        ("duration ", json!(8), "duration"),
        ("promt", json!("x"), "prompt"),
        ("Model", json!("seedance2.0-mini"), "model"),
        ("text", json!("x"), "prompt"),
    ] {
        let mut body = json!({ "model": "seedance2.0-mini", "prompt": "A cat", "duration": 5 });
        let members = body.as_object_mut().expect("an object");
        members.remove(missing);
        members.insert(given.into(), value);
        let job = Job::new(&body);
        let report = job.check(Lang::En);
        let found = report.findings.iter().find(|it| it.rule.name() == "missing-field");
        let fixes = serde_json::to_value(&found.expect("it is missing").fixes).expect("JSON");
        let (from, path) = (format!("/{given}"), format!("/{missing}"));
        assert_eq!(fixes[0]["label"], format!("rename `{given}` to `{missing}`"));
        assert_eq!(fixes[0]["patch"], json!([{ "op": "move", "from": from, "path": path }]));
        let default = json!([{ "op": "add", "path": "/duration", "value": 5 }]);
        let others = fixes.get(1).map(|fix| &fix["patch"]);
        assert_eq!(others, (missing == "duration").then_some(&default));
    }
}

/// Otherwise the default of 5 s would take the place of a length that somebody wrote.
#[test]
fn a_length_under_another_name_is_kept_as_far_as_it_is_allowed() {
    for (given, value, seconds) in [
        ("seconds", json!("15"), 15),
        ("Duration", json!("15s"), 15),
        ("LENGTH", json!(12.6), 13),
        ("seconds", json!(20), 15),
        ("length", json!("2 秒"), 4),
    ] {
        let body = json!({ "model": "seedance2.0-mini", "prompt": "A cat", given: value });
        let report = serde_json::to_value(Job::new(&body).check(Lang::En)).expect("JSON");
        let mut findings = report["findings"].as_array().expect("a list").iter();
        let missing = findings.find(|it| it["rule"] == "missing-field").expect("it is missing");
        let label = format!("rename `{given}` to `duration` and set it to {seconds} s");
        let patch = json!([
            { "op": "move", "from": format!("/{given}"), "path": "/duration" },
            { "op": "replace", "path": "/duration", "value": seconds },
        ]);
        assert_eq!(missing["fixes"][0], json!({ "label": label, "patch": patch }), "{body}");
    }
}

/// A name that fits comes before one that would have to be changed, and a length in another unit is no length in seconds.
#[test]
fn no_length_is_guessed() {
    let default = json!([{ "op": "add", "path": "/duration", "value": 5 }]);
    for (members, patch) in [
        (
            json!({ "length": 20, "seconds": 8 }),
            json!([{ "op": "move", "from": "/seconds", "path": "/duration" }]),
        ),
        (json!({ "durationMs": 8000 }), default.clone()),
        (json!({ "seconds": "8000ms" }), default.clone()),
        (json!({ "length": "2 min" }), default),
    ] {
        let mut body = json!({ "model": "seedance2.0-mini", "prompt": "A cat" });
        body.as_object_mut().expect("an object").extend(members.as_object().expect("one").clone());
        let report = serde_json::to_value(Job::new(&body).check(Lang::En)).expect("JSON");
        let mut findings = report["findings"].as_array().expect("a list").iter();
        let missing = findings.find(|it| it["rule"] == "missing-field").expect("it is missing");
        assert_eq!(missing["fixes"][0]["patch"], patch, "{body}");
    }
}

#[test]
fn one_url_with_another_inside_is_put_into_a_list() {
    let url = "https://images.weserv.nl/?url=https://b.com/1.png";
    let finding = finding_on(&json!({ "images": url }), "wrong-type");
    let patch = json!([{ "op": "replace", "path": "/images", "value": [url] }]);
    assert_eq!(finding["fixes"][0]["patch"], patch);
}

#[test]
fn several_urls_in_one_text_are_not_put_into_a_list_as_one() {
    for several in ["https://a.com/1.png,https://a.com/2.png", "https://a.com/1.png https://b.com"]
    {
        let finding = finding_on(&json!({ "images": several }), "wrong-type");
        let fixes = json!([{
            "label": "remove the reference images", "patch": [{ "op": "remove", "path": "/images" }],
        }]);
        assert_eq!(finding["fixes"], fixes, "{several}");
    }
}

#[test]
fn nothing_is_said_rather_than_nonsense() {
    for name in ["video", "audio", "data", "start", "n", "parameters", "seed", "fps"] {
        let finding = finding_on(&json!({ name: "x" }), "unknown-field");
        assert_eq!(finding["params"].get("suggestions"), None, "{name}: {finding}");
    }
}

#[test]
fn one_url_under_another_name_becomes_a_list() {
    let url = "https://example.com/1.png";
    let finding = finding_on(&json!({ "image_url": url }), "unknown-field");
    let patch = json!([
        { "op": "remove", "path": "/image_url" },
        { "op": "add", "path": "/images", "value": [url] },
    ]);
    assert_eq!(finding["fixes"][0]["patch"], patch);
}

#[test]
fn a_resolution_in_other_words() {
    for (written, meant, rule) in [
        (json!("1080"), "1080p", "resolution-not-offered"),
        (json!("1080P"), "1080p", "resolution-not-offered"),
        (json!("1920x1080"), "1080p", "resolution-not-offered"),
        (json!("1080×1920"), "1080p", "resolution-not-offered"),
        (json!(" 480p "), "480p", "resolution-not-offered"),
        (json!("sd"), "480p", "resolution-not-offered"),
        (json!("hd"), "720p", "resolution-not-offered"),
        (json!("Full HD"), "1080p", "resolution-not-offered"),
        (json!(480), "480p", "wrong-type"),
    ] {
        let finding = finding_on(&json!({ "resolution": written }), rule);
        let patch = json!([{ "op": "replace", "path": "/resolution", "value": meant }]);
        assert_eq!(finding["fixes"][0]["patch"], patch, "{written}");
    }
}

#[test]
fn a_link_as_it_was_meant() {
    const PLAIN: &str = "https://a.com/1.png";
    for (written, meant, rule) in [
        // White space inside, also beside characters that are not ASCII.
        ("https://a.com/a b.png", "https://a.com/a%20b.png", "url-malformed"),
        ("https://a.com/雨 1.png", "https://a.com/%E9%9B%A8%201.png", "url-malformed"),
        ("https://a.com/a\u{a0}b.png", "https://a.com/a%C2%A0b.png", "url-malformed"),
        ("https://a.com/a\tb.png?c=d e", "https://a.com/a%09b.png?c=d%20e", "url-malformed"),
        ("https://a.com/100% real%20.png", "https://a.com/100%25%20real%20.png", "url-malformed"),
        ("https://中文.中国/a b", "https://中文.中国/a%20b", "url-malformed"),
        // White space beside the host.
        ("https://a.com /1.png", PLAIN, "url-malformed"),
        ("https:// a.com/1.png", PLAIN, "url-malformed"),
        ("https://a.com\u{3000}/1.png", PLAIN, "url-malformed"),
        ("http://\u{0}a.com\n/1 .png", "https://a.com/1%20.png", "scheme-not-accepted"),
        (" https://a.com/1.png\n", PLAIN, "scheme-not-accepted"),
        // Characters around or behind the URL.
        ("\"https://a.com/1.png\"", PLAIN, "scheme-not-accepted"),
        ("'https://a.com/1.png'", PLAIN, "scheme-not-accepted"),
        ("`https://a.com/1.png`", PLAIN, "scheme-not-accepted"),
        ("“https://a.com/1.png”，", PLAIN, "scheme-not-accepted"),
        ("‘https://a.com/1.png’", PLAIN, "scheme-not-accepted"),
        ("「https://a.com/1.png」", PLAIN, "scheme-not-accepted"),
        ("《 https://a.com/1.png 》", PLAIN, "scheme-not-accepted"),
        ("<https://a.com/1.png>", PLAIN, "scheme-not-accepted"),
        ("\u{feff}\"https://a.com/1.png\",", PLAIN, "scheme-not-accepted"),
        ("https://a.com/1.png\">", PLAIN, "url-suspect"),
        ("https://a.com/?a=1&amp;b=2", "https://a.com/?a=1&b=2", "url-suspect"),
        ("https://a.com/1.png\u{200b}", PLAIN, "url-suspect"),
        ("https://a.com/\u{200e}1.png\u{feff}", PLAIN, "url-suspect"),
        // Mistakes at the beginning.
        ("http://a.com/1.png", PLAIN, "scheme-not-accepted"),
        ("www.a.com/1.png", "https://www.a.com/1.png", "scheme-not-accepted"),
        ("//a.com/1.png", PLAIN, "scheme-not-accepted"),
        ("a.com:443/1.png", "https://a.com:443/1.png", "scheme-not-accepted"),
        ("a.com:8080", "https://a.com:8080", "scheme-not-accepted"),
        ("https：//a.com/图：1.png", "https://a.com/图：1.png", "scheme-not-accepted"),
        ("http：／／ａ．ｃｏｍ／1.png", PLAIN, "scheme-not-accepted"),
        ("https:／／a.com／1.png", PLAIN, "url-malformed"),
        ("https//a.com/1.png", PLAIN, "scheme-not-accepted"),
        ("https:/a.com/1.png", PLAIN, "url-malformed"),
    ] {
        let finding = finding_on(&json!({ "images": ["https://a.com/0.png", written] }), rule);
        let patch = json!([{ "op": "replace", "path": "/images/1", "value": meant }]);
        assert_eq!(finding["fixes"][0]["patch"], patch, "{written}");
    }
}

/// What is not a link, or could become another link than was meant, is left to the user.
#[test]
fn a_link_that_may_mean_anything_is_not_guessed() {
    for written in [
        "a.png",
        "folder/1.png",
        "https",
        "ftp://a.com/1.png",
        "“1.png”",
        "C:\\1.png",
        "https：//localhost/1.png",
    ] {
        let finding = finding_on(
            &json!({ "images": ["https://a.com/0.png", written] }),
            "scheme-not-accepted",
        );
        let removal = json!([{ "op": "remove", "path": "/images/1" }]);
        assert_eq!(finding["fixes"][0]["patch"], removal, "{written}");
    }
}

/// White space in a host or an asset ID, or between two links, has no encoding that leads to what was meant.
#[test]
fn a_link_in_pieces_is_not_mended() {
    for written in [
        "https://exam ple.com/a",
        "https://example. com/a",
        "https://a\u{0}b.com/a",
        "https://10.0. 0.1/x",
        "https://a.b:80 80/x",
        "asset://ab cd",
        "https://a.b/x.png https://a.b/y.png",
        "https://a.b/x.png\nhttps://a.b/y.png",
        "https://a.b https://a.b/y.png",
        "https://a.b/x.png, https://a.b/y.png",
        "https://a.b/x.png www.a.b/y.png",
        "https://a.b/x.png\n//a.b/y.png",
        "https://a.b/x.png https：//a.b/y.png",
        "https://a.b/x.png a.b:443/y.png",
        "[a](https://a.b/x) [b](https://a.b/y)",
    ] {
        let rule = match written.starts_with('[') {
            true => "scheme-not-accepted",
            false => "url-malformed",
        };
        let images = json!(["https://a.com/0.png", written]);
        let finding = finding_on(&json!({ "model": "seedance2.0-sp", "images": images }), rule);
        let removal = json!([{ "op": "remove", "path": "/images/1" }]);
        assert_eq!(finding["fixes"][0]["patch"], removal, "{written:?}");
    }
}

/// The vendor's own client sends `auto`: on a route that has a word for it, that word is meant.
#[test]
fn an_automatic_ratio_is_adaptive_or_dropped() {
    let full = json!({ "model": "sd2_mx_720p", "images": ["asset://a1"], "ratio": "auto" });
    let patches = |body: &serde_json::Value| {
        let finding = finding_on(body, "ratio-malformed");
        let fixes = finding["fixes"].as_array().expect("fixes").clone();
        fixes.into_iter().map(|fix| fix["patch"].clone()).collect::<Vec<_>>()
    };
    let drop = json!([{ "op": "remove", "path": "/ratio" }]);
    let adaptive = json!([{ "op": "replace", "path": "/ratio", "value": "Adaptive" }]);
    assert_eq!(patches(&full), [adaptive, drop.clone()]);
    for model in ["seedance2.0-mini", "seedance2.0-sp", "seedance2.0-mini-sp"] {
        assert_eq!(
            patches(&json!({ "model": model, "ratio": "auto" })),
            std::slice::from_ref(&drop),
            "{model}"
        );
    }
}

#[test]
fn what_makes_a_link_suspect_is_named() {
    let url = "https://a.com/?a=1&amp;b=\"2\"\u{200b}";
    let finding = finding_on(&json!({ "images": [url] }), "url-suspect");
    assert_eq!(finding["params"]["found"], json!(["&amp;", "\"", "U+200B"]));
    let said = "this link contains `&amp;`, `\"` and `U+200B` and was probably copied from a web page or a document; check it";
    assert_eq!(finding["message"], said);
    assert_eq!(finding["severity"], "warning");
}

#[test]
fn a_path_of_ones_own_computer_is_told_as_such() {
    const ADVICE: &str = ": this is a path on your computer; upload the file and use its URL";
    let said = |link: &str| {
        let finding = finding_on(&json!({ "images": [link] }), "scheme-not-accepted");
        finding["message"].as_str().expect("a sentence").to_owned()
    };
    let only_https = "`seedance2.0-mini` accepts only `https://` URLs here";
    for path in [
        "C:\\Users\\me\\1.png",
        "d:/镜头 1.png",
        "C:1.png",
        "/Users/x.png",
        "/tmp/a b.png",
        "~/1.png",
        "./1.png",
        "../1.png",
        "\\\\server\\1.png",
    ] {
        assert_eq!(said(path), format!("{only_https}{ADVICE}"), "{path}");
    }
    assert_eq!(said("file:///pictures/1.png"), format!("{only_https}, not `file://`{ADVICE}"));
    for link in ["//example.com/1.png", "example.com/1.png", "1.png"] {
        assert_eq!(said(link), only_https, "{link}");
    }
}

/// Where only reviewed assets are accepted, an uploaded file's URL is not.
#[test]
fn a_path_where_only_assets_are_accepted_is_told_the_whole_way() {
    let said = |link: &str| {
        let members = json!({ "model": "sd2_mx_720p", "first_image": link });
        let finding = finding_on(&members, "scheme-not-accepted");
        finding["message"].as_str().expect("a sentence").to_owned()
    };
    let only_assets = "`sd2_mx_720p` accepts only `asset://` URLs here";
    let way = "upload the file, submit it for asset review, wait until it is Active, and use `asset://ID`";
    for link in ["/home/a.png", "C:\\a.png", "./a.png", "~/a.png", "https：//a.com/1.png"] {
        assert_eq!(said(link), format!("{only_assets}: {way}"), "{link}");
    }
    assert_eq!(said("file:///C:/a.png"), format!("{only_assets}, not `file://`: {way}"));
    assert_eq!(said("asset：//a1"), format!("{only_assets}: {way}"));
    assert_eq!(said(" https://a.com/1.png"), format!("{only_assets}: {way}"));
}

#[test]
fn a_scheme_is_named_as_it_was_sent() {
    for (link, named) in [
        ("ftp://a.com/1.png", ", not `ftp://`"),
        ("data:image/png;base64,AA", ", not `data:`"),
        ("a.com:443/1.png", ""),
    ] {
        let finding = finding_on(&json!({ "images": [link] }), "scheme-not-accepted");
        let said = format!("`seedance2.0-mini` accepts only `https://` URLs here{named}");
        assert_eq!(finding["message"], said, "{link}");
    }
}

#[test]
fn an_unknown_model_without_a_near_one_says_where_all_are() {
    for model in ["kling", "sora-2", "veo3", "wan2.2"] {
        let finding = finding_on(&json!({ "model": model }), "unknown-model");
        let said =
            format!("unknown model `{model}`; `seedance routes` and the form list all models");
        assert_eq!(finding["message"], said);
    }
}

/// The suggestions for a model's name, and the fixes' patches.
fn meant_models(edition: Edition, members: &Value) -> (Value, Vec<Value>) {
    let mut body = json!({ "prompt": "A cat", "duration": 10 });
    for (name, value) in members.as_object().expect("an object") {
        body[name] = value.clone();
    }
    let job = Job::new(&body).edition(edition);
    let report = serde_json::to_value(job.check(Lang::En)).expect("a report is JSON");
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "unknown-model", "{report}");
    let fixes = finding["fixes"].as_array().expect("fixes");
    let patches = fixes.iter().map(|fix| fix["patch"].clone()).collect();
    (finding["params"]["suggestions"].clone(), patches)
}

#[test]
fn the_nearest_models_come_first() {
    let (old, new) = (Edition::V2026_07, Edition::V2026_09);
    for (edition, name, meant) in [
        (old, "sd2_mx", json!(["sd2_mx_720p", "sd2_mx_1080p", "sd2_mx_2k"])),
        (old, "seedance2.0-mini-720", json!(["seedance2.0-mini", "seedance2.0-mini-sp"])),
        (old, "seedance2.0-sp-1080", json!(["seedance2.0-sp"])),
        (old, "mini", json!(["seedance2.0-mini", "seedance2.0-mini-video", "seedance2.0-mini-sp"])),
        (new, "seedance2.0-pro", json!(["seedance2.0-md", "seedance2.0-fast-md"])),
        (new, " Seedance2.0-FAST-pro", json!(["seedance2.0-md", "seedance2.0-fast-md"])),
    ] {
        let (suggestions, _) = meant_models(edition, &json!({ "model": name }));
        assert_eq!(suggestions, meant, "{name}");
    }
    let (suggestions, _) = meant_models(new, &json!({ "model": "seedance2.0-mini-720" }));
    assert_eq!(suggestions[0], "seedance2.0-mini-720p");
}

/// A misspelt billing name means its model and resolution, and no less likely model if the request asks for another resolution.
#[test]
fn a_misspelt_billing_name_is_its_model_and_resolution() {
    let model = json!({ "op": "replace", "path": "/model", "value": "seedance2.0-mini" });
    let resolution = json!({ "op": "add", "path": "/resolution", "value": "1080p" });
    let name = "seedance2.0-mini-1080";
    let patches = |members: Value| meant_models(Edition::V2026_07, &members).1;
    let both = json!([model, resolution]);
    assert_eq!(patches(json!({ "model": name }))[0], both);
    let same = json!([model]);
    assert_eq!(patches(json!({ "model": name, "resolution": "1080p" }))[0], same);
    let none: [Value; 0] = [];
    assert_eq!(patches(json!({ "model": name, "resolution": "480p" })), none);
}

/// No product and no resolution is guessed that the name does not say.
#[test]
fn a_name_that_is_no_slip_of_a_billing_name_is_none() {
    for name in [
        "seedance2.0-md-720p",
        "seedance2.0-md-1080p",
        "seedance2.0-std-1080p",
        "seedance2.0-1080p",
        "seedance2.0-mini-sp-1080p",
        "seedance2.0-sp-1440p",
        // As near to 480p as to 1080p.
        "seedance2.0-mini-080p",
    ] {
        let (suggestions, patches) = meant_models(Edition::V2026_07, &json!({ "model": name }));
        assert_eq!((suggestions, patches), (Value::Null, Vec::new()), "{name}");
    }
    let (_, patches) = meant_models(Edition::V2026_07, &json!({ "model": "seedance2.0-sp-4k" }));
    let sp = json!([{ "op": "replace", "path": "/model", "value": "seedance2.0-sp" }]);
    assert_eq!(patches, [sp]);
}

#[test]
fn a_withdrawn_model_is_told_in_any_spelling() {
    for model in ["seedance2.0-pro", "Seedance2.0-Fast-Pro"] {
        let body = json!({ "model": model, "prompt": "A cat", "duration": 10 });
        let job = Job::new(&body).edition(Edition::V2026_09);
        let report = job.check(Lang::En);
        let said = format!(
            "unknown model `{model}`: the vendor withdrew it; did you mean `seedance2.0-md` or `seedance2.0-fast-md`?"
        );
        assert_eq!(report.findings[0].message, said);
    }
}
