//! How far a batch is, on standard error, when somebody looks.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar where the length is known, a running count of bytes where it is not, nothing off a terminal.
pub fn bar(length: Option<u64>, quiet: bool) -> ProgressBar {
    // Answers on the same terminal and a bar would write over each other.
    let shown = !quiet && io::stderr().is_terminal() && !io::stdout().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template = match length {
        Some(_) => "{bar:40} {bytes}/{total_bytes} ({bytes_per_sec}, {eta} left)",
        None => "{spinner} {bytes} ({bytes_per_sec})",
    };
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(length, target).with_style(style)
}
