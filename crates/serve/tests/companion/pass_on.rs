//! What is passed on: a fixed list of calls to a fixed origin, with the companion's key and nothing of the client's.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::support::{Ask, CANARY, CREATE, Desk, Gateway, Heard, Reply};

const OK: &str = "{\"code\":20000,\n \"data\":{}}";
const UPLOAD: &str = "/api/open-api/v1/files/upload";

#[test]
fn every_call_of_the_list_goes_to_its_own_path_and_comes_back_unchanged() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let gets = ["videos/videos_0-Az.2026:ab==", "user/balance", "key/balance"];
    let posts = [
        "seedance/assets/audit",
        "seedance/assets/status",
        "seedance/sp/assets/upload",
        "seedance/sp/assets/detail",
        "seedance/sp/assets/status",
        "seedance/sp/realperson/submit",
        "seedance/sp/realperson/status",
        "seedance/sp/realperson/batch-status",
    ];
    for (count, path) in gets.into_iter().enumerate() {
        let path = format!("/api/open-api/v1/{path}");
        let heard = desk.get(&path).send();
        assert_eq!((heard.status, heard.text()), (200, OK), "{path}");
        assert_eq!(gateway.seen()[count].line, format!("GET {path} HTTP/1.1"));
    }
    for (count, path) in posts.into_iter().enumerate() {
        let path = format!("/api/open-api/v1/{path}");
        let heard = desk.post(&path, "{ \"a\": 1 }").send();
        assert_eq!((heard.status, heard.text()), (200, OK), "{path}");
        let seen = &gateway.seen()[gets.len() + count];
        assert_eq!(
            (seen.line.as_str(), &seen.body[..]),
            (format!("POST {path} HTTP/1.1").as_str(), &b"{ \"a\": 1 }"[..])
        );
    }
}

/// The platform's default prices are public.
#[test]
fn the_catalogue_is_fetched_without_a_key() {
    const CATALOG: &str = "/api/openapi/model/catalog";
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    assert_eq!(desk.get(CATALOG).send().text(), OK);
    let seen = gateway.seen();
    assert_eq!(seen[0].line, format!("GET {CATALOG} HTTP/1.1"));
    assert_eq!(seen[0].header("authorization"), None);
    let query = desk.get(&format!("{CATALOG}?a=1")).send();
    assert_eq!(query.refusal(), (400, "bad_request".to_owned()));
    let stranger = Ask::get(desk.port, CATALOG);
    let refusal = stranger.clone().send().refusal();
    assert_eq!(refusal, (401, "no_session".to_owned()));
    let script = stranger.header("Authorization", "Bearer sk_of_the_script");
    assert_eq!(script.send().status, 200);
    assert_eq!(gateway.seen()[1].header("authorization"), None);
    assert_eq!(desk.post(CATALOG, "{}").send().status, 405);
    assert_eq!(gateway.calls(), 2);
}

