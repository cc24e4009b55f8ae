//! The errors that keep the companion from starting, in one line each.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::Words;

/// Why `seedance serve` ended without serving. `Display` is in English.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A file that an option names cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The price book was read, but is not valid.
    #[error("{}: {source}", path.display())]
    Book {
        /// The price book.
        path: PathBuf,
        /// What is wrong with it.
        source: seedance_core::BookError,
    },
    /// Any other reason, as whole sentences. None of them quotes what was read from a key file.
    #[error("{en}")]
    Other {
        /// In English: what is wrong, and what to do.
        en: String,
        /// The same in Chinese.
        zh: String,
    },
}

impl ServeError {
    /// For `map_err`.
    pub(crate) fn unreadable(path: &Path) -> impl Fn(io::Error) -> Self + Copy {
        |source| Self::Unreadable { path: path.to_owned(), source }
    }

    pub(crate) fn new(Words { en, zh }: Words) -> Self {
        Self::Other { en, zh }
    }

    /// The system refused something that the companion needs: threads, signal handlers, protected memory.
    pub(crate) fn system(error: io::Error) -> Self {
        Self::new(words!("cannot start: {error}", "无法启动：{error}"))
    }
}
