//! The host name unique to this installation: `<32 hexadecimal digits>.localhost`, the same in every run.
//!
//! Browsers store scripts, service workers and cookies by host and port, or by host alone. Under a name that nobody can guess, no
//! other program can have stored any, and none is sent the companion's cookie.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use crate::privacy::exposed;
use crate::text::random_hex;

const BYTES: usize = 16;
/// Most browsers resolve every name that ends so to this machine.
const SUFFIX: &str = ".localhost";

/// The path of the file with the name: beside the journal, and named after it.
pub(crate) fn path_beside(journal: &Path) -> PathBuf {
    journal.with_added_extension("host")
}

/// The name stored at this path. If it is missing or unusable, or if others may have read it, a new one is stored.
///
/// # Errors
/// If a new name cannot be stored.
pub(crate) fn kept_at(path: &Path) -> io::Result<String> {
    if let Some(name) = read(path) {
        return Ok(name);
    }
    let name = random();
    // Removes an unusable file; an error means that there was none, or shows up below.
    let _ = fs::remove_file(path);
    // `tempfile` creates files that only their owner can access. The file has its final path at once: if a kill leaves half a
    // name there, the next start replaces it.
    let mut file = Builder::new()
        .prefix(path.file_name().unwrap_or_default())
        .rand_bytes(0)
        .tempfile_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(name.as_bytes())?;
    file.keep()?;
    Ok(name)
}

pub(crate) fn random() -> String {
    random_hex::<BYTES>() + SUFFIX
}

fn read(path: &Path) -> Option<String> {
    // Checked before opening: opening a named pipe would block until it has a writer.
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
        // Half a name, as after a kill.
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
