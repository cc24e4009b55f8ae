//! The key and the prompt do not get anywhere else, however bad the gateway is.

use serde_json::json;

use crate::support::desk::saves_of;
use crate::support::running::{Running, folder};
use crate::support::{ATTEMPT, Ask, BAD_DRAFT, CANARY, CREATE, CREATED, DRAFT, Gateway, Reply};

const TASK: &str = "/api/open-api/v1/videos/vid_CANARY_task";

#[test]
fn the_key_and_the_prompt_are_nowhere_but_in_the_call() {
    let (_folder, journal) = folder();
    // The worst gateway: it repeats the key wherever it can.
    let gateway = Gateway::start(|seen| {
        let key = seen.header("authorization").unwrap_or_default().to_owned();
        let body =
            json!({ "code": 20000, "msg": key, "data": { "task_id": "vid_1", "status": key } })
                .to_string();
        match seen.path().rsplit('/').next().unwrap() {
            "redirect" => Reply::raw(&format!(
                "HTTP/1.1 302 Found\r\nLocation: /{key}\r\nContent-Type: {key}\r\nContent-Length: 0\r\n\r\n"
            )),
            "html" => Reply::raw(&format!(
                "HTTP/1.1 200 {key}\r\nContent-Type: text/html; {key}\r\nX-Key: {key}\r\n\r\n{key}"
            )),
            "busy" => Reply::raw(&format!(
                "HTTP/1.1 429 Busy\r\nRetry-After: {key}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )),
            "cut" => Reply::Cut,
            _ => Reply::Json(200, body),
        }
    });
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let token = "sk_GUARD_CANARY_token";
    let draft = DRAFT.replace("rain", "a secret prompt");
    let mut heard = vec![
        running.get("/"),
        running.get("/api/companion"),
        running.get(TASK),
        running.get("/api/open-api/v1/user/balance"),
        running.get(&format!("{}/vid_1", saves_of(&running.get("/api/companion")))),
        running.create(&draft).send(),
        running.create(&draft).send(),
        running.create(BAD_DRAFT).send(),
        running.get(&format!("/api/companion/attempts/{ATTEMPT}")),
        running.get(&format!("/?key={CANARY}")),
        running.get(&format!("/{CANARY}")),
        Ask::post(running.port, CREATE, draft.as_str())
            .header("Authorization", &format!("Bearer {token}"))
            .send(),
        Ask::get(running.port, TASK).header("Authorization", &format!("Bearer {token}")).send(),
        Ask::bare(running.port, CANARY, "/").header("Host", CANARY).send(),
    ];
    for kind in ["redirect", "html", "busy", "cut"] {
        heard.push(running.get(&format!("/api/open-api/v1/videos/{kind}")));
    }
    assert_eq!(heard[5].status, 200);
    let calls = gateway.seen();
    assert!(
        calls
            .iter()
            .all(|seen| { seen.header("authorization").is_some_and(|key| key.contains("CANARY")) })
    );
    let (code, printed) = running.end_by("-INT");
    assert_eq!(code, Some(0), "{printed}");
    let journal = std::fs::read_to_string(journal).unwrap();
    assert!(journal.contains(ATTEMPT));
    for (place, text) in [("the journal", &journal), ("the terminal", &printed)] {
        assert!(!text.contains("CANARY") && !text.contains("secret prompt"), "{place}: {text}");
    }
    for heard in heard {
        let head = format!("{:?}", heard.headers);
        let body = String::from_utf8_lossy(&heard.body);
        assert!(!head.contains("CANARY") && !body.contains("CANARY"), "{head} {body}");
    }
}

#[test]
fn a_log_line_is_method_template_status_and_time() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    running.get("/");
    running.get(TASK);
    running.get("/api/companion?secret=1");
    running.get("/no/such/secret");
    running.get("/save/secret/!");
    running.create(DRAFT).send();
    let (code, printed) = running.end_by("-TERM");
    assert_eq!(code, Some(0), "{printed}");
    let lines: Vec<_> = printed
        .lines()
        .filter_map(|line| line.strip_suffix(" ms")?.rsplit_once(' '))
        .map(|(line, time)| (line, time.parse::<u64>().is_ok()))
        .collect();
    let expected = [
        "POST /companion/session 200",
        "GET /api/open-api/v1/videos/{task} 200",
        "GET /api/companion 200",
        "GET /{file} 404",
        "GET /save/{saving}/{task} 401",
        "POST /api/open-api/v1/seedance/videos 200",
    ];
    assert_eq!(lines, expected.map(|line| (line, true)));
    assert!(!printed.contains("secret") && !printed.contains("vid_"), "{printed}");
}
