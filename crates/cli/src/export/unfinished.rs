//! Files that are not finished yet: they vanish when the program is told to end.

use std::io;

use tempfile::NamedTempFile;

/// Makes a file that is removed at SIGHUP, SIGINT and SIGTERM, from its first moment on, before they end the program as they
/// always do.
#[cfg(unix)]
pub fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    use std::path::PathBuf;
    use std::sync::{Mutex, PoisonError};
    use std::{fs, thread};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    // A signal that comes now is answered when the file is listed.
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    if unfinished.is_empty() {
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
    }
    let file = make()?;
    unfinished.push(file.path().to_owned());
    Ok(file)
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
pub fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    make()
}
