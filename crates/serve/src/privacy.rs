//! What keeps the process's memory, where the key is, to itself.

use std::io;

/// No core file, and no other process of the same user that reads this one's memory or environment.
///
/// # Errors
/// When the system refuses, which no ordinary one does.
#[cfg(unix)]
pub(crate) fn protect_memory() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = Rlimit {
        current: Some(0),
        ..getrlimit(Resource::Core)
    };
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
