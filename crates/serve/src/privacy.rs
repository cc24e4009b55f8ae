//! Protects the process's memory, which holds the key, and files that only their owner may access.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::ServeError;

/// Turns off core files; on Linux and Android also keeps processes of the same user from reading memory and environment.
pub(crate) fn protect_memory() -> io::Result<()> {
    // Systems other than Unix write no core file by default.
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = Rlimit { current: Some(0), ..getrlimit(Resource::Core) };
        setrlimit(Resource::Core, limit)?;
    }
    // The limit does not apply to core dumps that are piped to a program.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// Opens a file, for its owner alone if that creates it. Does not wait for the other end of a named pipe.
pub(crate) fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        const SHARE_READ: u32 = 1;
        options.share_mode(SHARE_READ);
    }
    options.open(path)
}

/// Reads a file that only its owner may access, up to so many bytes.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Zeroizing<String>, ServeError> {
    let unreadable = ServeError::unreadable(path);
    let file = open(path, OpenOptions::new().read(true)).map_err(unreadable)?;
    require_private(path, &file)?;
    // With room for all of it: moved to a larger place, it would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(limit));
    file.take(limit as u64).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

/// Refuses what is no regular file, or can be accessed by others than its owner. Systems other than Unix use access control
/// lists, which the standard library does not expose.
pub(crate) fn require_private(path: &Path, file: &File) -> Result<(), ServeError> {
    let metadata = file.metadata().map_err(ServeError::unreadable(path))?;
    let name = path.display();
    if !metadata.is_file() {
        return Err(ServeError::new(words!("{name} is not a regular file", "{name} 不是普通文件")));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(ServeError::new(words!(
                "{name} can be read by others (mode {mode:o}): run `chmod 600` on it and start again",
                "其他人可以读取 {name}（权限 {mode:o}）：请对它运行 `chmod 600` 后重新启动"
            )));
        }
    }
    Ok(())
}
