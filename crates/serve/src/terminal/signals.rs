//! Asking the companion to stop: Ctrl-C, Ctrl-\, a closed terminal, `kill`.

use std::io;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::Terminal;

/// As shells report a program that Ctrl-C ended.
const STOPPED_AT_ONCE: i32 = 130;
/// One press of Ctrl-C reaches the companion twice where a wrapper (`npm run`, `docker run`) passes on what the
/// terminal has already sent to both.
const ONE_PRESS: Duration = Duration::from_millis(500);

/// Done at the first request to stop; a second one, later than [`ONE_PRESS`], ends the process at once. A thread of its own
/// listens, so that this holds whatever else hangs.
pub(crate) fn stop_requested(terminal: Terminal) -> io::Result<impl Future<Output = ()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    let (first, stop) = oneshot::channel();
    std::thread::spawn(move || {
        runtime.block_on(async {
            signals.first().await;
            let heard = Instant::now();
            terminal.tell(
                "Stopping after the requests in progress. Press Ctrl-C again to stop now.",
                "正在停止，等待未完成的请求；再按 Ctrl-C 立即停止。",
            );
            let _ = first.send(());
            while heard.elapsed() < ONE_PRESS {
                signals.asked_again().await;
            }
        });
        std::process::exit(STOPPED_AT_ONCE);
    });
    Ok(async {
        // The sender ends without a word only with the whole process.
        let _ = stop.await;
    })
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` where whoever started the companion had hangups ignored, as `nohup` does.
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hangup = SignalKind::hangup();
        Ok(Self {
            hangup: if is_ignored(hangup.as_raw_value()) { None } else { Some(signal(hangup)?) },
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn first(&mut self) {
        let Some(mut hangup) = self.hangup.take() else {
            return self.asked_again().await;
        };
        tokio::select! {
            _ = hangup.recv() => {}
            () = self.asked_again() => {}
        }
        self.hangup = Some(hangup);
    }

    /// A terminal that closes hangs up more than once, from the system and from the shell: that is not asking again.
    async fn asked_again(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.quit.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Whether whoever started the process wants this signal ignored, as `nohup` does; listening would undo that. Only Linux tells it
/// without unsafe code: elsewhere nothing counts as ignored.
#[cfg(unix)]
#[must_use]
pub fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn first(&mut self) {
        // Without a way to listen for Ctrl-C the system's own way of ending a process remains.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    async fn asked_again(&mut self) {
        self.first().await;
    }
}
