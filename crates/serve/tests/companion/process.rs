//! The companion as a process: what it prints, how it ends, what a kill leaves behind, and where the key is not.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::json;
use tempfile::TempDir;

use crate::support::desk::{Line, enter, text};
use crate::support::{
    ATTEMPT, Ask, BAD_DRAFT, CANARY, CREATE, CREATED, DRAFT, Gateway, Heard, Reply,
};

const LINE_VARIABLE: &str = "SEEDANCE_TEST_SERVE_LINE";
const KEY_VARIABLE: &str = "JIMMYAI_API_KEY";
const TASK: &str = "/api/open-api/v1/videos/vid_CANARY_task";

/// Not a test of its own: the process that the others start, which is this very program.
#[test]
fn companion_process() {
    let Ok(line) = std::env::var(LINE_VARIABLE) else {
        return;
    };
    let line = Line::try_parse_from(["serve"].into_iter().chain(line.lines()))
        .unwrap_or_else(|error| error.exit());
    match seedance_serve::run(line.options) {
        Ok(()) => std::process::exit(0),
        Err(error) => {
            eprintln!("error: {error}");
            std::process::exit(2);
        }
    }
}

/// A running companion process.
struct Running {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    port: u16,
    cookie: String,
    printed: String,
}

fn command(line: &[&str], key: Option<&str>) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "process::companion_process",
        "--nocapture",
        "--test-threads=1",
    ]);
    set_up(&mut command, line, key);
    command
}

fn set_up(command: &mut Command, line: &[&str], key: Option<&str>) {
    command
        .env(LINE_VARIABLE, line.join("\n"))
        .env_remove(KEY_VARIABLE);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(key) = key {
        command.env(KEY_VARIABLE, key);
    }
}

impl Running {
    fn start(gateway: &Gateway, journal: &Path, key: Option<&str>) -> Self {
        Self::of(command(
            &[
                "--port=0",
                "--api-origin",
                &gateway.origin(),
                "--journal",
                text(journal),
            ],
            key,
        ))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        let link = loop {
            let mut line = String::new();
            assert!(
                stdout.read_line(&mut line).unwrap() > 0,
                "the companion starts"
            );
            printed.push_str(&line);
            if let Some(at) = line.find("http://") {
                break line[at..].trim_end().to_owned();
            }
        };
        let port = link.split(&[':', '/'][..]).nth(4).unwrap().parse().unwrap();
        let cookie = enter(port, &link);
        Self {
            child,
            stdout,
            port,
            cookie,
            printed,
        }
    }

    fn get(&self, target: &str) -> Heard {
        Ask::get(self.port, target)
            .header("Cookie", &self.cookie)
            .send()
    }

    fn create(&self, body: &str) -> Ask {
        Ask::post(self.port, CREATE, body)
            .header("Cookie", &self.cookie)
            .header("Seedance-Attempt", ATTEMPT)
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for the end; gives the exit code and everything that was printed.
    fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        let mut errors = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .unwrap();
        let status = self.child.wait().unwrap();
        (status.code(), format!("{}{rest}\n{errors}", self.printed))
    }
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal");
    (folder, journal)
}

/// What a companion that does not start says, without what the test harness prints around it.
fn refusal_to_start(line: &[&str], key: Option<&str>) -> String {
    let Output { status, stderr, .. } = command(line, key).output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

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
        running.get("/save/vid_1"),
        running.create(&draft).send(),
        running.create(&draft).send(),
        running.create(BAD_DRAFT).send(),
        running.get(&format!("/api/companion/attempts/{ATTEMPT}")),
        running.get(&format!("/?key={CANARY}")),
        running.get(&format!("/{CANARY}")),
        Ask::post(running.port, CREATE, draft.as_str())
            .header("Authorization", &format!("Bearer {token}"))
            .send(),
        Ask::get(running.port, TASK)
            .header("Authorization", &format!("Bearer {token}"))
            .send(),
        Ask::bare(running.port, CANARY, "/")
            .header("Host", CANARY)
            .send(),
    ];
    for kind in ["redirect", "html", "busy", "cut"] {
        heard.push(running.get(&format!("/api/open-api/v1/videos/{kind}")));
    }
    assert_eq!(heard[5].status, 200);
    let calls = gateway.seen();
    assert!(calls.iter().all(|seen| {
        seen.header("authorization")
            .is_some_and(|key| key.contains("CANARY"))
    }));
    running.signal("-INT");
    let (code, printed) = running.end();
    assert_eq!(code, Some(0), "{printed}");
    let journal = std::fs::read_to_string(journal).unwrap();
    assert!(journal.contains(ATTEMPT));
    for (place, text) in [("the journal", &journal), ("the terminal", &printed)] {
        assert!(
            !text.contains("CANARY") && !text.contains("secret prompt"),
            "{place}: {text}"
        );
    }
    for heard in heard {
        let head = format!("{:?}", heard.headers);
        let body = String::from_utf8_lossy(&heard.body);
        assert!(
            !head.contains("CANARY") && !body.contains("CANARY"),
            "{head} {body}"
        );
    }
}

