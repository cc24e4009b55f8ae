//! The terminal: what is said to the person there, and what the person asks for by keys and signals.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use seedance_core::Lang;

use crate::text::Words;

pub(crate) mod keyboard;
pub(crate) mod signals;

/// How many lines may wait for a terminal that does not take them; further lines are dropped and counted.
const QUEUE: usize = 1024;

/// Standard output and standard error, written by a separate thread. A pipe that nobody reads, or a terminal held by Ctrl-S,
/// stalls only that thread.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    lang: Lang,
    lines: SyncSender<Line>,
    dropped: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Line {
    Output(String),
    Error(String),
    /// Answered once everything before it is written.
    Mark(SyncSender<()>),
}

impl Terminal {
    pub(crate) fn new(lang: Lang) -> Self {
        let (lines, queue) = sync_channel(QUEUE);
        let dropped = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&dropped);
        std::thread::spawn(move || write_all(&queue, &counted, lang));
        Self { lang, lines, dropped }
    }

    /// A line on standard output, which a program may read.
    pub(crate) fn print(&self, line: String) {
        self.queue(Line::Output(line));
    }

    /// A line on standard error.
    pub(crate) fn say(&self, line: String) {
        self.queue(Line::Error(line));
    }

    /// A line on standard error, in the person's language.
    pub(crate) fn tell(&self, words: Words) {
        self.say(words.pick(self.lang));
    }

    /// Waits until everything is written, but no longer than `patience`.
    pub(crate) fn finish(&self, patience: Duration) {
        let (done, written) = sync_channel(1);
        if self.lines.try_send(Line::Mark(done)).is_ok() {
            let _ = written.recv_timeout(patience);
        }
    }

    fn queue(&self, line: Line) {
        if self.lines.try_send(line).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Errors are ignored: whoever closed standard output or standard error does not want to read it.
fn write_all(queue: &Receiver<Line>, dropped: &AtomicU64, lang: Lang) {
    for line in queue {
        let _ = match line {
            Line::Output(line) => write_line(io::stdout().lock(), &line),
            Line::Error(line) => write_line(io::stderr().lock(), &line),
            Line::Mark(done) => {
                let _ = done.send(());
                Ok(())
            }
        };
        let count = dropped.swap(0, Ordering::Relaxed);
        if count > 0 {
            let note = words!(
                "(Lines dropped because the terminal was too slow: {count}.)",
                "（终端未能及时显示，已丢弃 {count} 行。）"
            );
            let _ = write_line(io::stderr().lock(), &note.pick(lang));
        }
    }
}

fn write_line(mut to: impl Write, line: &str) -> io::Result<()> {
    to.write_all(format!("{line}\n").as_bytes())?;
    to.flush()
}
