//! Guard mode: a script uses the companion as the API, with its own token.

use crate::support::{ATTEMPT, Ask, BAD_DRAFT, CREATE, CREATED, DRAFT, Desk, Gateway, Reply};

const TOKEN: &str = "Bearer sk_of_the_script";
const TASK: &str = "/api/open-api/v1/videos/vid_1";

fn desk() -> (Gateway, Desk) {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    (gateway, desk)
}

#[test]
fn the_script_s_own_token_goes_along() {
    let (gateway, desk) = desk();
    let heard = Ask::post(desk.port, CREATE, DRAFT).header("Authorization", TOKEN).send();
    assert_eq!((heard.status, heard.text()), (200, CREATED));
    assert!(heard.header("seedance-attempt").is_some());
    assert_eq!(Ask::get(desk.port, TASK).header("authorization", TOKEN).send().status, 200);
    for seen in gateway.seen() {
        assert_eq!(seen.header("authorization"), Some(TOKEN));
    }
    assert_eq!(gateway.seen()[0].body, DRAFT.as_bytes());
}

#[test]
fn two_creates_of_a_script_are_two_creates() {
    let (gateway, desk) = desk();
    for _ in 0..2 {
        assert_eq!(
            Ask::post(desk.port, CREATE, DRAFT).header("Authorization", TOKEN).send().status,
            200
        );
    }
    assert_eq!(gateway.calls(), 2);
    for _ in 0..2 {
        Ask::post(desk.port, CREATE, DRAFT)
            .header("Authorization", TOKEN)
            .header("Seedance-Attempt", ATTEMPT)
            .send();
    }
    assert_eq!(gateway.calls(), 3, "one more under one attempt id");
}

#[test]
fn the_script_s_create_is_checked_too() {
    let (gateway, desk) = desk();
    let heard = Ask::post(desk.port, CREATE, BAD_DRAFT).header("Authorization", TOKEN).send();
    assert_eq!((heard.status, heard.json()["accepted"].as_bool()), (422, Some(false)));
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn node_s_fetch_counts_as_a_script() {
    let (_, desk) = desk();
    let heard = Ask::get(desk.port, TASK)
        .header("Authorization", TOKEN)
        .header("Sec-Fetch-Mode", "cors")
        .header("Accept-Language", "*")
        .send();
    assert_eq!(heard.status, 200);
}

#[test]
fn a_browser_s_page_needs_the_session_whatever_token_it_brings() {
    let (gateway, desk) = desk();
    let own = format!("http://127.0.0.1:{}", desk.port);
    for (name, value) in [("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin")] {
        for ask in [Ask::post(desk.port, CREATE, DRAFT), Ask::get(desk.port, TASK)] {
            let heard = ask.header("Authorization", TOKEN).header(name, value).send();
            assert_eq!(heard.refusal(), (401, "no_session".to_owned()), "{name}");
        }
    }
    for host in ["evil.example", "localhost"] {
        let heard =
            Ask::get(desk.port, TASK).set("Host", host).header("Authorization", TOKEN).send();
        assert_eq!(heard.refusal(), (403, "wrong_host".to_owned()), "{host}");
    }
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_token_opens_the_api_s_paths_alone() {
    let (_, desk) = desk();
    for target in ["/api/companion", "/save/x/vid_1", &format!("/api/companion/attempts/{ATTEMPT}")]
    {
        let heard = Ask::get(desk.port, target).header("Authorization", TOKEN).send();
        assert_eq!(heard.refusal(), (401, "no_session".to_owned()), "{target}");
    }
}

/// To clients, 401 means a bad key, which is not what is wrong here.
#[test]
fn a_wrong_path_is_told_what_is_passed_on() {
    let (gateway, desk) = desk();
    for target in [
        "/v1/videos/generations",
        "/api/open-api/v1/seedance25/videos",
        "/seedance/videos",
        "/api/open-api/v1/videos",
        "/js/main.js",
    ] {
        for ask in [Ask::get(desk.port, target), Ask::post(desk.port, target, DRAFT)] {
            let heard = ask.header("Authorization", TOKEN).send();
            assert_eq!(heard.refusal(), (404, "not_found".to_owned()), "{target}");
            for path in [CREATE, "/api/open-api/v1/videos/{task}"] {
                assert!(heard.text().contains(path), "{heard:?}");
            }
        }
    }
    assert_eq!(gateway.calls(), 0);
}

/// A compressed body cannot be checked, and would be sent unchecked.
#[test]
fn a_packed_body_is_refused() {
    let (gateway, desk) = desk();
    for (target, kind) in [
        (CREATE, "application/json"),
        ("/api/open-api/v1/seedance/assets/audit", "application/json"),
        ("/api/open-api/v1/files/upload", "multipart/form-data; boundary=x"),
    ] {
        for coding in ["gzip", "br", "identity, gzip", ""] {
            let heard = Ask::post(desk.port, target, DRAFT)
                .set("Content-Type", kind)
                .header("Content-Encoding", coding)
                .header("Authorization", TOKEN)
                .send();
            assert_eq!(heard.refusal(), (415, "bad_content_type".to_owned()), "{target} {coding}");
            assert!(heard.text().contains("Content-Encoding"), "{heard:?}");
        }
    }
    assert_eq!(gateway.calls(), 0);
    let plain = Ask::post(desk.port, CREATE, DRAFT)
        .header("Content-Encoding", "identity")
        .header("Authorization", TOKEN);
    assert_eq!(plain.send().status, 200);
}

#[test]
fn what_is_no_bearer_token_opens_nothing() {
    let (gateway, desk) = desk();
    for value in
        ["", "Bearer", "Bearer ", "Basic c2s6", "sk_of_the_script", "Bearer a b", "Bearer \u{e9}"]
    {
        let heard = Ask::get(desk.port, TASK).header("Authorization", value).send();
        assert_eq!(heard.refusal(), (401, "no_session".to_owned()), "{value}");
    }
    let two = Ask::get(desk.port, TASK)
        .header("Authorization", TOKEN)
        .header("Authorization", "Bearer sk_2");
    assert_eq!(two.send().refusal(), (401, "no_session".to_owned()));
    assert_eq!(gateway.calls(), 0);
}

/// Another reader may take these for the fields that were checked, whatever the price.
#[test]
fn a_field_in_another_case_is_refused_with_and_without_a_cap() {
    let (gateway, desk) = desk();
    for name in [
        "Duration",
        "DURATION",
        "Model",
        "RESOLUTION",
        "re\u{17f}olution",
        "re\\u017folution",
        "re\u{17f}olut\u{131}on",
        "Reference_Videos",
    ] {
        let body = DRAFT.replace('{', &format!("{{\"{name}\": 15, "));
        let heard = Ask::post(desk.port, CREATE, body).header("Authorization", TOKEN).send();
        if name.contains('\u{131}') {
            assert_eq!(heard.status, 200, "a dotless i is another letter");
            continue;
        }
        assert_eq!(
            heard.charged_refusal(),
            (422, "ambiguous_field".to_owned(), "none".to_owned()),
            "{name}"
        );
    }
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn a_trailing_slash_leads_to_the_same_place() {
    let (gateway, desk) = desk();
    let heard =
        Ask::post(desk.port, &format!("{CREATE}/"), DRAFT).header("Authorization", TOKEN).send();
    assert_eq!((heard.status, heard.text()), (200, CREATED));
    assert_eq!(gateway.seen()[0].path(), CREATE);
}
