//! Steps of a run: one line each with its seconds, what failed when one fails, and what the test runners counted.

use std::time::Instant;

use crate::run::Outcome;

/// Counts over all steps.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    /// Runs one step, which returns what its runner printed, and prints its line.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome<String>) {
        let start = Instant::now();
        let done = work();
        let seconds = start.elapsed().as_secs_f64();
        let text = match &done {
            Ok(text) => text.clone(),
            Err(error) => format!("{error:#}"),
        };
        let (passed, failed) = count(&text);
        self.passed += passed;
        self.failed += failed;
        match done {
            Ok(_) => {
                // A step without a runner of its own is one test: it passed.
                self.passed += u64::from(passed == 0);
                println!("ok      {seconds:7.1} s  {name}");
                for line in text
                    .lines()
                    .filter(|line| is_summary(line) || line.starts_with("measured: "))
                {
                    println!("        {}", line.trim());
                }
            }
            Err(_) => {
                self.failed += u64::from(failed == 0);
                self.failures.push(name.to_owned());
                println!("FAILED  {seconds:7.1} s  {name}\n{}", without_passed(&text));
            }
        }
    }

    /// The closing lines.
    pub fn close(self) -> Outcome {
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failures.is_empty() && self.failed == 0 {
            return Ok(());
        }
        anyhow::bail!("not everything passed")
    }
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

/// The closing lines of cargo's and of node's test runner.
fn is_summary(line: &str) -> bool {
    line.starts_with("test result: ") || line.starts_with("# pass ") || line.starts_with("# fail ")
}

/// What the runners counted in a text: passed and failed.
fn count(text: &str) -> (u64, u64) {
    let mut totals = (0, 0);
    for line in text.lines().filter(|line| is_summary(line)) {
        let words: Vec<&str> = line
            .split([' ', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            match pair {
                [number, "passed"] | ["pass", number] => {
                    totals.0 += number.parse::<u64>().unwrap_or(0)
                }
                [number, "failed"] | ["fail", number] => {
                    totals.1 += number.parse::<u64>().unwrap_or(0)
                }
                _ => {}
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_both_runners_close_with() {
        let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored\n# tests 5\n# pass 4\n# fail 1\n";
        assert_eq!(count(text), (7, 1));
        assert_eq!(count("nothing ran"), (0, 0));
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
    fn a_failed_step_fails_the_run() {
        let mut tally = Tally::default();
        tally.step("one", || Ok(String::new()));
        tally.step("two", || anyhow::bail!("broken"));
        assert_eq!((tally.passed, tally.failed), (1, 1));
        assert!(tally.close().is_err());
    }
}
