//! Damaged responses: the task that they name is lost neither to the caller nor to the journal.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use crate::support::{ATTEMPT, CANARY, CREATE, CREATED, DRAFT, Desk, Gateway, Heard, Reply};

/// The answer to a create of [`DRAFT`], and the journal, when the gateway replies so; asked for twice, it is sent once.
fn answer_to(reply: Reply) -> (Heard, String) {
    let gateway = Gateway::always(reply);
    let desk = Desk::with(&gateway.origin(), &["--answer-time", "1"]);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    let again = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!((again.status, again.text()), (heard.status, heard.text()));
    assert_eq!(gateway.calls(), 1);
    let journal = std::fs::read_to_string(desk.journal()).unwrap();
    (heard, journal)
}

fn http(head: &str, body: &[u8]) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n");
    Reply::Raw([head.as_bytes(), body].concat())
}

fn sized(head: &str, body: &[u8]) -> Reply {
    http(&format!("{head}Content-Length: {}\r\n", body.len()), body)
}

/// The API's answer comes through unchanged.
fn comes_through(name: &str, reply: Reply) -> Heard {
    let (heard, journal) = answer_to(reply);
    assert_eq!((heard.status, heard.text()), (200, CREATED), "{name}");
    assert!(journal.contains("vid_1"), "{name}: {journal}");
    heard
}

/// The client is told the task, and what it was found in.
fn is_found_leniently(name: &str, reply: Reply, expected: &str) {
    let (heard, journal) = answer_to(reply);
    assert_eq!(
        (heard.status, heard.header("seedance-lenient")),
        (200, Some("true")),
        "{name}: {heard:?}"
    );
    let json = heard.json();
    assert_eq!(
        (&json["code"], &json["data"]["task_id"]),
        (&20000.into(), &"vid_1".into()),
        "{name}"
    );
    assert!(json["msg"].as_str().unwrap().contains("leniently"), "{name}");
    let received = json["upstream"]["received"].as_str().unwrap();
    assert!(received.contains(expected), "{name}: {received}");
    assert!(journal.contains("vid_1"), "{name}: {journal}");
}

#[test]
fn what_is_compressed_unasked_is_decompressed() {
    let text = CREATED.as_bytes();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    let gzip = encoder.finish().unwrap();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    let zlib = encoder.finish().unwrap();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    let bare = encoder.finish().unwrap();
    // A stored block: what `brotli` makes of text that it does not compress.
    let length = u8::try_from(CREATED.len() - 1).unwrap();
    let head = [length << 7 | 0x0b, length >> 1, 0x80];
    let brotli = [&head[..], CREATED.as_bytes(), &[0x03]].concat();
    for (coding, body) in [
        ("gzip", &gzip),
        ("x-gzip", &gzip),
        ("GZIP", &gzip),
        ("gzip, identity", &gzip),
        ("deflate", &zlib),
        ("deflate", &bare),
        ("br", &brotli),
    ] {
        let heard = comes_through(coding, sized(&format!("Content-Encoding: {coding}\r\n"), body));
        assert_eq!(heard.header("content-encoding"), None);
    }
    comes_through("gzip that is not announced", sized("", &gzip));
    // A compressed body that was cut counts as far as it can be read.
    let mut stored = GzEncoder::new(Vec::new(), Compression::none());
    stored.write_all(CREATED.as_bytes()).unwrap();
    let stored = stored.finish().unwrap();
    let trailer = 8;
    let part = &stored[..stored.len() - trailer - 5];
    is_found_leniently("a part", sized("Content-Encoding: gzip\r\n", part), "vid_1");
}

