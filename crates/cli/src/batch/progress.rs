//! The progress of a batch, on standard error if it is a terminal.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar if the length in bytes is known, otherwise a count of bytes; hidden unless standard error is a terminal.
pub fn bar(length: Option<u64>, quiet: bool) -> ProgressBar {
    // If answers went to the same terminal, they and the bar would overwrite each other.
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
