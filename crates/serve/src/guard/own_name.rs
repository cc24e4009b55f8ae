//! The host name that this installation alone has: `<32 hexadecimal digits>.localhost`, kept from run to run.
//!
//! A browser keeps scripts, service workers and cookies by host and port, or by host alone. Under a name that nobody can
//! guess, no other program has ever left any of them, and none gets the companion's cookie.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::privacy::exposed;
use crate::text::random_hex;

const BYTES: usize = 16;
/// What browsers take for this machine, whatever stands before it.
const SUFFIX: &str = ".localhost";

/// Where the name is kept: beside the journal, and named after it.
pub(crate) fn path_beside(journal: &Path) -> PathBuf {
    journal.with_added_extension("host")
}

/// The name kept at this path, or a new one where there is none, where it is none, or where others may have read it.
///
/// # Errors
/// When a new name cannot be written there.
pub(crate) fn kept_at(path: &Path) -> io::Result<String> {
    if let Some(name) = read(path) {
        return Ok(name);
    }
    let name = random();
    // What stands there is no name, or one that others may have read; there may be nothing, too.
    let _ = fs::remove_file(path);
    // Temporary files are their owner's alone. At its own path at once: what a kill leaves of it is replaced at the next start.
    let mut file = Builder::new()
        .prefix(path.file_name().unwrap_or_default())
        .rand_bytes(0)
        .tempfile_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(name.as_bytes())?;
    file.keep()?;
    Ok(name)
}

/// A name that nobody has had before.
pub(crate) fn random() -> String {
    random_hex::<BYTES>() + SUFFIX
}

fn read(path: &Path) -> Option<String> {
    // Not even opened: a FIFO would wait for a writer.
    let metadata = fs::symlink_metadata(path).ok()?;
    let fits = metadata.is_file() && metadata.len() == (BYTES * 2 + SUFFIX.len()) as u64;
    if !fits || exposed(&metadata).is_some() {
        return None;
    }
    let name = fs::read_to_string(path).ok()?;
    let label = name.strip_suffix(SUFFIX)?;
    label.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_as_long_as_it_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = path_beside(&folder.path().join("journal"));
        assert_eq!(path.file_name().unwrap(), "journal.host");
        let name = kept_at(&path).unwrap();
        assert_eq!(name.len(), 2 * BYTES + SUFFIX.len());
        assert_eq!(kept_at(&path).unwrap(), name);
        fs::write(&path, "evil.example").unwrap();
        let other = kept_at(&path).unwrap();
        assert_ne!(other, name);
        // Half a name, as a kill leaves it.
        fs::write(&path, &other[..BYTES]).unwrap();
        let other = kept_at(&path).unwrap();
        assert_eq!(other.len(), name.len());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert_ne!(kept_at(&path).unwrap(), other);
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_name_that_cannot_be_kept_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(kept_at(folder.path()).is_err());
        assert!(kept_at(&folder.path().join("no/such/folder")).is_err());
    }
}