#[test]
fn text_that_is_not_quite_json_still_names_its_task() {
    let with_msg = |msg: &[u8]| {
        let (before, after) = CREATED.split_at(CREATED.len() - 4);
        [before.as_bytes(), msg, after.as_bytes()].concat()
    };
    let created = CREATED.as_bytes();
    let after = |more: &str| [created, more.as_bytes()].concat();
    for (name, body) in [
        ("GBK", with_msg(b"\xb3\xc9\xb9\xa6")),
        ("Latin-1", with_msg(b"caf\xe9")),
        ("a NUL behind", after("\0")),
        ("a comment behind", after(" // done")),
        ("a comma behind", after(",")),
        ("a raw newline", with_msg(b"\n")),
        ("NaN", CREATED.replace("\"ok\"", "NaN").into_bytes()),
        ("JSONP", format!("cb({CREATED});").into_bytes()),
    ] {
        is_found_leniently(name, sized("", &body), "vid_1");
    }
    let utf16: Vec<u8> = CREATED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    is_found_leniently("UTF-16", sized("", &utf16), CREATED);
    let long = CREATED.replace("\"ok\"", &format!("\"{}\"", "x".repeat(1 << 20)));
    is_found_leniently("more than 1 MiB", sized("", long.as_bytes()), "xxxx");
}

/// Some servers begin UTF-8 with one. Behind it the answer is whole, and says what it says without it.
#[test]
fn a_byte_order_mark_is_no_damage() {
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let heard = comes_through("created", sized("", &marked(CREATED)));
    assert_eq!(heard.header("seedance-lenient"), None);
    let refusal = r#"{"code":-1,"msg":"no","data":{"task_id":"vid_1","status":"failed"}}"#;
    let (heard, _) = answer_to(sized("", &marked(refusal)));
    assert_eq!((heard.status, heard.text()), (200, refusal));
}

/// An error that names a task may have made it, damaged or whole: it is neither called created nor sent again by itself.
#[test]
fn a_damaged_error_that_names_its_task_is_unknown() {
    let error = r#"{"code":-1,"msg":"no","data":{"task_id":"vid_1","status":"failed"}}"#;
    let refused = error.replace("-1", "\"20002\"");
    let spaced = error.replace(":-1", " : 40003");
    let last = r#"{"data":{"task_id":"vid_1"},"code":500,"msg":"no"}"#;
    for (status, text) in [
        (500, error),
        (400, error),
        (401, error),
        (200, error),
        (200, &refused),
        (200, &spaced),
        (200, last),
        (500, CREATED),
        (400, &CREATED.replace("20000", "0")),
    ] {
        let cut = &text[..text.len() - 2];
        let reply = Reply::raw(&format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{cut}",
            text.len()
        ));
        let gateway = Gateway::always(reply);
        let desk = Desk::before(&gateway);
        let heard = desk.post(CREATE, DRAFT).send();
        let unknown = (409, "lost_answer".to_owned(), "possible".to_owned());
        assert_eq!(heard.charged_refusal(), unknown, "{status} {cut}");
        assert_eq!(heard.json()["error"]["upstream"]["task_id"], "vid_1", "{status} {cut}");
        // Also after a restart, from the journal.
        let desk = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
        let again = desk.post(CREATE, DRAFT).send();
        assert_eq!(again.refusal(), (409, "possible_repeat".to_owned()), "{status} {cut}");
        assert_eq!(again.json()["error"]["repeats"]["task_id"], "vid_1", "{status} {cut}");
        assert_eq!(gateway.calls(), 1, "{status} {cut}");
    }
}

#[test]
fn a_response_that_does_not_end_as_it_should_still_counts() {
    for (name, reply) in [
        ("cut", http("Content-Length: 300\r\n", CREATED.as_bytes())),
        (
            "chunks without an end",
            http(
                "Transfer-Encoding: chunked\r\n",
                format!("{:x}\r\n{CREATED}\r\n", CREATED.len()).as_bytes(),
            ),
        ),
        (
            "a line left open",
            Reply::ThenWait(
                Box::new(http("", CREATED.as_bytes())),
                std::time::Duration::from_secs(4),
            ),
        ),
        ("a reset", Reply::ThenReset(Box::new(http("", CREATED.as_bytes())))),
    ] {
        let heard = comes_through(name, reply);
        assert_eq!(heard.header("seedance-lenient"), Some("true"), "{name}");
    }
    let half = &CREATED[..CREATED.len() - 6];
    is_found_leniently("half of it", http("Content-Length: 300\r\n", half.as_bytes()), half);
}

