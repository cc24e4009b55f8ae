//! What a terminal can do to the companion: stall, close, ask it to stop, and belong to other programs.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use seedance_serve::is_ignored;
use signal_hook::consts::SIGHUP;

use crate::support::desk::text;
use crate::support::running::{Running, by_shell, command, folder, signal};
use crate::support::{CANARY, CREATED, DRAFT, Gateway, Heard, Reply};

fn line<'a>(origin: &'a str, journal: &'a str) -> [&'a str; 5] {
    ["--port=0", "--api-origin", origin, "--journal", journal]
}

/// A pipe that nobody reads stands in for a terminal after Ctrl-S: a write to it never returns.
#[test]
fn a_standard_error_that_takes_nothing_stalls_nobody() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut filler = writer.try_clone().unwrap();
    let filling = thread::spawn(move || filler.write_all(&vec![b'.'; 1024 * 1024]));
    thread::sleep(Duration::from_millis(300));
    assert!(!filling.is_finished(), "the pipe is full");
    let mut command = command(&line(&gateway.origin(), text(&journal)), Some(CANARY));
    command.stderr(writer);
    let running = Running::of(command);
    assert_eq!(running.create(DRAFT).send().text(), CREATED);
    let lines = std::fs::read_to_string(&journal).unwrap();
    assert_eq!(lines.lines().count(), 2, "begun and ended: {lines}");
    // More lines than can wait for a terminal: the rest is dropped and counted.
    for _ in 0..1200 {
        assert_eq!(running.get("/nothing").status, 404);
    }
    let reading = thread::spawn(move || {
        let mut said = String::new();
        reader.read_to_string(&mut said).map(|_| said)
    });
    filling.join().unwrap().unwrap();
    assert_eq!(running.end_by("-TERM").0, Some(0));
    let said = reading.join().unwrap().unwrap();
    let said = said.trim_start_matches('.');
    assert!(said.contains("(Lines dropped because the terminal was too slow: "), "{said}");
}

#[test]
fn a_companion_that_nobody_listens_to_still_stops() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let (_reader, writer) = std::io::pipe().unwrap();
    let mut filler = writer.try_clone().unwrap();
    thread::spawn(move || filler.write_all(&vec![b'.'; 1024 * 1024]));
    thread::sleep(Duration::from_millis(300));
    let mut command = command(&line(&gateway.origin(), text(&journal)), Some(CANARY));
    command.stderr(writer);
    let running = Running::of(command);
    let begun = Instant::now();
    assert_eq!(running.end_by("-TERM").0, Some(0));
    assert!(begun.elapsed() < Duration::from_secs(8));
}

#[test]
fn a_closed_terminal_and_a_quit_wait_for_the_create_under_way() {
    // These tests may run under `nohup`, where the companion rightly ignores a hang-up.
    let is_heard = |name: &&str| *name != "-HUP" || !is_ignored(SIGHUP);
    for name in ["-HUP", "-QUIT"].into_iter().filter(is_heard) {
        let (_folder, journal) = folder();
        let gateway = Gateway::always(Reply::json(CREATED).after(1_500));
        let running = Running::start(&gateway, &journal, Some(CANARY));
        let mut waiting = running.create(DRAFT).start();
        gateway.wait_for_calls(1);
        running.signal(name);
        if name == "-HUP" {
            // The system sends a hang-up, and then the shell does.
            thread::sleep(Duration::from_millis(200));
            running.signal(name);
        }
        assert_eq!(Heard::read(&mut waiting).text(), CREATED, "{name}");
        assert_eq!(running.end().0, Some(0), "{name}");
    }
}

#[test]
fn nohup_is_respected() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::of(by_shell(
        "trap '' HUP; exec \"$0\" \"$@\"",
        &line(&gateway.origin(), text(&journal)),
        Some(CANARY),
    ));
    running.signal("-HUP");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(running.create(DRAFT).send().status, 200);
    let (code, printed) = running.end_by("-TERM");
    assert_eq!(code, Some(0));
    assert_eq!(printed.matches("Stopping").count(), 1, "{printed}");
}

/// A companion on a terminal, made by util-linux's `script`; what is written to its input is typed there.
fn on_a_terminal(shell: &str, gateway: &Gateway, journal: &str) -> Running {
    let inner = by_shell(shell, &line(&gateway.origin(), journal), Some(CANARY));
    let words: Vec<_> = std::iter::once(inner.get_program())
        .chain(inner.get_args())
        .map(|word| format!("'{}'", word.to_str().unwrap()))
        .collect();
    let mut command = Command::new("script");
    // `exec`, since otherwise a Ctrl-C would also end the shell that `script` starts, and the shell's status would count.
    let line = format!("exec {}", words.join(" "));
    command.env("SHELL", "/bin/sh");
    command.args(["-qfec", &line, "/dev/null"]);
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    Running::of(command)
}

#[test]
fn enter_gives_a_new_link() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let mut running = on_a_terminal("exec \"$0\" \"$@\"", &gateway, text(&journal));
    let first = running.link.clone();
    running.typing().write_all(b"\n").unwrap();
    let second = loop {
        let line = running.next_line();
        assert!(!line.is_empty(), "a second link is printed");
        if line.contains("/companion/open#") {
            break line;
        }
    };
    assert_ne!(second.trim_end(), first);
    // Ctrl-C, as the terminal sends it.
    running.typing().write_all(b"\x03").unwrap();
    assert_eq!(running.end().0, Some(0));
}

/// The system stops a program that reads the terminal from the background.
#[test]
fn in_the_background_it_goes_on_and_leaves_the_terminal_alone() {
    let (folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let number = folder.path().join("number");
    let shell = format!("set -m; \"$0\" \"$@\" & echo $! > {}; wait", text(&number));
    let mut running = on_a_terminal(&shell, &gateway, text(&journal));
    let companion: u32 = loop {
        let written = std::fs::read_to_string(&number).unwrap_or_default();
        if let Some(number) = written.strip_suffix('\n') {
            break number.parse().unwrap();
        }
        thread::sleep(Duration::from_millis(5));
    };
    for _ in 0..2 {
        thread::sleep(Duration::from_millis(300));
        let state = std::fs::read_to_string(format!("/proc/{companion}/status")).unwrap();
        assert!(!state.contains("T (stopped)"), "{state}");
        assert_eq!(running.create(DRAFT).send().status, 200);
        running.typing().write_all(b"for the shell\n").unwrap();
    }
    signal("-TERM", companion);
    running.end();
}
