//! Files that are not finished yet: they vanish when the program is told to end.

use std::io;
use std::path::Path;

/// Has the file removed at SIGHUP, SIGINT and SIGTERM, before they end the program as they always do.
#[cfg(unix)]
pub fn remove_when_told_to_end(path: &Path) -> io::Result<()> {
    use std::path::PathBuf;
    use std::sync::{Mutex, PoisonError};
    use std::{fs, thread};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    unfinished.push(path.to_owned());
    if unfinished.len() > 1 {
        // Somebody listens already.
        return Ok(());
    }
    let heard = [SIGHUP, SIGINT, SIGTERM].into_iter();
    let mut signals = Signals::new(heard.filter(|signal| !is_ignored(*signal)))?;
    thread::Builder::new().spawn(move || {
        for signal in &mut signals {
            let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
            for path in unfinished.iter() {
                let _ = fs::remove_file(path);
            }
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Whether whoever started the program wants the signal ignored, as `nohup` does; listening would undo that.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    // No library tells it without `unsafe`; where this file is not, nothing counts as ignored.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

#[cfg(not(unix))]
pub fn remove_when_told_to_end(_path: &Path) -> io::Result<()> {
    Ok(())
}
