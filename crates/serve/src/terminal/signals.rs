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
        // A terminal that closes hangs up more than once, from the system and from the shell: that is not asking again.
        None if is_hangup || heard.elapsed() < ONE_PRESS => {}
        None => std::process::exit(STOPPED_AT_ONCE),
    })?;
    Ok(async {
        // The sender ends without a word only with the whole process.
        let _ = stop.await;
    })
}

/// Calls this, from a thread of its own, at each request to stop, and says whether it came from a terminal that closed.
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
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    std::thread::spawn(move || {
        while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            asked(false);
        }
        // Without a way to listen for Ctrl-C the system's own way of ending a process remains.
        loop {
            std::thread::park();
        }
    });
    Ok(())
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
