//! Steps of a run: one line each with its seconds, what failed when one fails, and at the end what the test runners counted.

use std::fs;
use std::time::Instant;

use heck::ToKebabCase;

use crate::run::{Outcome, target};

/// Of a failed step's output so many lines are shown; the whole is kept in a file.
const SHOWN: usize = 120;

/// Counts over all steps.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
    /// The runners' own closing lines, each step's under its name.
    closing: Vec<String>,
}

impl Tally {
    /// Runs one step and prints its line. A step that fails stops no other.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome<String>) {
        let start = Instant::now();
        let done = work();
        let seconds = start.elapsed().as_secs_f64();
        let is_ok = done.is_ok();
        let word = if is_ok { "ok    " } else { "FAILED" };
        println!("{word}  {seconds:7.1} s  {name}");
        let text = done.unwrap_or_else(|error| format!("{error:#}"));
        // A step without a runner of its own is one test.
        let (passed, failed) = count(&text);
        if is_ok {
            self.passed += passed.max(1);
            let measured = text.lines().filter(|line| line.starts_with("measured: "));
            measured.for_each(|line| println!("        {line}"));
        } else {
            self.passed += passed;
            self.failures.push(name.to_owned());
            println!("{}", report(name, &text));
        }
        self.failed += failed.max(u64::from(!is_ok));
        let mut lines = text.lines().filter(|line| is_summary(line)).peekable();
        let title = lines.peek().map(|_| format!("{name}:"));
        self.closing.extend(title.into_iter().chain(lines.map(String::from)));
    }

    /// Prints the closing lines, the runners' own last, and says whether everything passed.
    pub fn close(self) -> bool {
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        for line in &self.closing {
            println!("{line}");
        }
        self.failures.is_empty() && self.failed == 0
    }
}

/// What is shown of a failed step's output, all of which is kept in a file: which tests failed, and the beginning of what did not
/// pass.
fn report(name: &str, text: &str) -> String {
    let folder = target().join("failed");
    let file = folder.join(format!("{}.log", name.to_kebab_case()));
    let kept = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
    let last = match kept {
        Ok(()) => format!("all of it is in {}", file.display()),
        Err(error) => format!("it could not be kept: {error}"),
    };
    let names = failed_tests(text).map(|test| format!("failed test: {test}"));
    let lines = without_passed(text).into_iter().take(SHOWN).map(String::from);
    names.chain(lines).chain([last]).collect::<Vec<_>>().join("\n")
}

/// The names of the tests that failed, as cargo's and node's test runners give them.
fn failed_tests(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| match line.strip_prefix("---- ") {
        Some(of_cargo) => of_cargo.strip_suffix(" stdout ----"),
        None => Some(line.strip_prefix("not ok ")?.split_once(" - ")?.1),
    })
}

/// A runner's output without its lines on what passed.
fn without_passed(text: &str) -> Vec<&str> {
    let mut left = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let word = line.trim_start();
        let is_passed =
            word.starts_with("ok ") || word.starts_with("test ") && word.ends_with(" ... ok");
        if is_passed && lines.next_if(|next| next.trim() == "---").is_some() {
            lines.by_ref().find(|next| next.trim() == "...");
        } else if !is_passed && !word.starts_with("# Subtest: ") {
            left.push(line);
        }
    }
    left
}

/// The closing lines of cargo's and of node's test runner, but for suites without a test.
fn is_summary(line: &str) -> bool {
    let of_cargo = line.starts_with("test result: ") && !line.contains(" 0 passed; 0 failed;");
    of_cargo || line.starts_with("# pass ") || line.starts_with("# fail ")
}

/// How many tests the runners counted that passed, and that failed.
fn count(text: &str) -> (u64, u64) {
    let (mut passed, mut failed) = (0, 0);
    for line in text.lines().filter(|line| is_summary(line)) {
        let numbers = line.split(|c: char| !c.is_ascii_digit());
        let numbers: Vec<u64> = numbers.filter_map(|it| it.parse().ok()).collect();
        match numbers[..] {
            [number] if line.starts_with("# pass ") => passed += number,
            [number] => failed += number,
            [one, other, ..] => (passed, failed) = (passed + one, failed + other),
            [] => {}
        }
    }
    (passed, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_both_runners_close_with() {
        let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored\n# tests 5\n# pass 4\n# fail 1\n";
        assert_eq!(count(text), (7, 1));
        assert_eq!(count("nothing ran"), (0, 0));
        assert!(!is_summary("test result: ok. 0 passed; 0 failed; 0 ignored"));
    }

    #[test]
    fn of_a_failed_run_what_passed_is_left_out() {
        let node = "TAP version 13\n# Subtest: good\nok 1 - good\n  ---\n  duration_ms: 1\n  ...\n# Subtest: bad\nnot ok 2 - bad\n  ---\n  error: 'why'\n  ...\nok 3 - last\n# pass 2\n# fail 1\n";
        assert_eq!(
            without_passed(node).join("\n"),
            "TAP version 13\nnot ok 2 - bad\n  ---\n  error: 'why'\n  ...\n# pass 2\n# fail 1"
        );
        let cargo = "test a ... ok\ntest b ... FAILED\ntest result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(
            without_passed(cargo),
            ["test b ... FAILED", "test result: FAILED. 1 passed; 1 failed"]
        );
    }

    #[test]
    fn a_failed_run_names_its_tests_and_is_cut_where_it_is_long() {
        let text =
            format!("---- books::texts stdout ----\n{}not ok 7 - a - b\n", "why\n".repeat(500));
        let shown = report("a step (of tests)", &text);
        assert!(shown.starts_with("failed test: books::texts\nfailed test: a - b\n---- books"));
        assert_eq!(shown.lines().count(), 2 + SHOWN + 1);
        let kept = target().join("failed/a-step-of-tests.log");
        assert!(shown.ends_with(&format!("all of it is in {}", kept.display())));
        assert_eq!(fs::read_to_string(kept).ok().as_ref(), Some(&text));
    }

    #[test]
    fn a_failed_step_fails_the_run_and_stops_no_other() {
        let mut tally = Tally::default();
        tally.step("one", || Ok(String::new()));
        tally.step("two", || anyhow::bail!("broken"));
        tally.step("three", || Ok("test result: ok. 5 passed; 0 failed; 0 ignored\n".to_owned()));
        assert_eq!((tally.passed, tally.failed), (6, 1));
        assert_eq!(tally.closing, ["three:", "test result: ok. 5 passed; 0 failed; 0 ignored"]);
        assert!(!tally.close());
    }
}
