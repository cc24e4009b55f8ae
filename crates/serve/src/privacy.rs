//! What keeps the process's memory, where the key is, and its files to itself.

use std::fs::Metadata;
use std::io;

/// No core file, and no other process of the same user that reads this one's memory or environment.
///
/// # Errors
/// When the system refuses, which no ordinary one does.
#[cfg(unix)]
pub(crate) fn protect_memory() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = Rlimit { current: Some(0), ..getrlimit(Resource::Core) };
    setrlimit(Resource::Core, limit)?;
    // Core files that are piped to a program know no limit.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// Other systems write no core file unless they are asked to.
#[cfg(not(unix))]
pub(crate) fn protect_memory() -> io::Result<()> {
    Ok(())
}

/// The permission bits of a file that others than its owner can reach; `None` of a file that is its owner's alone.
#[cfg(unix)]
pub(crate) fn exposed(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Other systems keep a person's files apart by access lists that the standard library does not show.
#[cfg(not(unix))]
pub(crate) fn exposed(_: &Metadata) -> Option<u32> {
    None
}
