//! The journal's file: nobody else's business, and made of whole lines.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::JournalError;

/// The file, held by this companion alone.
#[derive(Debug)]
pub(super) struct JournalFile {
    file: File,
    /// Where half a line begins that could not be written to its end and has not been cut off yet.
    torn_from: Option<u64>,
}

impl JournalFile {
    /// Opens the file, or makes it, and keeps every other companion out of it; gives what stands in it too.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<u8>), JournalError> {
        let failed = |source| JournalError::Unusable {
            path: path.to_owned(),
            source,
        };
        let mut file = open_private(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        sync_directory(path).map_err(failed)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(failed)?;
        let torn_from = None;
        Ok((Self { file, torn_from }, text))
    }

    /// Leaves of what stands in the file these lines, with which it begins, and ends the last of them.
    pub(super) fn keep(&mut self, lines: &[u8]) -> io::Result<()> {
        self.file.set_len(lines.len() as u64)?;
        if lines.is_empty() || lines.ends_with(b"\n") {
            return Ok(());
        }
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(b"\n")
    }

    /// Adds a line. Blocks until the disk has it.
    ///
    /// # Errors
    /// When the disk did not take it, or still holds half a line that would swallow this one.
    pub(super) fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.cut_torn_line()?;
        let before = self.file.seek(SeekFrom::End(0))?;
        let written = self
            .file
            .write_all(line)
            .and_then(|()| self.file.sync_data());
        if written.is_err() {
            self.torn_from = Some(before);
            // If even this fails, the next line tries again before it is written.
            let _ = self.cut_torn_line();
        }
        written
    }

    fn cut_torn_line(&mut self) -> io::Result<()> {
        if let Some(start) = self.torn_from {
            self.file.set_len(start)?;
            self.torn_from = None;
        }
        Ok(())
    }
}

/// The journal names no key and no prompt, yet it is nobody else's business.
fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        options.mode(0o600);
        if let Some(directory) = path
            .parent()
            .filter(|directory| !directory.as_os_str().is_empty())
        {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(directory)?;
        }
    }
    #[cfg(not(unix))]
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    options.open(path)
}

/// A file that was only just made is there after a power cut only if its directory says so on disk.
fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(directory) if cfg!(unix) && !directory.as_os_str().is_empty() => {
            File::open(directory)?.sync_all()
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "{\"record\":1}\n";

    /// A journal whose last append broke off half way and could not be cut off.
    fn torn(path: &Path, options: &OpenOptions) -> JournalFile {
        std::fs::write(path, format!("{WHOLE}{{\"reco")).unwrap();
        JournalFile {
            file: options.open(path).unwrap(),
            torn_from: Some(WHOLE.len() as u64),
        }
    }

    #[test]
    fn half_a_line_is_cut_off_before_the_next_one() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let mut journal = torn(&path, OpenOptions::new().read(true).write(true));
        for count in 2..=3 {
            journal.append(WHOLE.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), WHOLE.repeat(count));
        }
    }

    #[test]
    fn nothing_is_added_to_half_a_line_that_stays() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        // A file that is open for reading alone cannot be cut.
        let mut journal = torn(&path, OpenOptions::new().read(true));
        for _ in 0..2 {
            assert!(journal.append(WHOLE.as_bytes()).is_err());
        }
        assert_eq!(journal.torn_from, Some(WHOLE.len() as u64));
    }
}
