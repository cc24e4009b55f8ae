//! Why there is no journal.

use std::io;
use std::path::PathBuf;

/// Why the companion cannot keep its journal, without which it does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another companion holds the journal.
    #[error("another companion is writing {}: stop it, or give this one a journal of its own with --journal", .0.display())]
    Busy(PathBuf),
    /// The file cannot be opened, made or read.
    #[error("cannot use the journal {}: {source}; name another place with --journal", path.display())]
    Unusable {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is a directory, a pipe or a device.
    #[error("the journal {} is not a regular file; name another place with --journal", .0.display())]
    NoFile(PathBuf),
    /// Others than the owner can read it.
    #[error("the journal {} can be read by others (mode {mode:o}): run `chmod 600` on it and start again", path.display())]
    Permissions {
        /// The journal.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line holds no record, so nobody knows which attempt it told of.
    #[error(
        "cannot read line {line} of the journal {}: restore it, delete it (its attempt could then be sent again), or name another journal with --journal",
        path.display()
    )]
    UnreadableLine {
        /// The journal.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
}
