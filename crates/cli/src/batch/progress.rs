//! How far a batch is, on standard error, when somebody looks.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar where the length is known, a running count of bytes where it is not, nothing off a terminal.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn new(length: Option<u64>, quiet: bool) -> Self {
        // Answers on the same terminal and a bar would write over each other.
        let shown = !quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(length, target);
        let template = match length {
            Some(_) => "{bar:40} {bytes}/{total_bytes} ({bytes_per_sec}, {eta} left)",
            None => "{spinner} {bytes} ({bytes_per_sec})",
        };
        match ProgressStyle::with_template(template) {
            Ok(style) => Self(bar.with_style(style)),
            Err(_) => Self(bar),
        }
    }

    pub fn add(&self, bytes: usize) {
        self.0.inc(bytes as u64);
    }

    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
