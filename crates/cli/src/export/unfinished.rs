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

    use seedance_serve::is_ignored;
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

#[cfg(not(unix))]
pub fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    make()
}