#[test]
fn bad_heads_do_not_cost_the_body() {
    let many = (0..150).map(|at| format!("X-{at}: 1\r\n")).collect::<String>();
    for (name, head) in [
        ("more than 100 headers", many.as_str()),
        ("a folded header", "X-Long: a\r\n  b\r\n"),
        ("a space before the colon", "X-Long : a\r\n"),
        ("a header that is none", "nonsense\r\n"),
        ("a header of other bytes", "X-\u{e9}: \u{1}\r\n"),
    ] {
        comes_through(name, sized(head, CREATED.as_bytes()));
    }
    let redirect = format!(
        "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: {}\r\n\r\n{CREATED}",
        CREATED.len()
    );
    is_found_leniently("a redirect", Reply::Raw(redirect.into_bytes()), CREATED);
}

/// A head that cannot be read, or that denies its body, leaves the outcome unknown.
#[test]
fn what_no_client_would_read_is_unknown() {
    let length = CREATED.len();
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: many",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2",
        "HTTP/1.1 OK",
        "ICY 200 OK",
        &format!("HTTP/1.1 204 No Content\r\nContent-Length: {length}"),
        "HTTP/1.1 200 OK\r\nContent-Length: 30",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked",
    ] {
        let (heard, _) = answer_to(Reply::raw(&format!("{head}\r\n\r\n{CREATED}")));
        let (status, _, charge) = heard.charged_refusal();
        assert_eq!((status, charge.as_str()), (409, "possible"), "{head}");
    }
}

/// A refusal is certain only if it was read to its end: the rest may name a task.
#[test]
fn a_refusal_that_cannot_be_read_is_unknown() {
    for head in ["Transfer-Encoding: chunked", "Content-Length: 300"] {
        let half = &CREATED[..20];
        let (heard, _) =
            answer_to(Reply::raw(&format!("HTTP/1.1 400 Bad\r\n{head}\r\n\r\n{half}")));
        let (status, _, charge) = heard.charged_refusal();
        assert_eq!((status, charge.as_str()), (409, "possible"), "{head}");
    }
}

/// Many clients accept no more than 100 headers, and would lose the answer.
#[test]
fn only_some_of_many_headers_are_passed_on() {
    let many: String = (0..300).map(|at| format!("X-RateLimit-{at}: 1\r\n")).collect();
    let long = format!("RateLimit-Policy: {}\r\n", "x".repeat(70_000));
    for head in [many, long] {
        let heard = comes_through(
            "limits",
            sized(&format!("{head}Retry-After: 7\r\n"), CREATED.as_bytes()),
        );
        assert!(heard.headers.len() < 64, "{}", heard.headers.len());
        assert!(heard.headers.iter().all(|(_, value)| value.len() < 1000));
        assert_eq!(heard.header("retry-after"), Some("7"));
    }
}

#[test]
fn a_key_in_utf_16_is_not_kept() {
    let page = format!("<h1>bad key: {CANARY}</h1>");
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (heard, journal) = answer_to(sized("", &utf16));
    assert_eq!(heard.json()["error"]["upstream"]["received"], "<h1>bad key: [key]</h1>");
    assert!(journal.contains("bad key: [key]"), "{journal}");
}

#[test]
fn without_a_task_to_find_what_came_is_kept() {
    let (heard, journal) = answer_to(http("Content-Type: text/html\r\n", b"<h1>gateway 7</h1>"));
    assert_eq!(
        heard.charged_refusal(),
        (409, "upstream_not_json".to_owned(), "possible".to_owned())
    );
    assert_eq!(heard.json()["error"]["upstream"]["received"], "<h1>gateway 7</h1>");
    assert!(journal.contains("gateway 7"), "{journal}");
    let (heard, _) = answer_to(http("", "x".repeat(200_000).as_bytes()));
    let received = &heard.json()["error"]["upstream"]["received"];
    assert_eq!(received.as_str().unwrap().len(), 64 * 1024);
}