#[test]
fn nothing_of_the_client_goes_along() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let heard = desk
        .get("/api/open-api/v1/videos/vid_1")
        .header("Authorization", "Bearer sk_of_the_client")
        .header("Referer", &format!("http://127.0.0.1:{}/", desk.port))
        .header("X-Forwarded-For", "10.0.0.1")
        .header("X-Api-Key", "sk_of_the_client")
        .header("User-Agent", "browser")
        .header("Accept-Language", "zh")
        .header("Accept-Encoding", "gzip")
        .send();
    assert_eq!(heard.status, 200);
    let mut seen = gateway.seen()[0].headers.clone();
    seen.sort();
    let expected = [
        ("accept", "application/json".to_owned()),
        ("accept-encoding", "identity".to_owned()),
        ("authorization", format!("Bearer {CANARY}")),
        ("host", format!("127.0.0.1:{}", gateway.port)),
        ("user-agent", format!("seedance-preflight/{}", env!("CARGO_PKG_VERSION"))),
    ];
    assert_eq!(seen, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn there_is_no_way_to_any_other_path() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    for path in [
        "/api/open-api/v1/videos",
        "/api/open-api/v1/videos/",
        "/api/open-api/v1/videos/a/b",
        "/api/open-api/v1/other",
        "/api/openapi/model/catalog/a",
        "//evil.example/",
        "/api/open-api/v1/seedance25/videos",
    ] {
        assert_eq!(desk.get(path).send().status, 404, "{path}");
    }
    let too_long = "a".repeat(129);
    for id in ["..%2Fuser%2Fbalance", "a%20b", ".", "..", "a;b", "%00", "a%0d%0aX:y", &too_long] {
        let heard = desk.get(&format!("/api/open-api/v1/videos/{id}")).send();
        assert_eq!(heard.refusal(), (400, "bad_request".to_owned()), "{id}");
    }
    let query = desk.get("/api/open-api/v1/videos/vid_1?key=sk_1").send();
    assert_eq!(query.refusal(), (400, "bad_request".to_owned()));
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn refusals_of_the_api_pass_through_with_their_status_and_patience() {
    let body = r#"{"error":{"message":"slow down"}}"#;
    let gateway = Gateway::start(move |seen| {
        match seen.path().rsplit('/').next().unwrap() {
        "busy" => Reply::Raw(format!("HTTP/1.1 429 Too Many\r\nRetry-After: 30\r\nX-Request-Id: r1\r\nX-RateLimit-Remaining: 0\r\nX-Internal: 1\r\nSet-Cookie: a=b\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()),
        status => Reply::Json(status.parse().unwrap(), body.to_owned()),
    }
    });
    let desk = Desk::before(&gateway);
    for status in [400, 401, 402, 403, 404, 413, 500, 503] {
        let heard = desk.get(&format!("/api/open-api/v1/videos/{status}")).send();
        assert_eq!((heard.status, heard.text()), (status, body));
    }
    let busy = desk.get("/api/open-api/v1/videos/busy").send();
    assert_eq!((busy.status, busy.header("retry-after"), busy.text()), (429, Some("30"), body));
    assert_eq!(
        (busy.header("x-request-id"), busy.header("x-ratelimit-remaining")),
        (Some("r1"), Some("0"))
    );
    assert_eq!(
        (
            busy.header("set-cookie"),
            busy.header("access-control-allow-origin"),
            busy.header("x-internal")
        ),
        (None, None, None)
    );
}

#[test]
fn an_upload_streams_through_byte_for_byte() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let file: Vec<u8> = (0..3_000_000_u32).map(|i| (i % 251) as u8).collect();
    let kind = "multipart/form-data; boundary=xyz";
    let heard = desk.post(UPLOAD, file.clone()).set("Content-Type", kind).send();
    assert_eq!((heard.status, heard.text()), (200, OK));
    let seen = &gateway.seen()[0];
    assert_eq!(seen.header("content-type"), Some(kind));
    assert_eq!(seen.header("content-length"), Some("3000000"));
    assert!(seen.body == file);
}

#[test]
fn an_upload_that_is_too_large_is_refused_before_or_while_it_is_sent() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let kind = "multipart/form-data; boundary=xyz";
    let declared = desk
        .post(UPLOAD, Vec::new())
        .set("Content-Type", kind)
        .header("Content-Length", "104923137");
    assert_eq!(declared.send().refusal(), (413, "body_too_large".to_owned()));
    // One chunk of 101 MB, without a length announced before.
    let mut body = format!("{:x}\r\n", 101 * 1024 * 1024).into_bytes();
    body.resize(body.len() + 101 * 1024 * 1024, b'x');
    body.extend_from_slice(b"\r\n0\r\n\r\n");
    let undeclared =
        desk.post(UPLOAD, body).set("Content-Type", kind).header("Transfer-Encoding", "chunked");
    assert_eq!(undeclared.send().refusal(), (413, "body_too_large".to_owned()));
    assert_eq!(gateway.calls(), 0, "no whole upload arrived");
}

/// Most clients read the answer only after their last byte; otherwise they would see only a closed connection.
#[test]
fn a_body_that_is_too_large_is_read_to_its_end_before_it_is_refused() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let upload = "multipart/form-data; boundary=xyz";
    for (target, kind, length) in [
        (UPLOAD, upload, 120 * 1024 * 1024),
        (CREATE, "application/json", 12 * 1024 * 1024),
        ("/companion/session", "application/json", 12 * 1024 * 1024),
    ] {
        for chunked in [false, true] {
            let ask = desk.post(target, Vec::new()).set("Content-Type", kind);
            let (ask, begin, end) = match chunked {
                false => (ask.header("Content-Length", &length.to_string()), String::new(), ""),
                true => (
                    ask.header("Transfer-Encoding", "chunked"),
                    format!("{length:x}\r\n"),
                    "\r\n0\r\n\r\n",
                ),
            };
            let mut stream = ask.start();
            stream.write_all(begin.as_bytes()).unwrap();
            let part = vec![b'x'; 1024 * 1024];
            for _ in 0..length / part.len() {
                stream.write_all(&part).expect("nobody hangs up");
            }
            stream.write_all(end.as_bytes()).unwrap();
            assert_eq!(
                Heard::read(&mut stream).refusal(),
                (413, "body_too_large".to_owned()),
                "{target}, chunked: {chunked}"
            );
        }
    }
    let asking = desk
        .post(UPLOAD, Vec::new())
        .set("Content-Type", upload)
        .header("Content-Length", "200000000")
        .header("Expect", "100-continue");
    let begun = Instant::now();
    assert_eq!(asking.send().status, 413);
    assert!(begun.elapsed() < Duration::from_secs(1), "nothing to wait for");
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn an_asset_call_with_a_huge_body_is_refused() {
    let gateway = Gateway::always(Reply::json(OK));
    let desk = Desk::before(&gateway);
    let heard =
        desk.post("/api/open-api/v1/seedance/assets/audit", vec![b' '; 1024 * 1024 + 1]).send();
    assert_eq!(heard.refusal(), (413, "body_too_large".to_owned()));
    assert_eq!(gateway.calls(), 0);
    assert_eq!(desk.get("/api/companion").send().status, 200, "it lives on");
}
