//! The messages about a refused or doubtful create, where clients and people look for them.

use seedance_core::{CreateAnswer, read_create_answer};

use crate::support::desk::text;
use crate::support::running::{Running, command, folder};
use crate::support::{Ask, BAD_DRAFT, CREATE, CREATED, DRAFT, Desk, Gateway, Heard, Reply};

const TOKEN: &str = "Bearer sk_of_the_script";
/// Accepted, but with a warning.
const DOUBTFUL: &str =
    r#"{"model":"seedance2.0-mini","prompt":"rain","duration":5,"ratio":"5:4","note":1,"a b":2}"#;

fn create(port: u16, body: &str) -> Ask {
    Ask::post(port, CREATE, body).header("Authorization", TOKEN)
}

#[test]
fn code_and_message_stand_where_clients_of_the_api_look() {
    let gateway = Gateway::always(Reply::Cut);
    let desk = Desk::before(&gateway);
    let told = |heard: Heard| {
        let json = heard.json();
        (heard.status, json["code"].as_i64().unwrap(), json["msg"].as_str().unwrap().to_owned())
    };
    let one = create(desk.port, BAD_DRAFT).send();
    let first = one.json()["findings"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!(told(one), (422, 20002, first.clone()));
    let three = BAD_DRAFT.replace("16", "16,\"orientation\":\"up\",\"images\":[\"\"]");
    let three = create(desk.port, &three).send();
    assert_eq!(told(three), (422, 20002, format!("{first} (+2)")));
    let (status, code, msg) = told(create(desk.port, DRAFT).send());
    assert_eq!((status, code), (409, 409));
    assert!(msg.contains("may have been created and charged"), "{msg}");
    let none = Ask::post(desk.port, CREATE, DRAFT).send();
    assert_eq!(none.json()["code"], 20001);
    let away = Desk::with("http://127.0.0.1:9", &[]);
    let (status, code, _) = told(create(away.port, DRAFT).send());
    assert_eq!((status, code), (502, -1));
}

/// Every kind of refusal that leaves the charge open.
fn doubtful() -> [Reply; 4] {
    [
        Reply::Cut,
        html(502),
        Reply::raw("HTTP/1.1 307 Go\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
        Reply::Flood("HTTP/1.1 200 OK\r\n\r\n{".to_owned(), 10_000_000),
    ]
}

fn html(status: u16) -> Reply {
    Reply::raw(&format!("HTTP/1.1 {status} X\r\nContent-Length: 3\r\n\r\nbad"))
}

/// Nor is the refusal of its repeat.
#[test]
fn a_possible_charge_does_not_read_as_a_refusal_of_the_api() {
    for reply in doubtful() {
        let desk = Desk::before(&Gateway::always(reply));
        for charge in ["possible", "none"] {
            let heard = create(desk.port, DRAFT).send();
            assert_eq!(heard.charged_refusal().2, charge);
            let read = read_create_answer(&heard.body, heard.status);
            assert!(matches!(read, CreateAnswer::Unknown(_)), "{read:?}");
        }
    }
}

#[test]
fn a_refusal_says_whether_it_may_have_been_charged_and_what_to_do() {
    for reply in doubtful() {
        let gateway = Gateway::always(reply);
        for (language, charged, look) in [
            ("en", "may have been created and charged", "console"),
            ("zh", "可能已创建并计费", "控制台"),
        ] {
            let desk = Desk::before(&gateway);
            let heard = create(desk.port, DRAFT).header("Accept-Language", language).send();
            let json = heard.json();
            let msg = json["msg"].as_str().unwrap();
            assert_eq!((msg.matches(charged).count(), msg.matches(look).count()), (1, 1), "{msg}");
        }
    }
    let desk = Desk::before(&Gateway::always(html(429)));
    let message = create(desk.port, DRAFT).send().json()["error"]["message"].take();
    assert!(message["en"].as_str().unwrap().ends_with(" Nothing was charged."), "{message}");
    assert!(message["zh"].as_str().unwrap().ends_with("没有扣费。"), "{message}");
}

#[test]
fn warnings_reach_the_caller_of_an_accepted_create() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let heard = create(desk.port, DOUBTFUL).send();
    assert_eq!((heard.status, heard.text()), (200, CREATED));
    assert_eq!(
        heard.header("seedance-warnings"),
        Some("ratio-unlisted /ratio, unknown-field /note, unknown-field")
    );
    let plain = create(desk.port, DRAFT).send();
    assert_eq!(plain.header("seedance-warnings"), None);
}

#[test]
fn the_terminal_names_the_rules_and_nothing_of_the_client() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, None);
    create(running.port, &BAD_DRAFT.replace("16", "16,\"secret\":1,\"ratio\":7")).send();
    create(running.port, DOUBTFUL).send();
    let (_, printed) = running.end_by("-INT");
    for (status, note) in [
        ("422", " ms: duration-out-of-range, wrong-type\n"),
        ("200", " ms: ratio-unlisted, unknown-field\n"),
    ] {
        let line = printed
            .split_inclusive('\n')
            .find(|line| line.contains(&format!("videos {status} ")))
            .unwrap_or_else(|| panic!("{printed}"));
        assert!(line.ends_with(note), "{line}");
    }
    assert!(!printed.contains("secret") && !printed.contains("note"), "{printed}");
}

/// The language of the command line's `--lang`, unless a caller names one.
#[test]
fn who_names_no_language_is_spoken_to_in_the_companion_s() {
    let gateway = Gateway::always(Reply::Cut);
    let english = Desk::before(&gateway);
    let chinese = Desk::speaking_chinese(&gateway);
    let msg = |port: u16, language: Option<&str>| {
        let ask = create(port, BAD_DRAFT);
        let ask = match language {
            Some(language) => ask.header("Accept-Language", language),
            None => ask,
        };
        let json = ask.send().json();
        let msg = json["msg"].as_str().unwrap();
        !msg.contains(|char| ('\u{4e00}'..='\u{9fff}').contains(&char))
    };
    for (port, language, is_english) in [
        (english.port, None, true),
        (english.port, Some("zh-CN"), false),
        (chinese.port, None, false),
        (chinese.port, Some("*"), false),
        (chinese.port, Some("en-GB,en"), true),
    ] {
        assert_eq!(msg(port, language), is_english, "{language:?}");
    }
    let lost = create(chinese.port, DRAFT).send().json();
    assert_eq!(lost["msg"], lost["error"]["message"]["zh"]);
    // A refusal of another call is worded by the same layer.
    let refused = Ask::get(chinese.port, "/api/companion").send().json();
    assert_eq!(refused["msg"], refused["error"]["message"]["zh"]);
}

#[test]
fn the_window_is_an_option() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::Cut);
    let line = [
        "--port=0",
        "--repeat-window=0",
        "--api-origin",
        &gateway.origin(),
        "--journal",
        text(&journal),
    ];
    let running = Running::of(command(&line, None));
    for calls in 1..=2 {
        create(running.port, DRAFT).send();
        assert_eq!(gateway.calls(), calls);
    }
    running.end_by("-INT");
}
