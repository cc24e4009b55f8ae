//! Other people's text never controls a terminal, in whichever message it is shown.
#![cfg(unix)]

use std::fs::OpenOptions;
use std::io::Read;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use unicode_width::UnicodeWidthStr;

use crate::support::{command, write};

/// Control characters of each kind: C0, C1, a direction mark, an override, an isolate, a line separator.
const OBEYED: &str = "\u{1b}[2J\u{7}\u{9b}2J\u{85}\u{200f}\u{202e}\u{2066}\u{2028}\u{61c}";

/// Everything that a terminal gets if standard output and standard error both go to it.
fn on_terminal(arguments: &[&str]) -> String {
    sized(arguments, 0)
}

/// The same on a terminal with this many columns; 0 means that the terminal has no size.
fn sized(arguments: &[&str], columns: u16) -> String {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&ours, size).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let terminal = OpenOptions::new().read(true).write(true).open(name);
    let terminal = terminal.unwrap();
    let mut child = command(arguments)
        .stdin(std::process::Stdio::null())
        .stdout(terminal.try_clone().unwrap())
        .stderr(terminal)
        .spawn()
        .unwrap();
    let mut shown = Vec::new();
    // Reading fails when the other end is closed.
    let _ = std::fs::File::from(ours).read_to_end(&mut shown);
    child.wait().unwrap();
    String::from_utf8(shown).unwrap()
}

#[track_caller]
fn is_harmless(arguments: &[&str]) {
    let shown = on_terminal(arguments);
    assert!(!shown.is_empty(), "{arguments:?}");
    // The only control sequences allowed are our own colours.
    let mut rest = shown.replace("\r\n", "\n");
    while let Some(start) = rest.find("\u{1b}[") {
        let length = rest[start + 2..].find(|c: char| !c.is_ascii_digit() && c != ';');
        let end = start + 2 + length.unwrap();
        assert_eq!(&rest[end..=end], "m", "{arguments:?}: {shown:?}");
        rest.replace_range(start..=end, "");
    }
    let obeyed = |c: char| c.is_control() && c != '\n' || OBEYED.contains(c) && !c.is_ascii();
    assert!(!rest.contains(obeyed), "{arguments:?}: {shown:?}");
}