#[test]
fn a_log_line_is_method_template_status_and_time() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    running.get(TASK);
    running.get("/api/companion?secret=1");
    running.get("/no/such/secret");
    running.create(DRAFT).send();
    running.signal("-TERM");
    let (code, printed) = running.end();
    assert_eq!(code, Some(0), "{printed}");
    let lines: Vec<_> = printed
        .lines()
        .filter_map(|line| line.strip_suffix(" ms")?.rsplit_once(' '))
        .map(|(line, time)| (line, time.parse::<u64>().is_ok()))
        .collect();
    let expected = [
        "POST /companion/session 204",
        "GET /api/open-api/v1/videos/{task} 200",
        "GET /api/companion 200",
        "GET /{file} 404",
        "POST /api/open-api/v1/seedance/videos 200",
    ];
    assert_eq!(lines, expected.map(|line| (line, true)));
    assert!(
        !printed.contains("secret") && !printed.contains("vid_"),
        "{printed}"
    );
}

#[test]
fn a_kill_in_the_middle_of_a_create_leaves_it_unknown_and_unrepeated() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(1_000));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let _waiting = running.create(DRAFT).start();
    gateway.wait_for_calls(1);
    running.signal("-KILL");
    running.end();
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let told = running
        .get(&format!("/api/companion/attempts/{ATTEMPT}"))
        .json();
    assert_eq!(
        (&told["state"], &told["answer"]["error"]["kind"]),
        (&"failed".into(), &"lost_answer".into())
    );
    let again = running.create(DRAFT).send();
    assert_eq!(
        again.charged_refusal(),
        (502, "lost_answer".to_owned(), "possible".to_owned())
    );
    running.signal("-INT");
    running.end();
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn a_cookie_from_before_a_restart_opens_nothing() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let first = Running::start(&gateway, &journal, Some(CANARY));
    let (cookie, port) = (first.cookie.clone(), first.port.to_string());
    first.signal("-KILL");
    first.end();
    let line = [
        "--port",
        &port,
        "--api-origin",
        &gateway.origin(),
        "--journal",
        text(&journal),
    ];
    let second = Running::of(command(&line, Some(CANARY)));
    let heard = Ask::get(second.port, "/api/companion")
        .header("Cookie", &cookie)
        .send();
    assert_eq!(heard.refusal(), (401, "no_session".to_owned()));
    second.signal("-INT");
    second.end();
}

#[test]
fn stopping_waits_for_a_create_and_a_second_signal_does_not() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(1_500));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let mut waiting = running.create(DRAFT).start();
    gateway.wait_for_calls(1);
    running.signal("-INT");
    assert_eq!(Heard::read(&mut waiting).text(), CREATED);
    assert_eq!(running.end().0, Some(0));
    let slow = Gateway::always(Reply::json(CREATED).after(60_000));
    let running = Running::start(&slow, &journal.with_extension("2"), Some(CANARY));
    let _waiting = running.create(DRAFT).start();
    slow.wait_for_calls(1);
    let begun = Instant::now();
    running.signal("-INT");
    thread::sleep(Duration::from_millis(300));
    running.signal("-INT");
    assert_eq!(running.end().0, Some(130));
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn without_a_key_the_form_works_and_sending_says_why_not() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, None);
    assert_eq!(running.get("/api/companion").json()["has_key"], false);
    assert_eq!(
        running.create(DRAFT).send().refusal(),
        (503, "no_key".to_owned())
    );
    assert_eq!(running.get(TASK).refusal(), (503, "no_key".to_owned()));
    running.signal("-INT");
    let (_, printed) = running.end();
    assert!(printed.contains("no API key"), "{printed}");
    assert_eq!(gateway.calls(), 0);
}

