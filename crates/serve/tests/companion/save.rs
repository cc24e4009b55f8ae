//! What is saved, and what is never fetched.

use serde_json::json;

use crate::support::{Desk, Gateway, Heard, Reply};

const VIDEO: &[u8] = b"\0\0\0\x18ftypmp42 moving pictures";

/// A gateway whose task names this result, and which gives `file` for every other path.
fn gateway_with(result: impl Fn(u16) -> String + Send + Sync + 'static, file: Reply) -> Gateway {
    let port = std::sync::Arc::new(std::sync::OnceLock::new());
    let own = std::sync::Arc::clone(&port);
    let gateway = Gateway::start(move |seen| {
        if !seen.path().starts_with("/api/") {
            return file.clone();
        }
        let url = result(*own.wait());
        let task = json!({ "code": 20000, "data": { "task_id": "vid_1", "status": "completed", "progress": 100, "result": { "video_url": url } } });
        Reply::Json(200, task.to_string())
    });
    port.set(gateway.port).unwrap();
    gateway
}

fn at_home(port: u16) -> String {
    format!("http://127.0.0.1:{port}/out/final.MP4?Expires=1&sign=a%2Fb")
}

fn save(gateway: &Gateway) -> Heard {
    Desk::before(gateway).save("vid_1").send()
}

#[test]
fn a_finished_video_becomes_a_real_file() {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\nContent-Length: {}\r\n\r\n",
        VIDEO.len()
    );
    let gateway = gateway_with(at_home, Reply::Raw([head.as_bytes(), VIDEO].concat()));
    let heard = save(&gateway);
    assert_eq!((heard.status, &heard.body[..]), (200, VIDEO));
    assert_eq!(heard.header("content-disposition"), Some("attachment; filename=\"vid_1.mp4\""));
    assert_eq!(
        heard.header("content-type"),
        Some("application/octet-stream"),
        "never what the storage says"
    );
    assert_eq!(heard.header("content-length"), Some(VIDEO.len().to_string().as_str()));
    assert_eq!(heard.header("set-cookie"), None);
    let seen = gateway.seen();
    assert_eq!(seen[0].path(), "/api/open-api/v1/videos/vid_1");
    assert_eq!(seen[1].path(), "/out/final.MP4?Expires=1&sign=a%2Fb");
    let mut names: Vec<_> = seen[1].headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["host", "user-agent"], "the storage gets no key");
}

#[test]
fn a_blank_in_the_address_is_encoded() {
    let spaced = |port| format!(" http://127.0.0.1:{port}/out/my fox 狐狸.mp4?sign=a b\n");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", VIDEO.len());
    let gateway = gateway_with(spaced, Reply::Raw([head.as_bytes(), VIDEO].concat()));
    let heard = save(&gateway);
    assert_eq!((heard.status, &heard.body[..]), (200, VIDEO));
    assert_eq!(gateway.seen()[1].path(), "/out/my%20fox%20狐狸.mp4?sign=a%20b");
}

#[test]
fn an_address_that_is_none_is_told_as_such() {
    for bad in ["https://", "https://cdn.example/a\\b{\u{1}.mp4", "https://[::1/v.mp4"] {
        let gateway = gateway_with(move |_| bad.to_owned(), Reply::json("{}"));
        let heard = save(&gateway);
        assert_eq!(heard.refusal(), (502, "result_refused".to_owned()), "{bad}");
        let message = heard.json()["error"]["message"].clone();
        let (en, zh) = (message["en"].as_str().unwrap(), message["zh"].as_str().unwrap());
        assert!(en.contains("not a valid URL") && en.contains("vid_1"), "{en}");
        assert!(zh.contains("不是有效的链接") && zh.contains("vid_1"), "{zh}");
        assert_eq!(gateway.calls(), 1, "{bad}");
    }
}

#[test]
fn bad_heads_do_not_cost_the_video() {
    let many = (0..150).map(|at| format!("X-{at}: 1\r\n")).collect::<String>();
    let odd = "X-Long: a\r\n  b\r\nX-Space : a\r\nnonsense\r\nX-\u{e9}: \u{1}\r\n";
    for head in [many.as_str(), odd] {
        let head = format!("HTTP/1.1 200 OK\r\n{head}Content-Length: {}\r\n\r\n", VIDEO.len());
        let gateway = gateway_with(at_home, Reply::Raw([head.as_bytes(), VIDEO].concat()));
        let heard = save(&gateway);
        assert_eq!((heard.status, &heard.body[..]), (200, VIDEO), "{head}");
    }
}

