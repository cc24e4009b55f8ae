//! The terminal: what is said to the person there, and what the person asks for by keys and signals.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use seedance_core::Lang;
use tokio::sync::oneshot;

use crate::text::Words;

/// The exit code that shells give a program ended by Ctrl-C.
const STOPPED_AT_ONCE: i32 = 130;
/// Requests to stop this close together are one. A wrapper (`npm run`, `docker run`) passes on a Ctrl-C that the terminal has
/// already sent to the companion too.
const ONE_PRESS: Duration = Duration::from_millis(500);
/// How many lines may wait for a terminal that does not take them; further lines are dropped and counted.
const QUEUE: usize = 1024;
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Standard output and standard error, written by a separate thread. A pipe that nobody reads, or a terminal held by Ctrl-S,
/// stalls only that thread.
#[derive(Clone, Debug)]
pub(crate) struct Terminal {
    lang: Lang,
    /// What the thread is to do.
    orders: SyncSender<Box<dyn FnOnce() + Send>>,
}

impl Terminal {
    pub(crate) fn new(lang: Lang) -> Self {
        let (orders, queue) = sync_channel::<Box<dyn FnOnce() + Send>>(QUEUE);
        std::thread::spawn(move || {
            for order in queue {
                order();
                tell_dropped(lang);
            }
        });
        Self { lang, orders }
    }

    /// A line on standard output, which a program may read.
    pub(crate) fn print(&self, line: String) {
        self.order(move || write_line(io::stdout(), &line));
    }

    /// A line on standard error.
    pub(crate) fn say(&self, line: String) {
        self.order(move || write_line(io::stderr(), &line));
    }

    /// A line on standard error, in the person's language.
    pub(crate) fn tell(&self, words: Words) {
        self.say(words.pick(self.lang));
    }

    /// Waits until everything is written, but no longer than `patience`.
    pub(crate) fn finish(&self, patience: Duration) {
        let (done, written) = sync_channel::<()>(0);
        self.order(move || drop(done));
        let _ = written.recv_timeout(patience);
    }

    fn order(&self, order: impl FnOnce() + Send + 'static) {
        if self.orders.try_send(Box::new(order)).is_err() {
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn tell_dropped(lang: Lang) {
    let count = DROPPED.swap(0, Ordering::Relaxed);
    if count > 0 {
        let note = words!(
            "(Lines dropped because the terminal was too slow: {count}.)",
            "（终端未能及时显示，已丢弃 {count} 行。）"
        );
        write_line(io::stderr(), &note.pick(lang));
    }
}

/// Errors are ignored: whoever closed standard output or standard error does not want to read it.
fn write_line(mut to: impl Write, line: &str) {
    let _ = to.write_all(format!("{line}\n").as_bytes()).and_then(|()| to.flush());
}

/// Completes at the first request to stop; a second one, later than [`ONE_PRESS`], ends the process at once. A separate thread
/// listens, so this works whatever else hangs.
pub(crate) fn stop_requested(terminal: Terminal) -> io::Result<impl Future<Output = ()>> {
    let (first, stop) = oneshot::channel();
    let (mut first, mut heard) = (Some(first), Instant::now());
    listen(move |is_hangup| match first.take() {
        Some(first) => {
            heard = Instant::now();
            terminal.tell(words!(
                "Stopping after the requests in progress. Press Ctrl-C again to stop now.",
                "正在停止，等待未完成的请求；再按 Ctrl-C 立即停止。"
            ));
            let _ = first.send(());
        }
        // A closing terminal hangs up more than once, by the system and by the shell: that is not a second request.
        None if is_hangup || heard.elapsed() < ONE_PRESS => {}
        None => std::process::exit(STOPPED_AT_ONCE),
    })?;
    // This cannot fail: an unused sender is dropped only when the process ends.
    Ok(stop.map(drop))
}

/// Calls `asked` on a separate thread at each request to stop; its argument is whether the terminal was closed.
#[cfg(unix)]
fn listen(mut asked: impl FnMut(bool) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let hangup = Some(SIGHUP).filter(|hangup| !is_ignored(*hangup));
    let wanted = [SIGINT, SIGQUIT, SIGTERM].into_iter().chain(hangup);
    let mut signals = signal_hook::iterator::Signals::new(wanted)?;
    std::thread::spawn(move || signals.forever().for_each(|signal| asked(signal == SIGHUP)));
    Ok(())
}

#[cfg(not(unix))]
fn listen(mut asked: impl FnMut(bool) + Send + 'static) -> io::Result<()> {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            asked(false);
        }
        // Ctrl-C cannot be listened for. Dropping `asked` would count as a request to stop.
        std::future::pending::<()>().await;
    });
    Ok(())
}

/// Whether the process was started with this signal ignored, as by `nohup`; listening to it would undo that. Only Linux tells
/// this without unsafe code: elsewhere no signal counts as ignored.
#[cfg(unix)]
#[must_use]
pub fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Calls `pressed` at each press of Enter, on a separate thread because reading a terminal cannot be interrupted; the thread ends
/// with the process.
pub(crate) fn at_enter(pressed: impl Fn() + Send + 'static) {
    std::thread::spawn(move || read(&pressed));
}

/// Reads only while the companion is in the foreground: the system stops a program that reads the terminal from the background,
/// as after `seedance serve &`.
#[cfg(unix)]
fn read(pressed: &dyn Fn()) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::getpgrp;
    use rustix::termios::tcgetpgrp;

    /// How often to look whether the companion is in the foreground again.
    const AWAY: Duration = Duration::from_millis(500);
    let stdin = io::stdin();
    loop {
        let ready = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None);
        match (ready, tcgetpgrp(&stdin)) {
            (Err(rustix::io::Errno::INTR), _) => {}
            (Err(_), _) | (_, Err(_)) => return,
            (Ok(_), Ok(group)) if group != getpgrp() => std::thread::sleep(AWAY),
            // Bypasses the standard library's buffer, which could hold a line that `poll` does not see.
            (Ok(_), Ok(_)) => match rustix::io::read(&stdin, &mut [0; 1024]) {
                Ok(1..) => pressed(),
                Err(rustix::io::Errno::INTR) => {}
                Ok(0) | Err(_) => return,
            },
        }
    }
}

#[cfg(not(unix))]
fn read(pressed: &dyn Fn()) {
    io::stdin().lines().map_while(Result::ok).for_each(|_| pressed());
}