/// The file size limit of the process stands in for a full disk: every write to a file fails.
#[cfg(unix)]
#[test]
fn a_full_disk_sends_nothing() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let mut command = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" --exact process::companion_process --nocapture --test-threads=1";
    command
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap());
    set_up(
        &mut command,
        &[
            "--port=0",
            "--api-origin",
            &gateway.origin(),
            "--journal",
            text(&journal),
        ],
        Some(CANARY),
    );
    let running = Running::of(command);
    for _ in 0..2 {
        assert_eq!(
            running.create(DRAFT).send().charged_refusal(),
            (507, "journal_failed".to_owned(), "none".to_owned())
        );
    }
    running.signal("-INT");
    running.end();
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn what_stands_in_the_way_of_starting_is_one_clear_line() {
    let (folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let port = running.port.to_string();
    let other = folder.path().join("other");
    let said = refusal_to_start(&["--port", &port, "--journal", text(&other)], None);
    assert_eq!(
        said,
        format!(
            "error: port {port} is taken: stop the program that uses it, or choose another with --port\n"
        )
    );
    let said = refusal_to_start(&["--port=0", "--journal", text(&journal)], None);
    assert!(
        said.contains("another companion") && said.contains("--journal"),
        "{said}"
    );
    running.signal("-INT");
    running.end();
    let said = refusal_to_start(&["--port=0", "--journal", text(&other)], Some("two words"));
    assert!(
        said.contains(KEY_VARIABLE) && !said.contains("two words"),
        "{said}"
    );
    let said = refusal_to_start(&["--port=0", "--journal", text(folder.path())], None);
    assert!(said.contains("--journal"), "{said}");
    let said = refusal_to_start(
        &[
            "--port=0",
            "--journal",
            text(&other),
            "--prices",
            "no-such-book.json",
        ],
        None,
    );
    assert!(said.contains("no-such-book.json"), "{said}");
    let book = folder.path().join("book.json");
    std::fs::write(
        &book,
        r#"{ "currency": "USD", "prices": { "seedance2.0-md": "-1" } }"#,
    )
    .unwrap();
    let said = refusal_to_start(
        &[
            "--port=0",
            "--journal",
            text(&other),
            "--prices",
            text(&book),
        ],
        None,
    );
    assert!(
        said.contains("book.json") && said.contains("seedance2.0-md"),
        "{said}"
    );
    let said = refusal_to_start(
        &[
            "--port=0",
            "--journal",
            text(&other),
            "--ca-file",
            text(&book),
        ],
        None,
    );
    assert!(said.contains("--ca-file"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, journal) = folder();
    let key = folder.path().join("key");
    std::fs::write(&key, CANARY).unwrap();
    for mode in [0o644, 0o640, 0o604, 0o620] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = refusal_to_start(
            &[
                "--port=0",
                "--journal",
                text(&journal),
                "--key-file",
                text(&key),
            ],
            None,
        );
        assert!(
            said.contains("chmod 600")
                && said.contains(&format!("{mode:o}"))
                && !said.contains("CANARY"),
            "{said}"
        );
    }
    let said = refusal_to_start(
        &[
            "--port=0",
            "--journal",
            text(&journal),
            "--key-file",
            text(folder.path()),
        ],
        None,
    );
    assert!(said.contains("no regular file"), "{said}");
}

#[test]
fn options_that_could_harm_do_not_exist() {
    for line in [
        &["serve", "--api-origin", "http://www.jimmyai.cn"][..],
        &["serve", "--api-origin", "https://www.jimmyai.cn/v2"],
        &["serve", "--max-cost", "1"],
        &["serve", "--prices", "b", "--max-cost", "-1"],
        &["serve", "--allow-unknown"],
        &["serve", "--key", "sk_1"],
        &["serve", "--host", "0.0.0.0"],
        &["serve", "--bind", "0.0.0.0"],
        &["serve", "--cors", "*"],
        &["serve", "--answer-time", "0"],
    ] {
        assert!(Line::try_parse_from(line).is_err(), "{line:?}");
    }
}
