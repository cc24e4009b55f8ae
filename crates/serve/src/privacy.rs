//! Protects the process's memory, which holds the key, and recognises files that others can access.

use std::fs::Metadata;
use std::io;

/// Turns off core files; on Linux and Android also keeps processes of the same user from reading memory and environment.
///
/// # Errors
/// If the system refuses, which ordinary ones do not.
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

/// The permission bits of a file that others than its owner can access; `None` if only the owner can.
#[cfg(unix)]
pub(crate) fn exposed(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Other systems use access control lists, which the standard library does not expose.
#[cfg(not(unix))]
pub(crate) fn exposed(_: &Metadata) -> Option<u32> {
    None
}
