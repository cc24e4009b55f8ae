//! Hostile or broken answers to calls that cost nothing: each gives one clear error, and none reaches the page.

use crate::support::gateway::closed_port;
use crate::support::{Desk, Gateway, Reply};

const TASK: &str = "/api/open-api/v1/videos/vid_1";

fn refusal_of(reply: Reply) -> (u16, String) {
    let gateway = Gateway::always(reply);
    let desk = Desk::with(&gateway.origin(), &["--answer-time", "1"]);
    let refusal = desk.get(TASK).send().refusal();
    assert_eq!(gateway.calls(), 1);
    refusal
}

#[test]
fn each_kind_of_broken_answer_has_its_own_name() {
    let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    let cases = [
        (Reply::Flood(format!("{json}\r\n{{"), 100_000_000), 502, "upstream_too_large"),
        (
            Reply::Flood(format!("{json}Content-Length: 100000000\r\n\r\n{{"), 100_000_000),
            502,
            "upstream_too_large",
        ),
        (
            Reply::raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<img src=x onerror=alert(1)>",
            ),
            502,
            "upstream_not_json",
        ),
        (Reply::Raw([json.as_bytes(), b"\r\n\"\xff\""].concat()), 502, "upstream_not_json"),
        (Reply::Raw(format!("{json}\r\n").into_bytes()), 502, "upstream_not_json"),
        (
            Reply::raw(
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
            ),
            502,
            "upstream_redirect",
        ),
        (Reply::Cut, 502, "upstream_cut"),
        (
            Reply::Raw(format!("{json}Content-Length: 9\r\n\r\n{{").into_bytes()),
            502,
            "upstream_cut",
        ),
        (Reply::json("{}").after(3_000), 504, "upstream_timeout"),
    ];
    for (reply, status, kind) in cases {
        assert_eq!(refusal_of(reply.clone()), (status, kind.to_owned()), "{reply:?}");
    }
}

#[test]
fn a_closed_port_is_unreachable() {
    let desk = Desk::with(&format!("http://127.0.0.1:{}", closed_port()), &[]);
    assert_eq!(desk.get(TASK).send().refusal(), (502, "upstream_unreachable".to_owned()));
}

#[test]
fn json_that_calls_itself_something_else_is_json() {
    let gateway = Gateway::always(Reply::raw(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
    ));
    let heard = Desk::before(&gateway).get(TASK).send();
    assert_eq!(
        (heard.status, heard.header("content-type"), heard.text()),
        (200, Some("application/json"), "{}")
    );
}

#[test]
fn markup_inside_json_stays_text_of_a_kind_that_no_browser_runs() {
    let body = r#"{"data":{"error_message":"<img src=x onerror=alert(1)>"}}"#;
    let heard = Desk::before(&Gateway::always(Reply::json(body))).get(TASK).send();
    assert_eq!(
        (heard.text(), heard.header("content-type"), heard.header("x-content-type-options")),
        (body, Some("application/json"), Some("nosniff"))
    );
}

#[test]
fn a_redirect_is_never_followed() {
    let target = Gateway::always(Reply::json("{}"));
    let location =
        format!("HTTP/1.1 307 Go\r\nLocation: {}/\r\nContent-Length: 0\r\n\r\n", target.origin());
    let gateway = Gateway::always(Reply::raw(&location));
    let desk = Desk::before(&gateway);
    assert_eq!(desk.get(TASK).send().refusal(), (502, "upstream_redirect".to_owned()));
    assert_eq!(target.calls(), 0);
}
