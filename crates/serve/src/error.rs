//! The errors that keep the companion from starting, in one line each.

use std::io;
use std::path::{Path, PathBuf};

use seedance_core::Lang;

use crate::text::Words;

/// Why `seedance serve` ended without serving.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
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

    /// The error as one sentence in this language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Book { path, source } => format!("{}: {}", path.display(), source.message(lang)),
            Self::Other { zh, .. } if lang == Lang::Zh => zh.clone(),
            Self::Unreadable { path, source } if lang == Lang::Zh => {
                format!("无法读取 {}：{source}", path.display())
            }
            Self::Unreadable { .. } | Self::Other { .. } => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_a_sentence_in_both_languages() {
        let unreadable = ServeError::unreadable(Path::new("key"))(io::Error::other("gone"));
        assert_eq!(unreadable.message(Lang::En), "cannot read key: gone");
        assert_eq!(unreadable.message(Lang::Zh), "无法读取 key：gone");
    }
}
