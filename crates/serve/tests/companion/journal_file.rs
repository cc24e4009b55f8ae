//! The journal's file while a companion runs, and files that cannot be a journal.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::desk::text;
use crate::support::running::{Running, folder, refusal_to_start};
use crate::support::{CANARY, CREATED, DRAFT, Gateway, Reply};

#[test]
fn nothing_is_sent_once_the_journal_was_replaced_changed_or_deleted() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 3] = [
        ("deleted", |path| std::fs::remove_file(path).unwrap()),
        ("emptied", |path| std::fs::write(path, "").unwrap()),
        ("saved by an editor", |path| {
            let copy = path.with_extension("new");
            std::fs::copy(path, &copy).unwrap();
            std::fs::rename(copy, path).unwrap();
        }),
    ];
    for (name, change) in changes {
        let (_folder, journal) = folder();
        let gateway = Gateway::always(Reply::json(CREATED));
        let running = Running::start(&gateway, &journal, Some(CANARY));
        assert_eq!(running.create(DRAFT).send().status, 200);
        change(&journal);
        let heard = running
            .create(DRAFT)
            .set("Seedance-Attempt", "1f8fad5b-d9cb-469f-a165-70867728950e")
            .send();
        assert_eq!(
            heard.charged_refusal(),
            (507, "journal_failed".to_owned(), "none".to_owned()),
            "{name}"
        );
        assert!(heard.text().contains("replaced"), "{name}");
        running.end_by("-INT");
        assert_eq!(gateway.calls(), 1, "{name}");
    }
}

/// Room for the end of an attempt counts too: this limit leaves enough for its beginning alone.
#[test]
fn a_disk_that_could_not_take_the_answer_refuses_before_sending() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let limit = |bytes: &str| {
        let status = Command::new("prlimit")
            .args(["--pid", &running.id().to_string(), &format!("--fsize={bytes}")])
            .status()
            .unwrap();
        assert!(status.success());
    };
    limit("65536:unlimited");
    assert_eq!(
        running.create(DRAFT).send().charged_refusal(),
        (507, "journal_failed".to_owned(), "none".to_owned())
    );
    assert_eq!(gateway.calls(), 0);
    limit("unlimited:unlimited");
    assert_eq!(running.create(DRAFT).send().status, 200);
    running.end_by("-INT");
}

/// The room was there when the attempt began. A limit set later loses this answer at a restart, but does not end the process.
#[test]
fn a_file_size_limit_is_an_error_and_not_the_end() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(600));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let mut waiting = running.create(DRAFT).start();
    gateway.wait_for_calls(1);
    let status = Command::new("prlimit")
        .args(["--pid", &running.id().to_string(), "--fsize=1"])
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(crate::support::Heard::read(&mut waiting).text(), CREATED);
    assert_eq!(running.end_by("-INT").0, Some(0));
}

#[test]
fn what_others_can_read_or_is_no_file_is_not_a_journal() {
    let (folder, journal) = folder();
    std::fs::write(&journal, "").unwrap();
    for mode in [0o644, 0o640, 0o606] {
        std::fs::set_permissions(&journal, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = refusal_to_start(&["--port=0", "--journal", text(&journal)], None);
        assert!(said.contains("chmod 600") && said.contains(&format!("{mode:o}")), "{said}");
    }
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [text(&pipe), "/dev/null", "/dev/full"] {
        let said = refusal_to_start(&["--port=0", "--journal", path], None);
        assert!(said.contains("not a regular file"), "{said}");
    }
}
