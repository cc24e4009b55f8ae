//! Requests to stop: Ctrl-C, Ctrl-\, a closed terminal, `kill`.

use std::io;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::Terminal;

/// The exit code that shells give a program ended by Ctrl-C.
const STOPPED_AT_ONCE: i32 = 130;
/// Requests this close together are one. A wrapper (`npm run`, `docker run`) passes on a Ctrl-C that the terminal has already
/// sent to the companion too.
const ONE_PRESS: Duration = Duration::from_millis(500);

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
    Ok(async {
        // This cannot fail: an unused sender is dropped only when the process ends.
        let _ = stop.await;
    })
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
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    std::thread::spawn(move || {
        while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            asked(false);
        }
        // Ctrl-C cannot be listened for. Returning would drop `asked`, which would count as a request to stop.
        loop {
            std::thread::park();
        }
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
