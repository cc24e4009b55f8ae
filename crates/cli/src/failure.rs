//! Failures. A run without an answer ends with one line on standard error and exit code 2.

use std::io;
use std::io::ErrorKind::{
    IsADirectory, NotADirectory, NotFound, OutOfMemory, PermissionDenied, StorageFull,
};
use std::path::Path;

use seedance_ledger::problem::LineError;

use crate::lang::{lang, pick, say};

/// Why a run ends without an answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The message for standard error.
    #[error("{0}")]
    Told(String),
    /// The reader of standard output has closed it, so there is nobody to tell.
    #[error("standard output is closed")]
    Unread,
}

const IS_A_DIRECTORY: (&str, &str) = ("this is a directory; name a file", "这是目录，请指定文件");

impl Failure {
    /// A file that cannot be opened or read.
    pub fn reading(name: &str, error: &io::Error) -> Self {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Self::in_line(name, error);
        }
        let (en, zh) = match error.kind() {
            NotFound | NotADirectory => ("file not found", "文件不存在"),
            IsADirectory => IS_A_DIRECTORY,
            PermissionDenied => ("no permission to read this file", "没有读取权限"),
            OutOfMemory => (
                "out of memory: the file, or one of its lines, is larger than the memory that is free",
                "内存不足：该文件或其中一行超过了可用内存",
            ),
            _ => {
                let because = pick("cannot be read: ", "无法读取：");
                return Self::about(name, &format!("{because}{error}"));
            }
        };
        Self::about(name, pick(en, zh))
    }

    /// Standard output that cannot be written.
    pub fn writing(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Unread;
        }
        let because = reason(&error);
        Self::Told(say!(
            "standard output cannot be written: {because}",
            "无法写入标准输出：{because}"
        ))
    }

    /// A file that cannot be written.
    pub fn writing_to(path: &Path, error: &io::Error) -> Self {
        let cannot = pick("cannot be written: ", "无法写入：");
        Self::about(&path.to_string_lossy(), &format!("{cannot}{}", reason(error)))
    }

    /// A line of a file that is wrong.
    pub fn in_line(name: &str, error: &LineError) -> Self {
        let (line, message) = (error.line, error.problem.message(lang()));
        Self::Told(say!("`{name}`, line {line}: {message}", "`{name}` 第 {line} 行：{message}"))
    }

    /// What is wrong with a file, in words of which the file is the subject.
    pub fn that(name: &str, predicate: &str) -> Self {
        Self::Told(format!("`{name}` {predicate}"))
    }

    /// What is wrong with a file.
    pub fn about(name: &str, message: &str) -> Self {
        Self::Told(format!("`{name}`{}{message}", pick(": ", "：")))
    }
}

/// Why something cannot be written.
fn reason(error: &io::Error) -> String {
    let (en, zh) = match error.kind() {
        NotFound | NotADirectory => ("there is no such folder", "文件夹不存在"),
        IsADirectory => IS_A_DIRECTORY,
        PermissionDenied => ("no permission to write there", "没有写入权限"),
        StorageFull => ("the disk is full", "磁盘已满"),
        _ => return error.to_string(),
    };
    pick(en, zh).into()
}