#[test]
fn addresses_inside_the_network_are_never_tried() {
    let other = Gateway::always(Reply::json("{}"));
    let port = other.port;
    let inside = [
        format!("https://127.0.0.1:{port}/v.mp4"),
        format!("http://127.0.0.1:{port}/v.mp4"),
        format!("https://localhost:{port}/v.mp4"),
        format!("https://[::1]:{port}/v.mp4"),
        format!("https://[::ffff:127.0.0.1]:{port}/v.mp4"),
        "https://10.0.0.1/v.mp4".to_owned(),
        "https://192.168.1.1/v.mp4".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://0.0.0.0/v.mp4".to_owned(),
        "http://cdn.example/v.mp4".to_owned(),
        "ftp://cdn.example/v.mp4".to_owned(),
        "file:///etc/passwd".to_owned(),
        "javascript:alert(1)".to_owned(),
        format!("https://user:pw@127.0.0.1:{port}/"),
        "/etc/passwd".to_owned(),
        "not an address".to_owned(),
    ];
    for url in inside {
        let result = url.clone();
        let gateway = gateway_with(move |_| result.clone(), Reply::json("{}"));
        assert_eq!(save(&gateway).refusal(), (502, "result_refused".to_owned()), "{url}");
        assert_eq!(gateway.calls(), 1, "{url}");
    }
    // Some resolvers read these as 127.0.0.1. No certificate can be for them, so TLS fails before that.
    for host in ["2130706433", "0x7f000001", "127.1"] {
        let gateway =
            gateway_with(move |_| format!("https://{host}:{port}/v.mp4"), Reply::json("{}"));
        assert_eq!(save(&gateway).status, 502, "{host}");
    }
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_redirect_is_not_followed_anywhere() {
    let target = Gateway::always(Reply::json("{}"));
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nLocation: {}/\r\nContent-Length: 0\r\n\r\n",
        target.origin()
    );
    let gateway = gateway_with(at_home, Reply::raw(&redirect));
    assert_eq!(save(&gateway).refusal(), (502, "result_refused".to_owned()));
    assert_eq!(target.calls(), 0);
}

#[test]
fn what_the_storage_no_longer_has_or_never_could_is_said() {
    let cases = [
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 410, "result_gone"),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 410, "result_gone"),
        ("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", 502, "result_unreachable"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3000000000\r\n\r\n", 502, "result_not_video"),
    ];
    for (reply, status, kind) in cases {
        let gateway = gateway_with(at_home, Reply::raw(reply));
        assert_eq!(save(&gateway).refusal(), (status, kind.to_owned()), "{reply}");
    }
    assert_eq!(
        save(&gateway_with(at_home, Reply::Cut)).refusal(),
        (502, "result_unreachable".to_owned())
    );
}

#[test]
fn a_download_that_breaks_off_is_seen_to_break_off() {
    let gateway = gateway_with(
        at_home,
        Reply::Raw([&b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"[..], VIDEO].concat()),
    );
    let heard = save(&gateway);
    assert_eq!((heard.status, heard.header("content-length")), (200, Some("1000")));
    assert!(heard.body.len() < 1000);
}

/// If the end of a file is not announced, or in two ways, a cut file passes for a whole one.
#[test]
fn a_file_without_a_certain_end_is_not_saved() {
    for head in [
        "\r\n",
        "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n",
        "Content-Length: 30\r\nContent-Length: 30\r\n\r\n",
    ] {
        let reply = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), VIDEO].concat();
        let gateway = gateway_with(at_home, Reply::Raw(reply));
        let (status, kind) = save(&gateway).refusal();
        assert!(
            status == 502 && ["result_not_video", "result_unreachable"].contains(&kind.as_str()),
            "{head}: {kind}"
        );
    }
    let chunk = format!("{:x}\r\n", VIDEO.len());
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let whole = [head.as_bytes(), chunk.as_bytes(), VIDEO, b"\r\n0\r\n\r\n"].concat();
    let heard = save(&gateway_with(at_home, Reply::Raw(whole)));
    assert_eq!((heard.status, &heard.body[..]), (200, VIDEO));
    assert_eq!(heard.header("content-length"), None);
}

#[test]
fn what_is_no_video_does_not_become_one() {
    for body in [
        "",
        "\0\0\0\x18ft",
        "<!doctype html><title>Sign in</title>",
        "\u{feff}<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        "{\"code\":50000}",
        "Service unavailable",
    ] {
        let reply = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(
            save(&gateway_with(at_home, Reply::raw(&reply))).refusal(),
            (502, "result_not_video".to_owned()),
            "{body}"
        );
    }
    for begin in [&b"\x1a\x45\xdf\xa3 webm"[..], b"\0\0\0\x08wide\0\0", b"\0\0\0\x20ftypisom"] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", begin.len());
        let reply = Reply::Raw([head.as_bytes(), begin].concat());
        assert_eq!(save(&gateway_with(at_home, reply)).body, begin);
    }
}

#[test]
fn only_a_completed_task_has_something_to_save() {
    for task in [
        r#"{"code":20000,"data":{"status":"processing","progress":40}}"#,
        r#"{"code":20000,"data":{"status":"failed","error_message":"x"}}"#,
        r#"{"code":20001,"msg":"no"}"#,
        "{}",
    ] {
        let gateway = Gateway::always(Reply::json(task));
        assert_eq!(save(&gateway).refusal(), (409, "not_completed".to_owned()), "{task}");
        assert_eq!(gateway.calls(), 1);
    }
}

#[test]
fn the_page_names_tasks_and_no_addresses() {
    let gateway = Gateway::always(Reply::json("{}"));
    let desk = Desk::before(&gateway);
    for task in ["http:%2F%2F10.0.0.1", "..", "vid_1?url=https://10.0.0.1/"] {
        let refusal = desk.save(task).send().refusal();
        assert_eq!(refusal, (400, "bad_request".to_owned()), "{task}");
    }
    assert_eq!(desk.save("a/b").send().status, 404);
    assert_eq!(gateway.calls(), 0);
}
