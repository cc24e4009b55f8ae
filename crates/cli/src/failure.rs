//! Why there is no answer: always one line on standard error and exit code 2.

use std::io;
use std::path::Path;

use seedance_core::{BookError, FactsError, Lang};

use crate::plain::plain;

/// A run that ends without its answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    /// In the caller's language: the English words, or the Chinese ones.
    pub fn new(lang: Lang, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self(if lang == Lang::Zh {
            zh.into()
        } else {
            en.into()
        })
    }

    /// A file that cannot be opened or read.
    pub fn reading(lang: Lang, name: &str, error: &io::Error) -> Self {
        use io::ErrorKind::{
            InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied,
        };
        match error.kind() {
            NotFound | NotADirectory => Self::new(
                lang,
                format!("`{name}`: there is no such file"),
                format!("`{name}`：文件不存在"),
            ),
            IsADirectory => Self::new(
                lang,
                format!("`{name}`: this is a directory, name a file"),
                format!("`{name}`：这是目录，请指定文件"),
            ),
            PermissionDenied => Self::new(
                lang,
                format!("`{name}`: no permission to read this file"),
                format!("`{name}`：没有读取权限"),
            ),
            InvalidInput => Self::new(
                lang,
                format!("`{name}`: not a file name"),
                format!("`{name}`：不是有效的文件名"),
            ),
            _ => Self::new(
                lang,
                format!("`{name}`: cannot be read: {error}"),
                format!("`{name}`：无法读取：{error}"),
            ),
        }
    }

    /// Standard output that takes nothing more.
    pub fn writing(lang: Lang, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            let en = "standard output was closed before the whole answer was written";
            return Self::new(lang, en, "标准输出在写完之前被关闭");
        }
        Self::new(
            lang,
            format!("standard output cannot be written: {error}"),
            format!("无法写入标准输出：{error}"),
        )
    }

    /// A file that cannot be written.
    pub fn writing_to(lang: Lang, path: &Path, error: &io::Error) -> Self {
        let name = path.to_string_lossy();
        let name = plain(&name);
        Self::new(
            lang,
            format!("`{name}`: cannot be written: {error}"),
            format!("`{name}`：无法写入：{error}"),
        )
    }

    /// A file to write that is also read: writing it would lose what is in it.
    pub fn input_is_output(lang: Lang, path: &Path) -> Self {
        let name = path.to_string_lossy();
        let name = plain(&name);
        Self::new(
            lang,
            format!("`{name}`: is read by this command, name another file to write"),
            format!("`{name}`：本命令正在读取该文件，请换一个要写入的文件名"),
        )
    }

    /// Media facts that are refused.
    pub fn facts(lang: Lang, name: &str, error: &FactsError) -> Self {
        let message = error.message(lang);
        Self::new(
            lang,
            format!("`{name}`: {message}"),
            format!("`{name}`：{message}"),
        )
    }

    /// A price book that is refused.
    pub fn book(lang: Lang, name: &str, error: &BookError) -> Self {
        let message = error.message(lang);
        Self::new(
            lang,
            format!("`{name}`: {message}"),
            format!("`{name}`：{message}"),
        )
    }
}