#[test]
fn whatever_comes_in_is_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let text = |text: &str| serde_json::to_string(text).unwrap();
    let bad = text(OBEYED);
    let request = format!(
        r#"{{"model": {bad}, "prompt": "a", "duration": 5, "ratio": {bad}, "images": [{bad}], {bad}: 1}}"#
    );
    let raw = format!("{{\"model\": \"{OBEYED}\", \"{OBEYED}");
    let book = format!(
        r#"{{"currency": {bad}, "as_of": {bad}, "prices": {{{bad}: "1", "seedance2.0-md": "0.5"}}}}"#
    );
    let bad_book = format!(r#"{{"currency": "USD", "prices": {{{bad}: {bad}}}}}"#);
    let facts = format!(r#"{{{bad}: 1, "reference_videos": [{{{bad}: 1}}]}}"#);
    let good = r#"{"model": "seedance2.0-md", "prompt": "a", "duration": 5}"#;
    let jobs = format!(
        "{request}\n{{\"id\": {bad}, \"request\": {good}}}\n{{\"id\": 1, \"request\": {good}, {bad}: 1}}\n{raw}\n"
    );
    let quotes = format!(
        "{{\"line\": 1, \"id\": {bad}, \"error\": {bad}}}\n{{\"line\": 2, \"id\": 2, \"error\": 1}}\n"
    );
    let charges = format!(
        "{{\"id\": {bad}, \"amount\": 1, \"currency\": {bad}}}\n{{\"id\": \"x\", \"amount\": 1}}\n"
    );
    let file = |name: &str, text: &str| write(&folder, &format!("{name}{OBEYED}"), text);
    let (request, raw, good) =
        (&file("request", &request), &file("raw", &raw), &file("good", good));
    let (book, bad_book, facts) =
        (&file("book", &book), &file("bad_book", &bad_book), &file("facts", &facts));
    let (jobs, quotes, charges) =
        (&file("jobs", &jobs), &file("quotes", &quotes), &file("charges", &charges));
    let bad_charges = &write(&folder, "bad.csv", &format!("id,{OBEYED}\n1,1\n"));
    let bad_amount = &write(&folder, "amount.csv", &format!("id,amount\n1,{OBEYED}\n"));
    let calls: [&[&str]; 21] = [
        &["check", request],
        &["check", raw],
        &["check", OBEYED],
        &["check", "--ndjson", jobs],
        &["check", good, "--media", facts],
        &["quote", request, "--prices", book],
        &["quote", good, "--prices", book],
        &["quote", good, "--prices", bad_book],
        &["quote", "--ndjson", jobs, "--prices", book],
        &["compare", request, "--prices", book],
        &["plan", jobs, "--prices", book, "--budget", "1"],
        &["plan", jobs, "--prices", book, "--out", OBEYED],
        &["reconcile", quotes, charges],
        &["reconcile", quotes, bad_charges],
        &["reconcile", quotes, bad_amount],
        &["reconcile", jobs, charges],
        &["prices", "lint", book],
        &["prices", "diff", book, "prices.json"],
        &["prices", "template", "--currency", OBEYED],
        &["explain", OBEYED],
        &[OBEYED],
    ];
    for call in calls {
        for more in [&[][..], &["--format", "json"], &["--lang", "zh"]] {
            is_harmless(&[call, more].concat());
        }
    }
}

/// A narrow terminal does not break identifiers, so that they can be copied.
#[test]
fn words_stay_whole_where_the_terminal_is_narrow() {
    // A pseudoterminal has no size until it is given one.
    let shown = sized(&["plan", "jobs.ndjson", "--prices", "prices.json"], 60);
    for word in ["seedance2.0-mini-video", "seedance2.0-fast-i2v"] {
        assert!(shown.contains(word), "{shown}");
    }
    let shown = sized(&["compare", "mini-image.json"], 90);
    let lines = || shown.lines().map(str::trim_end);
    assert!(lines().all(|line| line.chars().count() <= 90), "{shown}");
    assert!(lines().count() > 24, "{shown}");
}

/// What does not fit side by side is written cell by cell, and never wider than the terminal.
#[test]
fn wide_tables_fit_a_narrow_terminal() {
    let plan = ["plan", "jobs.ndjson", "--prices", "prices.json", "--budget", "1"];
    let calls: [&[&str]; 3] =
        [&plan, &["routes"], &["compare", "mini-image.json", "--prices", "prices.json"]];
    for call in calls {
        for (lang, columns) in [("en", 80), ("zh", 80), ("en", 60)] {
            let shown = sized(&[call, &["--lang", lang]].concat(), columns);
            // The sentences behind a table are the terminal's to break.
            let mut table =
                shown.lines().map(str::trim_end).take_while(|line| !line.contains("4 jobs"));
            assert!(
                table.all(|line| line.width() <= columns.into() || line.contains("USD")),
                "{shown}"
            );
        }
    }
    let shown = sized(&plan, 80).replace("\r\n", "\n");
    let second = "
 LINE            2
 ID              shot-2
 STATUS          ready
 MODEL           seedance2.0-mini-video
 BEST            0.55
 WORST           0.55
 TOTAL           0.85
 FITS            yes
 CHEAPEST MODEL  seedance2.0-mini-sp
 SAVES           0.15

 LINE            3
";
    assert!(shown.contains(second), "{shown}");
}

/// Chinese text is broken between its characters, and numbers and names beside it are not.
#[test]
fn chinese_tables_fit_a_narrow_terminal() {
    for columns in [60, 70] {
        let shown = sized(&["explain", "--lang", "zh"], columns);
        assert!(shown.lines().all(|line| line.trim_end().width() <= columns.into()), "{shown}");
        for whole in ["images-with-frames", "duration-out-of-range"] {
            assert!(shown.contains(whole), "{shown}");
        }
    }
}

/// JSON off a terminal keeps control characters as they were.
#[test]
fn json_that_no_terminal_reads_is_not_escaped() {
    let run = crate::support::fed(&["check", "--format", "json"], "{\"\u{9b}\": 1}".as_bytes());
    assert!(run.out.contains("\"/\u{9b}\""), "{}", run.out);
}
