//! The journal's file, private to its owner, locked, and made of whole lines, each a JSON object; and the thread that writes it.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use seedance_core::Charge;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::attempt::{AttemptId, Fingerprint};
use crate::error::ServeError;
use crate::outcome::Outcome;
use crate::privacy;
use crate::text;

/// How every line of the journal begins.
const RECORD_START: &[u8] = b"{\"record\":\"";

/// The content of a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Record {
    Begun {
        attempt: AttemptId,
        #[serde(flatten)]
        sends: Fingerprint,
        at: u64,
    },
    Ended {
        attempt: AttemptId,
        at: u64,
        #[serde(flatten)]
        outcome: Outcome,
    },
    Charged {
        task: String,
        at: u64,
        #[serde(flatten)]
        charge: Charge,
    },
}

impl Record {
    pub(super) fn to_line(&self) -> Vec<u8> {
        (text::json(self) + "\n").into_bytes()
    }
}

/// The open file, locked by this companion.
#[derive(Debug)]
pub(super) struct JournalFile {
    file: File,
    path: PathBuf,
    /// The offset at which the whole lines end.
    end: u64,
    /// Whether part of a line may follow the whole ones that still has to be cut off.
    is_torn: bool,
}

impl JournalFile {
    /// Opens or creates the file, locks other companions out, and returns its text too.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<u8>), ServeError> {
        survive_file_size_limits().map_err(ServeError::system)?;
        let name = path.display();
        let failed = |error| unusable(path, &error);
        let mut file = open_private(path).map_err(failed)?;
        privacy::require_private(path, &file)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => ServeError::new(words!(
                "another companion is writing {name}: stop it, or give this one a journal of its own with --journal",
                "另一个本地助手正在写入 {name}：请停止它，或用 --journal 另选日志"
            )),
            TryLockError::Error(error) => failed(error),
        })?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(failed)?;
        let end = text.len() as u64;
        Ok((Self { file, path: path.to_owned(), end, is_torn: false }, text))
    }

    /// Truncates the file to these lines, which it begins with, and ends the last one if its newline is missing.
    pub(super) fn keep(&mut self, lines: &[u8]) -> io::Result<()> {
        (self.end, self.is_torn) = (lines.len() as u64, true);
        self.cut_torn_line()?;
        let is_ended = lines.is_empty() || lines.ends_with(b"\n");
        if is_ended { Ok(()) } else { self.append(b"\n") }
    }

    /// Writes a record, and blocks until it is on disk. If an attempt begins, room for its end is reserved first. After an error the
    /// file is unchanged, or ends with part of a line, which the next write cuts off first; an attempt whose beginning could not be
    /// written must not be sent.
    pub(super) fn write(&mut self, record: &Record) -> io::Result<()> {
        let line = record.to_line();
        self.cut_torn_line()?;
        // An end is written to the file that holds its beginning, whatever is at the path now.
        if !matches!(record, Record::Ended { .. }) && !self.is_in_place() {
            return Err(io::Error::other("the journal was replaced, changed or deleted"));
        }
        if matches!(record, Record::Begun { .. }) {
            self.reserve()?;
        }
        self.append(&line)
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let written = self
            .file
            .seek(SeekFrom::Start(self.end))
            .and_then(|_| self.file.write_all(line))
            .and_then(|()| self.file.sync_data());
        if written.is_ok() {
            self.end += line.len() as u64;
        } else {
            self.is_torn = true;
            // If this fails too, the next write tries again first.
            let _ = self.cut_torn_line();
        }
        written
    }

    fn cut_torn_line(&mut self) -> io::Result<()> {
        if self.is_torn {
            self.file.set_len(self.end)?;
            self.is_torn = false;
        }
        Ok(())
    }

    /// Whether the path still leads to this file, with the length that this companion left. On Windows, a file opened like the
    /// journal cannot be replaced.
    fn is_in_place(&self) -> bool {
        #[cfg(unix)]
        let number_of = |file: &Metadata| {
            use std::os::unix::fs::MetadataExt;
            (file.dev(), file.ino())
        };
        #[cfg(not(unix))]
        let number_of = |_: &Metadata| ();
        let (Ok(here), Ok(open)) = (std::fs::metadata(&self.path), self.file.metadata()) else {
            return false;
        };
        number_of(&here) == number_of(&open) && here.len() == self.end
    }

    /// Reserves room after the whole lines where the file system can; an error if the limit or the disk is too small.
    fn reserve(&self) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        {
            use rustix::fs::{FallocateFlags, fallocate};
            use rustix::io::Errno;
            use rustix::process::{Resource, getrlimit};
            /// In bytes: room for the end of an attempt and of others under way, a few hundred bytes each as a rule and at most some
            /// megabytes.
            const RESERVED: u64 = 16 * 1024 * 1024;
            let limit = getrlimit(Resource::Fsize).current;
            if limit.is_some_and(|limit| self.end + RESERVED > limit) {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            match fallocate(&self.file, FallocateFlags::KEEP_SIZE, self.end, RESERVED) {
                // Some file systems cannot reserve room.
                Ok(()) | Err(Errno::OPNOTSUPP | Errno::NOSYS) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Makes a write beyond the process's file size limit fail; by default a signal would end the process.
fn survive_file_size_limits() -> io::Result<()> {
    // A registered signal stays handled as long as the process lives; the flag itself is not used.
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default())?;
    Ok(())
}

/// The error for a journal that cannot be opened, created or read.
pub(super) fn unusable(path: &Path, error: &io::Error) -> ServeError {
    let name = path.display();
    ServeError::new(words!(
        "cannot use the journal {name}: {error}; name another place with --journal",
        "无法使用日志 {name}：{error}；请用 --journal 另选位置"
    ))
}

/// Opens or creates the file and its folder for their owner alone. The journal is private even without key and prompt.
fn open_private(path: &Path) -> io::Result<File> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let mut folders = DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders.create(folder)?;
    let mut options = OpenOptions::new();
    let file = privacy::open(path, options.read(true).write(true).create(true).truncate(false))?;
    // A new file is sure to survive a power cut only once its folder is synced too.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(file)
}

/// The text without a last line that breaks off within a record.
pub(super) fn without_torn_end(mut text: &[u8]) -> &[u8] {
    // A power cut can leave zeros in place of a line that was being written.
    while let Some(rest) = text.strip_suffix(b"\0") {
        text = rest;
    }
    let newline = text.iter().rposition(|&byte| byte == b'\n');
    let (lines, end) = text.split_at(newline.map_or(0, |at| at + 1));
    // A line that begins differently was never a record: the file may belong to another program.
    let is_record = end.starts_with(RECORD_START) || RECORD_START.starts_with(end);
    if is_record && serde_json::from_slice::<IgnoredAny>(end).is_err() { lines } else { text }
}

/// The thread that writes the journal. It is started first of all: if a thread could not be started later, a request could be
/// sent whose answer nothing can write down. Dropping this waits until the thread has written them and closed the file.
#[derive(Debug)]
pub(super) struct Writer {
    orders: Option<mpsc::Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Order {
    record: Record,
    done: oneshot::Sender<io::Result<()>>,
}

impl Writer {
    /// Starts the thread, which writes each record with `write`.
    pub(super) fn start(
        mut write: impl FnMut(&Record) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, received) = mpsc::channel::<Order>();
        let thread = Builder::new().name("journal".to_owned()).spawn(move || {
            for Order { record, done } in received {
                // The receiver may be gone; the record is written all the same.
                let _ = done.send(write(&record));
            }
        })?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Completes once the record is on disk; it is written even if the future is dropped.
    pub(super) fn write(&self, record: Record) -> impl Future<Output = io::Result<()>> {
        let (done, written) = oneshot::channel();
        if let Some(orders) = &self.orders {
            // If the thread has ended, `done` is dropped, and `written` fails.
            let _ = orders.send(Order { record, done });
        }
        async {
            let gone = |_| Err(io::Error::other("the journal's thread has ended"));
            written.await.unwrap_or_else(gone)
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::random_id;

    fn begun(attempt: AttemptId) -> Record {
        Record::Begun { attempt, sends: Fingerprint::new(b"{}", String::new()), at: 0 }
    }

    fn ended(attempt: AttemptId) -> Record {
        let outcome = Outcome::answered(200, "{}".to_owned(), Vec::new(), false);
        Record::Ended { attempt, at: 0, outcome }
    }

    fn charged() -> Record {
        Record::Charged {
            task: "vid_1".to_owned(),
            at: 0,
            charge: seedance_core::Charge::default(),
        }
    }

    /// A journal after an append that failed half way and could not be cut off.
    fn torn(path: &Path, options: &OpenOptions) -> JournalFile {
        std::fs::write(path, [&charged().to_line()[..], b"{\"reco"].concat()).unwrap();
        JournalFile {
            file: options.open(path).unwrap(),
            path: path.to_owned(),
            end: charged().to_line().len() as u64,
            is_torn: true,
        }
    }

    #[test]
    fn half_a_line_is_cut_off_before_the_next_one() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let mut journal = torn(&path, OpenOptions::new().read(true).write(true));
        let mut lines = charged().to_line();
        for record in [begun(random_id()), ended(random_id())] {
            journal.write(&record).unwrap();
            lines.extend(record.to_line());
            assert_eq!(std::fs::read(&path).unwrap(), lines);
        }
    }

    #[test]
    fn nothing_is_added_to_half_a_line_that_stays() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        // A file opened for reading alone cannot be truncated.
        let mut journal = torn(&path, OpenOptions::new().read(true));
        assert!(journal.write(&begun(random_id())).is_err());
        assert!(journal.write(&ended(random_id())).is_err());
        assert!(journal.is_torn);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_begins_in_a_file_that_was_replaced_changed_or_deleted() {
        type Change = fn(&Path);
        let changes: [Change; 4] = [
            |path| std::fs::remove_file(path).unwrap(),
            |path| {
                let copy = path.with_extension("copy");
                std::fs::copy(path, &copy).unwrap();
                std::fs::rename(copy, path).unwrap();
            },
            |path| std::fs::write(path, "").unwrap(),
            |path| {
                let line = std::fs::read(path).unwrap();
                std::fs::write(path, line.repeat(2)).unwrap();
            },
        ];
        for change in changes {
            let directory = tempfile::tempdir().unwrap();
            let path = directory.path().join("journal");
            let (mut journal, _) = JournalFile::open(&path).unwrap();
            journal.write(&begun(random_id())).unwrap();
            change(&path);
            let left = std::fs::read(&path).ok();
            for record in [begun(random_id()), charged()] {
                let refused = journal.write(&record).unwrap_err().to_string();
                assert!(refused.contains("replaced"), "{refused}");
            }
            assert_eq!(std::fs::read(&path).ok(), left);
        }
    }
}
