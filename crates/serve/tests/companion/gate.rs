//! Where the companion listens, what it lets in, and what every answer says.

use std::io::Write;
use std::net::{Ipv6Addr, TcpListener, TcpStream};

use crate::support::{Ask, CREATE, CREATED, DRAFT, Desk, Gateway, Heard, Reply};

fn desk() -> (Gateway, Desk) {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    (gateway, desk)
}

#[test]
fn only_its_own_loopback_names_are_hosts() {
    let (gateway, desk) = desk();
    let port = desk.port;
    let with_host = |host: &str| desk.get("/api/companion").set("Host", host).send();
    let link = desk.links.new_link();
    let own = link.split(&[':', '/'][..]).nth(3).unwrap();
    let off_by_one = if own.starts_with('0') { "1" } else { "0" };
    for host in [own, "127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(with_host(&format!("{host}:{port}")).status, 200, "{host}");
    }
    let other = port ^ 1;
    let wrong = [
        format!("evil.example:{port}"),
        format!("127.0.0.1:{other}"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!("localhost.:{port}"),
        format!("LOCALHOST:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("evil.example@127.0.0.1:{port}"),
        format!("127.1:{port}"),
        format!("0.0.0.0:{port}"),
        format!("127.0.0.1:0{port}"),
        format!("{own}.:{port}"),
        format!("a.{own}:{port}"),
        format!("{off_by_one}{}:{port}", &own[1..]),
        format!("a.localhost:{port}"),
        own.to_owned(),
    ];
    for host in wrong {
        assert_eq!(with_host(&host).refusal(), (403, "wrong_host".to_owned()), "{host}");
    }
    assert_eq!(
        Ask::bare(port, "GET", "/").send().refusal(),
        (403, "wrong_host".to_owned()),
        "no host at all"
    );
    let two = desk.get("/api/companion").header("Host", &format!("evil.example:{port}"));
    assert!(matches!(two.send().status, 400 | 403), "two hosts");
    let line = desk.get(&format!("http://evil.example:{port}/api/companion"));
    assert_eq!(line.send().refusal(), (403, "wrong_host".to_owned()), "a host in the request line");
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn only_its_own_origins_may_ask() {
    let (gateway, desk) = desk();
    let port = desk.port;
    let link = desk.links.new_link();
    let own = link.split(&[':', '/'][..]).nth(3).unwrap();
    for name in [own, "127.0.0.1", "localhost", "[::1]"] {
        let heard = desk.create_with_origin(&format!("http://{name}:{port}"));
        assert_eq!(heard.status, 200, "{name}");
    }
    let calls = gateway.calls();
    let other = port ^ 1;
    let wrong = [
        "null".to_owned(),
        "http://evil.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{other}"),
        format!("http://127.0.0.1:{port}.evil.example"),
        format!("http://127.0.0.1:{port}/"),
        format!("http://a.localhost:{port}"),
        format!("http://{own}"),
        "http://localhost".to_owned(),
        String::new(),
    ];
    for origin in wrong {
        assert_eq!(
            desk.create_with_origin(&origin).refusal(),
            (403, "wrong_origin".to_owned()),
            "{origin}"
        );
        let read = desk.get("/api/companion").set("Origin", &origin).send();
        assert_eq!(read.refusal(), (403, "wrong_origin".to_owned()), "{origin}");
    }
    let two = desk.get("/api/companion").header("Origin", &format!("http://127.0.0.1:{port}"));
    assert_eq!(two.send().refusal(), (403, "wrong_origin".to_owned()), "two origins");
    assert_eq!(gateway.calls(), calls);
}

impl Desk {
    fn create_with_origin(&self, origin: &str) -> Heard {
        self.post(CREATE, DRAFT).set("Origin", origin).send()
    }
}

#[test]
fn what_a_browser_sends_for_another_site_is_refused() {
    let (gateway, desk) = desk();
    for site in ["cross-site", "same-site", "none", "", "nonsense"] {
        let heard = desk.post(CREATE, DRAFT).set("Sec-Fetch-Site", site).send();
        assert_eq!(heard.refusal(), (403, "cross_site".to_owned()), "POST {site}");
    }
    for target in [
        "/api/companion",
        "/save/x/vid_1",
        "/api/open-api/v1/videos/vid_1",
        &desk.file("/js/main.js"),
        &desk.file("/companion/open.js"),
    ] {
        for site in ["cross-site", "same-site"] {
            let heard =
                desk.get(target).set("Sec-Fetch-Site", site).header("Sec-Fetch-Mode", "no-cors");
            assert_eq!(heard.send().refusal(), (403, "cross_site".to_owned()), "{target} {site}");
            let visit = desk
                .get(target)
                .set("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document");
            assert_eq!(
                visit.send().refusal(),
                (403, "cross_site".to_owned()),
                "a visit to {target}"
            );
        }
    }
    let frame = Ask::get(desk.port, "/")
        .header("Sec-Fetch-Site", "cross-site")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "iframe");
    assert_eq!(frame.send().refusal(), (403, "cross_site".to_owned()), "a frame");
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_link_on_another_site_leads_to_a_locked_door() {
    let (_, desk) = desk();
    let visit = &Ask::get(desk.port, "/")
        .header("Sec-Fetch-Site", "cross-site")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "document");
    let heard = visit.clone().send();
    let front = desk.file("/");
    assert_eq!((heard.status, heard.header("location")), (303, Some(front.as_str())));
    let heard = visit.to(&front).send();
    let door = desk.file("/companion/open");
    assert_eq!((heard.status, heard.header("location")), (303, Some(door.as_str())));
    let heard = visit.to(&door).send();
    assert_eq!(
        (heard.status, heard.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    assert!(heard.text().contains("Open the link from your terminal"));
}

#[test]
fn other_methods_are_refused_and_no_answer_opens_the_door_to_another_origin() {
    let (gateway, desk) = desk();
    let preflight = |ask: Ask| {
        ask.header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Private-Network", "true")
    };
    for method in ["OPTIONS", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "CONNECT", "sk_METHOD"] {
        for target in ["/", "/api/companion", CREATE] {
            let ask = Ask::bare(desk.port, method, target)
                .header("Host", &format!("127.0.0.1:{}", desk.port))
                .header("Cookie", &desk.pass.cookie);
            let heard = preflight(ask).send();
            assert!(matches!(heard.status, 400 | 405), "{method} {target}: {heard:?}");
            assert!(
                !heard.headers.iter().any(|(name, _)| name.starts_with("access-control-")),
                "{heard:?}"
            );
        }
    }
    for heard in [
        desk.get("/").send(),
        desk.get("/api/companion").send(),
        desk.post(CREATE, DRAFT).send(),
        desk.get("/nothing").send(),
    ] {
        assert!(
            !heard.headers.iter().any(|(name, _)| name.starts_with("access-control-")),
            "{heard:?}"
        );
    }
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn nothing_changes_by_get() {
    let (gateway, desk) = desk();
    for target in [
        CREATE,
        "/api/open-api/v1/files/upload",
        "/api/open-api/v1/seedance/assets/audit",
        "/companion/session",
    ] {
        assert_eq!(desk.get(target).send().refusal(), (405, "bad_method".to_owned()), "{target}");
    }
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_body_must_say_what_it_is() {
    let (gateway, desk) = desk();
    let forms = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/plain; application/json",
        "",
    ];
    for content_type in forms {
        for target in [CREATE, "/api/open-api/v1/seedance/assets/status", "/companion/session"] {
            let heard = desk.post(target, DRAFT).set("Content-Type", content_type).send();
            assert_eq!(
                heard.refusal(),
                (415, "bad_content_type".to_owned()),
                "{target} {content_type}"
            );
        }
    }
    for content_type in ["application/json", "multipart/form-data", "text/plain"] {
        let heard = desk
            .post("/api/open-api/v1/files/upload", DRAFT)
            .set("Content-Type", content_type)
            .send();
        assert_eq!(heard.refusal(), (415, "bad_content_type".to_owned()), "upload {content_type}");
    }
    assert_eq!(gateway.calls(), 0);
    let charset =
        desk.post(CREATE, DRAFT).set("Content-Type", "Application/JSON; charset=utf-8").send();
    assert_eq!(charset.status, 200);
}

#[test]
fn every_answer_carries_the_policy() {
    let (gateway, desk) = desk();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {}; img-src 'self' https: blob: data:; \
         media-src 'self' https: blob:; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types lit-html",
        gateway.origin()
    );
    let (front, door) = (desk.file("/"), desk.file("/companion/open"));
    let targets = [
        "/",
        &front,
        "/api/companion",
        "/api/open-api/v1/videos/vid_1",
        &door,
        "/nothing",
        "/save/x/!",
    ];
    let answers = targets.map(|target| desk.get(target).send());
    for heard in answers
        .iter()
        .chain([&Ask::bare(desk.port, "GET", "/").send(), &desk.post(CREATE, "{}").send()])
    {
        assert_eq!(heard.header("content-security-policy"), Some(policy.as_str()), "{heard:?}");
        assert_eq!(heard.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(heard.header("referrer-policy"), Some("no-referrer"));
    }
    for target in ["/api/companion", "/api/open-api/v1/videos/vid_1", "/", "/save/x/!"] {
        assert_eq!(desk.get(target).send().header("cache-control"), Some("no-store"), "{target}");
    }
}

/// Browsers may use either address for `localhost`, so no other program may listen on the second one.
#[test]
fn it_answers_on_the_loopback_of_ipv6_as_well() {
    let (_, desk) = desk();
    let Ok(mut stream) = TcpStream::connect((Ipv6Addr::LOCALHOST, desk.port)) else {
        let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
        assert!(!has_ipv6, "this machine has IPv6 and the companion is not there");
        return;
    };
    let ask = format!("GET / HTTP/1.1\r\nHost: [::1]:{}\r\nConnection: close\r\n\r\n", desk.port);
    stream.write_all(ask.as_bytes()).unwrap();
    assert_eq!(Heard::read(&mut stream).status, 303);
}

/// Reads the system's list of listening sockets: the port is open on the two loopback addresses only.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_loopback_alone() {
    const LISTENING: &str = "0A";
    let (_, desk) = desk();
    let suffix = format!(":{:04X}", desk.port);
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"]
        .map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let addresses: Vec<_> = tables
        .iter()
        .flat_map(|table| table.lines())
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|fields| fields.get(3) == Some(&LISTENING))
        .filter_map(|fields| fields[1].strip_suffix(&suffix).map(str::to_owned))
        .collect();
    let loopback = ["0100007F", "00000000000000000000000001000000"];
    assert!(!addresses.is_empty());
    assert!(addresses.iter().all(|address| loopback.contains(&address.as_str())), "{addresses:?}");
}
