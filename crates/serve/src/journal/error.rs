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

impl JournalError {
    pub(crate) fn in_chinese(&self) -> String {
        match self {
            Self::Busy(path) => format!(
                "另一个本地助手正在写入 {}：请停止它，或用 --journal 另选日志",
                path.display()
            ),
            Self::Unusable { path, source } => {
                format!("无法使用日志 {}：{source}；请用 --journal 另选位置", path.display())
            }
            Self::NoFile(path) => {
                format!("日志 {} 不是普通文件，请用 --journal 另选位置", path.display())
            }
            Self::Permissions { path, mode } => {
                let path = path.display();
                format!(
                    "其他人可以读取日志 {path}（权限 {mode:o}）：请对它运行 `chmod 600` 后重新启动"
                )
            }
            Self::UnreadableLine { path, line } => format!(
                "无法读取日志 {} 的第 {line} 行：请恢复它，或删除它（其请求可能会再次发送），或用 --journal 另选日志",
                path.display()
            ),
        }
    }
}
