//! Runs steps: prints a line for each, the output of failed ones, and at the end the test runners' counts.

use std::fs;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use itertools::Itertools;

use crate::run::{Outcome, root};

/// A step's name, its work, which returns what the test runner printed, and the folders that no later step needs. These are
/// removed after the step, unless they existed before it.
pub type Step = (&'static str, fn() -> Outcome<String>, &'static [&'static str]);

/// The results of all steps so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
    /// The name of each step with a test runner, followed by the runner's summary lines.
    closing: Vec<String>,
}

impl Tally {
    /// Runs these lanes side by side, and the steps of each lane one after another, if their name contains `only`. The steps
    /// after a failed one still run.
    pub fn run(&mut self, lanes: &[&[Step]], only: Option<&str>) {
        let tally = &Mutex::new(self);
        thread::scope(|scope| {
            for lane in lanes {
                scope.spawn(move || {
                    for step in lane.iter().filter(|step| is_chosen(step, only)) {
                        eprintln!("…       {}", step.0);
                        let start = Instant::now();
                        let done = run(step);
                        let seconds = start.elapsed().as_secs_f64();
                        let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                        tally.add(step.0, seconds, done);
                    }
                });
            }
        });
    }

    fn add(&mut self, name: &str, seconds: f64, done: Outcome<String>) {
        let is_ok = done.is_ok();
        let word = if is_ok { "ok    " } else { "FAILED" };
        println!("{word}  {seconds:7.1} s  {name}");
        let text = done.unwrap_or_else(|error| format!("{error:#}"));
        // A step without a test runner counts as one test.
        let (passed, failed) = count(&text);
        self.passed += passed.max(is_ok.into());
        self.failed += failed.max((!is_ok).into());
        if is_ok {
            let measured = text.lines().filter(|line| line.starts_with("measured: "));
            measured.for_each(|line| println!("        {line}"));
        } else {
            self.failures.push(name.to_owned());
            println!("{}", without_passed(&text).join("\n"));
        }
        let summaries = text.lines().filter(|line| is_summary(line)).join("\n");
        if !summaries.is_empty() {
            self.closing.push(format!("{name}:\n{summaries}"));
        }
    }

    /// Prints the summary, the test runners' own lines last, and returns whether everything passed.
    pub fn close(self) -> bool {
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        for lines in &self.closing {
            println!("{lines}");
        }
        self.failed == 0
    }
}

/// Whether a step's name contains the text that was asked for.
pub fn is_chosen(step: &Step, only: Option<&str>) -> bool {
    only.is_none_or(|only| step.0.contains(only))
}

fn run((_, work, leaves): &Step) -> Outcome<String> {
    let folders = leaves.iter().map(|folder| root().join(folder));
    let made: Vec<_> = folders.filter(|folder| !folder.exists()).collect();
    let done = work();
    for folder in made {
        // A folder that cannot be removed only takes up space.
        let _ = fs::remove_dir_all(folder);
    }
    done
}

/// A test runner's output without the lines about passed tests.
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

/// Whether a line is the summary of cargo's or node's test runner. Summaries of suites without tests do not count.
fn is_summary(line: &str) -> bool {
    let of_cargo = line.starts_with("test result: ") && !line.contains(" 0 passed; 0 failed;");
    of_cargo || line.starts_with("# pass ") || line.starts_with("# fail ")
}

/// How many tests passed and failed, added up over the summaries of the test runners: cargo writes `3 passed; 0 failed;`, node
/// `# pass 3` and `# fail 0`.
fn count(text: &str) -> (u64, u64) {
    let (mut passed, mut failed) = (0, 0);
    for line in text.lines().filter(|line| is_summary(line)) {
        for (word, next) in line.split_whitespace().tuple_windows() {
            match (word, next) {
                (number, "passed;") | ("pass", number) => passed += number.parse().unwrap_or(0),
                (number, "failed;") | ("fail", number) => failed += number.parse().unwrap_or(0),
                _ => {}
            }
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
    fn a_failed_step_fails_the_run_and_stops_no_other() {
        let lanes: [&[Step]; 2] = [
            &[("one", || Ok(String::new()), &[]), ("two", || anyhow::bail!("broken"), &[])],
            &[("three", || Ok("test result: ok. 5 passed; 0 failed; 0 ignored\n".into()), &[])],
        ];
        let mut tally = Tally::default();
        tally.run(&lanes, None);
        assert_eq!((tally.passed, tally.failed), (6, 1));
        assert_eq!(tally.failures, ["two"]);
        assert_eq!(tally.closing, ["three:\ntest result: ok. 5 passed; 0 failed; 0 ignored"]);
        tally.run(&lanes, Some("on"));
        assert_eq!((tally.passed, tally.failed), (7, 1));
        assert!(!tally.close());
    }
}
