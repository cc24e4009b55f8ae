//! Who gets in: the one-time link, the cookie, and what opens without it.

use crate::support::desk::{enter, pass_of, saves_of};
use crate::support::{Ask, CREATE, CREATED, DRAFT, Desk, Gateway, Reply};

fn desk() -> (Gateway, Desk) {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    (gateway, desk)
}

/// `<32 hexadecimal digits>.localhost:<port>`
fn own_host(link: &str) -> &str {
    let host = link.split('/').nth(2).unwrap();
    let (label, _) = host.split_once(".localhost:").unwrap();
    assert!(
        label.len() == 32 && label.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "128 bits: {label}"
    );
    host
}

fn exchange(port: u16, body: &str) -> (u16, String) {
    Ask::post(port, "/companion/session", body).send().refusal()
}

#[test]
fn a_link_opens_one_browser_once() {
    let (_, desk) = desk();
    let link = desk.links.new_link();
    let (address, token) = link.split_once('#').unwrap();
    assert_eq!(address, format!("http://{}{}", own_host(&link), desk.file("/companion/open")));
    assert!(
        token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "256 bits: {token}"
    );
    let body = format!(r#"{{"token":"{token}"}}"#);
    let heard = Ask::post(desk.port, "/companion/session", body.as_str()).send();
    assert_eq!(heard.status, 200);
    assert_eq!(heard.json()["token"].as_str().unwrap().len(), 64);
    let cookie = heard.header("set-cookie").unwrap();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
    assert_eq!(exchange(desk.port, &body), (403, "link_used".to_owned()), "a second time");
}

#[test]
fn a_new_link_ends_the_one_before() {
    let (_, desk) = desk();
    let old = desk.links.new_link();
    let new = desk.links.new_link();
    let body = format!(r#"{{"token":"{}"}}"#, old.split_once('#').unwrap().1);
    assert_eq!(exchange(desk.port, &body), (403, "link_used".to_owned()));
    enter(desk.port, &new);
}

#[test]
fn guesses_open_nothing() {
    let (_, desk) = desk();
    let _link = desk.links.new_link();
    for body in [
        r#"{"token":""}"#,
        r#"{"token":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
    ] {
        assert_eq!(exchange(desk.port, body), (403, "link_used".to_owned()), "{body}");
    }
    for body in ["", "{}", r#"{"token":null}"#, "[]", r#"{"token":["a"]}"#] {
        assert_eq!(exchange(desk.port, body), (400, "bad_request".to_owned()), "{body}");
    }
    let long = format!(r#"{{"token":"{}"}}"#, "0".repeat(2 * 1024 * 1024));
    assert_eq!(exchange(desk.port, &long), (413, "body_too_large".to_owned()));
}

#[test]
fn the_link_page_holds_no_secret_and_asks_with_its_own_script() {
    let (_, desk) = desk();
    let page =
        Ask::get(desk.port, &desk.file("/companion/open")).header("Sec-Fetch-Site", "none").send();
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let script = Ask::get(desk.port, &desk.file("/companion/open.js"))
        .header("Sec-Fetch-Site", "same-origin")
        .send();
    assert_eq!(
        (script.status, script.header("content-type")),
        (200, Some("text/javascript; charset=utf-8"))
    );
    for looks in ["/companion/door.css", "/css/tokens.css", "/icon.svg", "/js/main.js"] {
        let target = desk.file(looks);
        assert_eq!(Ask::get(desk.port, &target).send().status, 200, "{looks}");
    }
}

#[test]
fn without_the_cookie_nothing_else_opens() {
    let (gateway, desk) = desk();
    let gets = [
        "/api/companion",
        "/api/companion/attempts/x",
        "/save/x/vid_1",
        "/api/open-api/v1/videos/vid_1",
        "/api/open-api/v1/user/balance",
    ];
    for target in gets {
        assert_eq!(
            Ask::get(desk.port, target).send().refusal(),
            (401, "no_session".to_owned()),
            "{target}"
        );
    }
    for target in [CREATE, "/api/open-api/v1/seedance/assets/audit"] {
        assert_eq!(
            Ask::post(desk.port, target, DRAFT).send().refusal(),
            (401, "no_session".to_owned()),
            "{target}"
        );
    }
    let front = Ask::get(desk.port, &desk.file("/")).send();
    assert_eq!(
        (front.status, front.header("location")),
        (303, Some(desk.file("/companion/open").as_str()))
    );
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_cookie_of_another_run_or_a_changed_one_opens_nothing() {
    let (gateway, desk) = desk();
    let (_, other) = self::desk();
    let (name, value) = desk.pass.cookie.split_once('=').unwrap();
    let (_, foreign) = other.pass.cookie.split_once('=').unwrap();
    let changed = format!("{}{}", &value[1..], if value.starts_with('0') { '1' } else { '0' });
    for cookie in [
        format!("{name}={foreign}"),
        format!("{name}={changed}"),
        format!("{name}="),
        name.to_owned(),
        String::new(),
    ] {
        let heard = Ask::post(desk.port, CREATE, DRAFT)
            .header("Cookie", &cookie)
            .header("Seedance-Session", &desk.pass.token)
            .send();
        assert_eq!(heard.refusal(), (401, "no_session".to_owned()), "{cookie}");
    }
    assert_eq!(gateway.calls(), 0);
}

/// The cookie may reach another server of the same host; the page's token cannot.
#[test]
fn the_cookie_alone_opens_files_and_no_call() {
    let (gateway, desk) = desk();
    let with_cookie = |ask: Ask| ask.header("Cookie", &desk.pass.cookie).send();
    let get = |target: &str| with_cookie(Ask::get(desk.port, target));
    assert_eq!(get(&desk.file("/")).status, 200);
    for target in [
        "/api/companion",
        "/api/companion/attempts/0f8fad5b-d9cb-469f-a165-70867728950e",
        "/api/open-api/v1/videos/vid_1",
        "/save/x/vid_1",
        "/save/%ff/vid_1",
        &format!("/save/{}/vid_1", desk.pass.token),
    ] {
        assert_eq!(get(target).refusal(), (401, "no_session".to_owned()), "{target}");
    }
    let create = with_cookie(Ask::post(desk.port, CREATE, DRAFT));
    assert_eq!(create.refusal(), (401, "no_session".to_owned()));
    // Nor with the link that saves, if others get to know it.
    let saves = saves_of(&desk.get("/api/companion").send());
    let link = Ask::get(desk.port, &format!("{saves}/vid_1"));
    assert_eq!(link.clone().send().refusal(), (401, "no_session".to_owned()));
    let token = link.header("Seedance-Session", &desk.pass.token).send();
    assert_eq!(token.refusal(), (401, "no_session".to_owned()));
    let renewal = with_cookie(Ask::post(desk.port, "/companion/session", "{}"));
    assert_eq!(renewal.refusal(), (400, "bad_request".to_owned()));
    assert_eq!(gateway.calls(), 0);
}

/// Any server of the host can set cookies of any name, and push out others by sheer number.
#[test]
fn a_cookie_that_was_overwritten_is_given_again_for_the_page_s_token() {
    let (gateway, desk) = desk();
    let (name, _) = desk.pass.cookie.split_once('=').unwrap();
    let tossed = format!("{name}=tossed");
    let both = format!("{tossed}; {}; {tossed}", desk.pass.cookie);
    let create = |cookie: &str| {
        Ask::post(desk.port, CREATE, DRAFT)
            .header("Cookie", cookie)
            .header("Seedance-Session", &desk.pass.token)
            .send()
    };
    assert_eq!(create(&both).status, 200, "beside others of its name");
    assert_eq!(create(&tossed).refusal(), (401, "no_session".to_owned()));
    let renewal = Ask::post(desk.port, "/companion/session", "{}")
        .header("Cookie", &tossed)
        .header("Seedance-Session", &desk.pass.token)
        .send();
    assert_eq!(renewal.status, 200);
    let pass = pass_of(&renewal);
    assert_eq!((&pass.cookie, &pass.token), (&desk.pass.cookie, &desk.pass.token));
    assert_eq!(create(&pass.cookie).status, 200);
    assert_eq!(gateway.calls(), 2);
}

#[test]
fn each_run_has_a_folder_of_its_own_and_all_runs_one_host_name() {
    let (gateway, desk) = desk();
    let link = desk.links.new_link();
    let (port, front) = (desk.port, desk.file("/"));
    let other = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
    let later = other.links.new_link();
    let name = |link: &str, port: u16| own_host(link).replace(&format!(":{port}"), "");
    assert_eq!(name(&link, port), name(&later, other.port));
    assert_ne!(front, other.file("/"));
    assert_eq!(other.get(&front).send().refusal(), (404, "not_found".to_owned()));
    let (_, stranger) = self::desk();
    assert_ne!(name(&link, port), name(&stranger.links.new_link(), stranger.port));
}

#[test]
fn the_page_learns_what_it_needs_and_not_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.json");
    // `0.050` written as a number must reach the page as it was written.
    std::fs::write(&book, r#"{ "currency": "USD", "prices": { "seedance2.0-mini-720p": 0.050 } }"#)
        .unwrap();
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk =
        Desk::with(&gateway.origin(), &["--prices", book.to_str().unwrap(), "--max-cost", "1.00"]);
    let heard = desk.get("/api/companion").send();
    let json = heard.json();
    assert_eq!(json["api_origin"], gateway.origin());
    assert_eq!(json["edition"], "2026-07");
    assert_eq!(json["former_origin"], format!("http://127.0.0.1:{}", desk.port));
    assert_eq!(json["has_key"], true);
    assert_eq!(json["max_cost"], "1.00");
    assert_eq!(json["allow_unknown"], false);
    assert!(
        heard
            .text()
            .contains(r#"{ "currency": "USD", "prices": { "seedance2.0-mini-720p": 0.050 } }"#),
        "{}",
        heard.text()
    );
    assert!(!heard.text().contains("sk_"));
}

#[test]
fn the_page_and_the_package_are_in_the_binary() {
    let (_, desk) = desk();
    let page = desk.get(&desk.file("/")).send();
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(
        desk.get(&desk.file("/pkg/check.js")).send().header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    for path in [
        "/nothing",
        "/../Cargo.toml",
        "/pkg/package.json",
        "/pkg/../index.html",
        "/%2e%2e/Cargo.toml",
    ] {
        let target = desk.file(path);
        assert_eq!(desk.get(&target).send().refusal(), (404, "not_found".to_owned()), "{target}");
    }
}

/// Both policies apply at once, so what either forbids is forbidden.
#[test]
fn the_policy_of_the_page_names_the_api_of_this_run() {
    let (gateway, desk) = desk();
    let page = desk.get(&desk.file("/")).send();
    let header = page.header("content-security-policy").unwrap();
    let (_, html) = page.text().split_once("http-equiv=\"Content-Security-Policy\"").unwrap();
    let (meta, _) = html.split_once('>').unwrap();
    let connect = format!("connect-src 'self' {};", gateway.origin());
    assert!(header.contains(&connect), "{header}");
    assert!(meta.contains(&connect), "{meta}");
}
