//! Why the companion does not start, in one line each.

use std::io;
use std::path::PathBuf;

use seedance_core::Lang;

use crate::guard::key::KeyError;
use crate::journal::JournalError;
use crate::upstream::TrustError;

/// Why `seedance serve` ended without serving.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens there.
    #[error("port {0} is taken: stop the program that uses it, or choose another with --port")]
    PortBusy(u16),
    /// The system refuses the port.
    #[error("cannot listen on port {port} of this machine: {source}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The API key cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The price book cannot be read.
    #[error("cannot read the price book {}: {source}", path.display())]
    BookUnreadable {
        /// The price book.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The price book is no price book.
    #[error("{}: {source}", path.display())]
    Book {
        /// The price book.
        path: PathBuf,
        /// What is wrong with it.
        source: seedance_core::BookError,
    },
    /// There is a limit, and nothing to hold it against.
    #[error("--max-cost needs a price book: name one with --prices")]
    NoPrices,
    /// The journal cannot be kept.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// There is no directory for the journal.
    #[error(
        "this system names no directory for a program's state: say where the journal goes with --journal"
    )]
    NoStateDirectory,
    /// The additional certificate authorities cannot be read.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The system gives no threads.
    #[error("cannot start: {0}")]
    Runtime(io::Error),
}

impl ServeError {
    /// The one sentence that says so.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        lang.pick(self.to_string(), self.in_chinese())
    }

    fn in_chinese(&self) -> String {
        match self {
            Self::PortBusy(port) => {
                format!("端口 {port} 已被占用：请停止占用它的程序，或用 --port 另选端口")
            }
            Self::Listen { port, source } => format!("无法监听本机端口 {port}：{source}"),
            Self::Key(error) => error.in_chinese(),
            Self::BookUnreadable { path, source } => {
                format!("无法读取价格表 {}：{source}", path.display())
            }
            Self::Book { path, source } => {
                format!("{}：{}", path.display(), source.message(Lang::Zh))
            }
            Self::NoPrices => "--max-cost 需要价格表，请用 --prices 指定".into(),
            Self::Journal(error) => error.in_chinese(),
            Self::NoStateDirectory => {
                "系统没有存放程序状态的目录，请用 --journal 指定日志位置".into()
            }
            Self::Trust(error) => error.in_chinese(),
            Self::Runtime(error) => format!("无法启动：{error}"),
        }
    }
}
