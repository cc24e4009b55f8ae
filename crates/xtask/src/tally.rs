//! Steps of a run: one line each with its seconds, what failed when one fails, and at the end what the test runners counted.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::run::{Outcome, target};

/// A step: its name, and what it does, which returns what its runner printed.
pub type Step = (&'static str, fn() -> Outcome<String>);

/// Of a failed step's output so many lines are shown, from its beginning and from its end; the whole is kept in a file.
const SHOWN: (usize, usize) = (80, 40);

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
        let word = if done.is_ok() { "ok    " } else { "FAILED" };
        println!("{word}  {seconds:7.1} s  {name}");
        let failed = done.is_err();
        let text = done.unwrap_or_else(|error| format!("{error:#}"));
        let counts = count(&text);
        self.passed += counts.passed;
        self.failed += counts.failed;
        if failed {
            self.failures.push(name.to_owned());
            self.failed += u64::from(counts.failed == 0);
            println!("{}", report(name, &text));
        } else {
            // A step without a runner of its own is one test: it passed.
            self.passed += u64::from(counts.passed == 0);
            for line in text.lines().filter(|line| line.starts_with("measured: ")) {
                println!("        {line}");
            }
        }
        let lines: Vec<&str> = text.lines().filter(|line| is_summary(line)).collect();
        if !lines.is_empty() {
            self.closing.push(format!("{name}:"));
            self.closing.extend(lines.into_iter().map(String::from));
        }
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

/// What is shown of a failed step's output: which tests failed, and the output without what passed, cut where it is long.
fn report(name: &str, text: &str) -> String {
    let mut shown: Vec<String> = failed_tests(text)
        .map(|test| format!("failed test: {test}"))
        .collect();
    let left = without_passed(text);
    let lines: Vec<&str> = left.lines().collect();
    let (first, last) = SHOWN;
    let between = lines.len().saturating_sub(first + last);
    if between == 0 {
        shown.push(left);
    } else {
        let (head, tail) = (lines.iter().take(first), lines.iter().skip(first + between));
        shown.extend(head.map(ToString::to_string));
        shown.push(match keep(name, text) {
            Ok(file) => format!("… {between} lines; all of it is in {}", file.display()),
            Err(error) => format!("… {between} lines, which could not be kept: {error:#}"),
        });
        shown.extend(tail.map(ToString::to_string));
    }
    shown.join("\n")
}

/// Writes a step's whole output into a file below cargo's target folder.
fn keep(name: &str, text: &str) -> Outcome<PathBuf> {
    let folder = target().join("failed");
    fs::create_dir_all(&folder)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    let words: Vec<&str> = name
        .split(|c| !is_plain(c))
        .filter(|it| !it.is_empty())
        .collect();
    let file = folder.join(words.join("-")).with_extension("log");
    fs::write(&file, text)?;
    Ok(file)
}

/// The names of the tests that failed, as cargo's and node's test runners give them.
fn failed_tests(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let of_cargo = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.strip_suffix(" stdout ----"));
        let of_node = || Some(line.strip_prefix("not ok ")?.split_once(" - ")?.1);
        of_cargo.or_else(of_node)
    })
}

/// A runner's output without its lines on what passed, so that a log that is cut short still shows what did not.
fn without_passed(text: &str) -> String {
    let mut left = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let word = line.trim_start();
        let is_passed =
            word.starts_with("ok ") || word.starts_with("test ") && word.ends_with(" ... ok");
        if is_passed && lines.next_if(|next| next.trim() == "---").is_some() {
            lines.by_ref().find(|next| next.trim() == "...");
        } else if !is_passed && !word.starts_with("# Subtest: ") {
            left.push_str(line);
            left.push('\n');
        }
    }
    left
}

/// The closing lines of cargo's and of node's test runner, but for suites without a test.
fn is_summary(line: &str) -> bool {
    let of_cargo = line.starts_with("test result: ") && !line.contains(" 0 passed; 0 failed;");
    of_cargo || line.starts_with("# pass ") || line.starts_with("# fail ")
}

/// What test runners counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
}

/// What the runners counted in a text.
fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter(|line| is_summary(line)) {
        let words: Vec<&str> = line
            .split([' ', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            match pair {
                [number, "passed"] | ["pass", number] => {
                    counts.passed += number.parse().unwrap_or(0);
                }
                [number, "failed"] | ["fail", number] => {
                    counts.failed += number.parse().unwrap_or(0);
                }
                _ => {}
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_both_runners_close_with() {
        let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored\n# tests 5\n# pass 4\n# fail 1\n";
        let (passed, failed) = (7, 1);
        assert_eq!(count(text), Counts { passed, failed });
        assert_eq!(count("nothing ran"), Counts::default());
        assert!(!is_summary(
            "test result: ok. 0 passed; 0 failed; 0 ignored"
        ));
    }

    #[test]
    fn of_a_failed_run_what_passed_is_left_out() {
        let node = "TAP version 13\n# Subtest: good\nok 1 - good\n  ---\n  duration_ms: 1\n  ...\n# Subtest: bad\nnot ok 2 - bad\n  ---\n  error: 'why'\n  ...\nok 3 - last\n# pass 2\n# fail 1\n";
        assert_eq!(
            without_passed(node),
            "TAP version 13\nnot ok 2 - bad\n  ---\n  error: 'why'\n  ...\n# pass 2\n# fail 1\n"
        );
        let cargo = "test a ... ok\ntest b ... FAILED\ntest result: FAILED. 1 passed; 1 failed\n";
        assert_eq!(
            without_passed(cargo),
            "test b ... FAILED\ntest result: FAILED. 1 passed; 1 failed\n"
        );
    }

    #[test]
    fn a_failed_run_names_its_tests_and_is_cut_where_it_is_long() {
        let text = format!(
            "---- books::texts stdout ----\n{}not ok 7 - a - b\n",
            "why\n".repeat(500)
        );
        let shown = report("a step (of tests)", &text);
        assert!(shown.starts_with("failed test: books::texts\nfailed test: a - b\n---- books"));
        assert_eq!(shown.lines().count(), 2 + SHOWN.0 + 1 + SHOWN.1);
        let kept = target().join("failed/a-step-of-tests.log");
        assert!(shown.contains(&format!("… 382 lines; all of it is in {}", kept.display())));
        assert_eq!(fs::read_to_string(kept).ok().as_ref(), Some(&text));
    }

    #[test]
    fn a_failed_step_fails_the_run_and_stops_no_other() {
        let mut tally = Tally::default();
        tally.step("one", || Ok(String::new()));
        tally.step("two", || anyhow::bail!("broken"));
        tally.step("three", || {
            Ok("test result: ok. 5 passed; 0 failed; 0 ignored\n".to_owned())
        });
        assert_eq!((tally.passed, tally.failed), (6, 1));
        assert_eq!(
            tally.closing,
            ["three:", "test result: ok. 5 passed; 0 failed; 0 ignored"]
        );
        assert!(!tally.close());
    }
}
