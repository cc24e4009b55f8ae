//! Output files: a regular file is written whole or not at all, anything else directly.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::failure::Failure;
use crate::lang::pick;

/// A file that gets its name only when it is complete, so that a failed run leaves an existing file as it was. What is not a
/// regular file, such as a pipe or a device, is written to directly.
pub struct Part<'a> {
    /// The unfinished file, and the path that it gets.
    unfinished: Option<(TempPath, PathBuf)>,
    /// The path as the user gave it, for messages.
    name: &'a Path,
}

impl<'a> Part<'a> {
    /// Begins the file `name`, which must not be one of those that are `read`: writing it would destroy an input.
    pub fn begin(name: &'a Path, read: &[&Path]) -> Result<(File, Self), Failure> {
        let target = target(name);
        let is_target = |read: PathBuf| read == target;
        if read.iter().any(|read| fs::canonicalize(read).is_ok_and(is_target)) {
            let en = "is an input of this command; choose another output file";
            let zh = "是本命令的输入，请换一个输出文件名";
            return Err(Failure::that(&name.to_string_lossy(), pick(en, zh)));
        }
        Self::of(target, name).map_err(|error| Failure::writing_to(name, &error))
    }

    fn of(path: PathBuf, name: &'a Path) -> io::Result<(File, Self)> {
        // Standard output may be a file that the answer is written to as well; replacing it would lose one of them.
        #[cfg(unix)]
        if name == Path::new("/dev/stdout") {
            let file = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?.into();
            return Ok((file, Self { unfinished: None, name }));
        }
        let replaced = fs::metadata(&path).ok();
        if replaced.is_some() {
            // The folder may allow to replace a file that is write-protected. That is refused here, as a shell does.
            let file = OpenOptions::new().append(true).open(&path)?;
            if !file.metadata()?.is_file() {
                return Ok((file, Self { unfinished: None, name }));
            }
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let builder = &mut tempfile::Builder::new();
        // Like any new file, which the umask restricts further: temporary files are by default for their owner only.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let (file, part) = unfinished(|| builder.tempfile_in(folder))?.into_parts();
        // A file that is replaced keeps its permissions.
        if let Some(replaced) = replaced {
            file.set_permissions(replaced.permissions())?;
        }
        Ok((file, Self { unfinished: Some((part, path)), name }))
    }

    /// Gives the file its name if it was `written` whole; otherwise it is removed.
    pub fn finish(self, written: io::Result<()>) -> Result<(), Failure> {
        let Self { unfinished, name } = self;
        let finished = written.and_then(|()| match unfinished {
            Some((part, path)) => Ok(part.persist(path)?),
            None => Ok(()),
        });
        finished.map_err(|error| Failure::writing_to(name, &error))
    }

    /// The failure to write this file.
    pub fn failure(&self, error: &io::Error) -> Failure {
        Failure::writing_to(self.name, error)
    }
}

/// The file that a path names, whether there is one yet or not. If it is a link, its target is replaced.
pub fn target(name: &Path) -> PathBuf {
    let in_folder = || {
        let name = std::path::absolute(name).ok()?;
        Some(fs::canonicalize(name.parent()?).ok()?.join(name.file_name()?))
    };
    fs::canonicalize(name).ok().or_else(in_folder).unwrap_or_else(|| name.into())
}

/// Makes a file that SIGHUP, SIGINT and SIGTERM remove before they end the program as usual, from the moment it exists.
#[cfg(unix)]
fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    use std::sync::{Mutex, PoisonError};
    use std::thread;

    use seedance_serve::is_ignored;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    // A signal that comes now is handled after the file is listed: its thread waits for this lock.
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
fn unfinished(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    make()
}
