//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use seedance_core::Lang;
use tempfile::TempPath;

use super::unfinished::unfinished;
use crate::failure::Failure;

/// A file that takes its name when it is complete, so that a run that fails leaves what was there before.
pub struct Part {
    part: TempPath,
    path: PathBuf,
}

impl Part {
    /// Begins the file `path`, which must be none of those that are `read`.
    pub fn begin(path: &Path, read: &[&Path], lang: Lang) -> Result<(File, Self), Failure> {
        // Where a link leads, if the file is there already.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.into());
        let is_target = |read: PathBuf| read == target;
        if read.iter().any(|read| fs::canonicalize(read).is_ok_and(is_target)) {
            return Err(Failure::input_is_output(lang, path));
        }
        Self::of(target).map_err(|error| Failure::writing_to(lang, path, &error))
    }

    fn of(path: PathBuf) -> io::Result<(File, Self)> {
        let folder =
            path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let builder = &mut tempfile::Builder::new();
        // As any new file has them, less what the umask takes: a temporary file would be its owner's alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let (file, part) = unfinished(|| builder.tempfile_in(folder))?.into_parts();
        // What replaces a file may be read by whom the file could be read by.
        if let Ok(replaced) = fs::metadata(&path) {
            file.set_permissions(replaced.permissions())?;
        }
        Ok((file, Self { part, path }))
    }

    /// The file is complete.
    pub fn finish(self) -> io::Result<()> {
        Ok(self.part.persist(self.path)?)
    }
}