#[test]
fn what_the_api_repeats_is_not_kept() {
    use base64::Engine;
    let prompt = "a secret fox \"in\" 雪";
    let gateway = Gateway::start(move |seen| {
        let key = seen.header("authorization").unwrap().to_owned();
        let base64 = base64::engine::general_purpose::STANDARD.encode(&key);
        let percent = key.replace('_', "%5F");
        let echo = serde_json::json!({
            "code": 20000, "msg": [key.to_uppercase(), base64, percent],
            "data": { "task_id": "vid_1", "prompt": prompt, "shortened": "a secret fox…" },
        });
        Reply::Json(200, echo.to_string())
    });
    let desk = Desk::before(&gateway);
    let draft = DRAFT.replace("\"rain\"", &serde_json::to_string(prompt).unwrap());
    let heard = desk.create(ATTEMPT, draft).send();
    let journal = std::fs::read_to_string(desk.journal()).unwrap();
    for (place, text) in [("the answer", heard.text()), ("the journal", &journal)] {
        let lower = text.to_lowercase();
        assert!(!lower.contains("canary"), "{place}: {text}");
        // `CANARY` at each of the three offsets that it can have in base64.
        for part in ["Q0FOQVJZ", "NBTkFSW", "DQU5BUl"] {
            assert!(!text.contains(part), "{place}: {text}");
        }
    }
    assert_eq!(heard.json()["data"]["prompt"], prompt, "it is the caller's own");
    assert!(!journal.contains("secret fox"), "{journal}");
    assert!(journal.contains("vid_1"), "{journal}");
}

/// Headers whose names repeat the key or the prompt are worth less than what they would tell.
#[test]
fn what_the_api_repeats_in_the_name_of_a_header_is_not_kept() {
    let names = format!("X-RateLimit-{CANARY}: 1\r\nRateLimit-A%20secret%20fox: 2\r\n");
    let gateway = Gateway::always(sized(&format!("{names}RateLimit: 3\r\n"), CREATED.as_bytes()));
    let desk = Desk::before(&gateway);
    let heard = desk.create(ATTEMPT, DRAFT.replace("rain", "a secret fox")).send();
    let head = format!("{:?}", heard.headers).to_lowercase();
    assert!(!head.contains("canary") && heard.header("ratelimit") == Some("3"), "{head}");
    let journal = std::fs::read_to_string(desk.journal()).unwrap().to_lowercase();
    assert!(!journal.contains("canary") && !journal.contains("secret"), "{journal}");
    assert!(journal.contains(r#"["ratelimit","3"]"#), "{journal}");
}

/// Indented as a script's own triple-quoted text is; the API sends it back trimmed, on one line.
#[test]
fn a_prompt_of_many_lines_is_not_kept_and_spoils_no_answer() {
    let prompt = "\n            a secret fox\n            in the snow";
    let gateway = Gateway::start(move |_| {
        let answer = serde_json::json!({
            "code": 20000,
            "data": { "task_id": "vid_1", "prompt": prompt, "shown": "a secret fox in the snow" },
        });
        let echo = serde_json::to_string_pretty(&answer).unwrap().replace('\n', "\n            ");
        Reply::Json(200, echo)
    });
    let desk = Desk::before(&gateway);
    let draft = DRAFT.replace("\"rain\"", &serde_json::to_string(prompt).unwrap());
    let heard = desk.create(ATTEMPT, draft.clone()).send();
    assert_eq!(heard.json()["data"]["prompt"], prompt);
    let journal = std::fs::read_to_string(desk.journal()).unwrap();
    assert!(!journal.contains("secret fox") && !journal.contains("the snow"), "{journal}");
    let desk = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
    let again = desk.create(ATTEMPT, draft).send();
    assert_eq!(again.json()["data"]["task_id"], "vid_1");
    assert_eq!(gateway.calls(), 1);
}

/// A server that refuses a key does not first wait for megabytes.
#[test]
fn an_early_refusal_of_a_large_body_is_that_refusal() {
    let refusal = r#"{"code":20001,"msg":"bad key"}"#;
    let early = format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{refusal}",
        refusal.len()
    );
    let gateway = Gateway::at_the_head(move |_| Reply::raw(&early));
    let desk = Desk::before(&gateway);
    for _ in 0..3 {
        let heard = desk
            .post("/api/open-api/v1/files/upload", vec![b' '; 4 * 1024 * 1024])
            .set("Content-Type", "multipart/form-data; boundary=x")
            .send();
        assert_eq!((heard.status, heard.text()), (401, refusal));
    }
}
