//! Why there is no answer: always one line on standard error and exit code 2.

use std::io;
use std::io::ErrorKind::{
    InvalidInput, IsADirectory, NotADirectory, NotFound, OutOfMemory, PermissionDenied, StorageFull,
};
use std::path::Path;

use seedance_core::Lang;
use seedance_ledger::problem::LineError;

/// A run that ends without its answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What there is to tell.
    #[error("{0}")]
    Told(String),
    /// Nobody reads standard output any more, so there is nobody to tell.
    #[error("standard output is closed")]
    Unread,
}

impl Failure {
    /// In the caller's language: the English words, or the Chinese ones.
    pub fn new(lang: Lang, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::Told(lang.pick(en.into(), zh.into()))
    }

    /// A file that cannot be opened or read.
    pub fn reading(lang: Lang, name: &str, error: &io::Error) -> Self {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Self::in_line(lang, name, error);
        }
        let (en, zh) = match error.kind() {
            NotFound | NotADirectory => ("file not found", "文件不存在"),
            IsADirectory => ("this is a directory, name a file", "这是目录，请指定文件"),
            PermissionDenied => ("no permission to read this file", "没有读取权限"),
            InvalidInput => ("not a file name", "不是有效的文件名"),
            OutOfMemory => (
                "out of memory: the file, or one of its lines, is larger than the memory that is free",
                "内存不足：该文件或其中一行超过了可用内存",
            ),
            _ => {
                let because = lang.pick("cannot be read: ", "无法读取：");
                return Self::about(lang, name, &format!("{because}{error}"));
            }
        };
        Self::about(lang, name, lang.pick(en, zh))
    }

    /// Standard output that takes nothing more.
    pub fn writing(lang: Lang, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Unread;
        }
        Self::new(
            lang,
            format!("standard output cannot be written: {error}"),
            format!("无法写入标准输出：{error}"),
        )
    }

    /// A file that cannot be written.
    pub fn writing_to(lang: Lang, path: &Path, error: &io::Error) -> Self {
        let (en, zh) = match error.kind() {
            NotFound | NotADirectory => ("there is no such folder", "文件夹不存在"),
            PermissionDenied => ("no permission to write there", "没有写入权限"),
            StorageFull => ("the disk is full", "磁盘已满"),
            _ => ("", ""),
        };
        let because = match lang.pick(en, zh) {
            "" => error.to_string(),
            why => why.into(),
        };
        let cannot = lang.pick("cannot be written: ", "无法写入：");
        Self::about(lang, &path.to_string_lossy(), &format!("{cannot}{because}"))
    }

    /// A file to write that is also read: writing it would lose what is in it.
    pub fn input_is_output(lang: Lang, path: &Path) -> Self {
        let en = "is an input of this command; choose another output file";
        let zh = "该文件是本命令的输入，请换一个输出文件名";
        Self::about(lang, &path.to_string_lossy(), lang.pick(en, zh))
    }

    /// A line that is not as its file should have it.
    pub fn in_line(lang: Lang, name: &str, error: &LineError) -> Self {
        let (line, message) = (error.line, error.problem.message(lang));
        let en = format!("`{name}`, line {line}: {message}");
        Self::Told(lang.pick(en, format!("`{name}` 第 {line} 行：{message}")))
    }

    /// What is to be said of a file, behind its name.
    pub fn about(lang: Lang, name: &str, message: &str) -> Self {
        Self::Told(format!("`{name}`{}{message}", lang.pick(": ", "：")))
    }
}
