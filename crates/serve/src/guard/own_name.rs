//! The host name unique to this installation: `<32 hexadecimal digits>.localhost`, the same in every run.
//!
//! Browsers store scripts, service workers and cookies by host and port, or by host alone. Under a name that nobody can guess, no
//! other program can have stored any, and none is sent the companion's cookie.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::privacy;
use crate::text::random_hex;

const BYTES: usize = 16;
/// Most browsers resolve every name that ends so to this machine.
const SUFFIX: &str = ".localhost";

/// The name stored in a file beside the journal. If it is missing or unusable, or if others may have read it, a new one is stored;
/// where that fails, the new one holds for this run.
pub(crate) fn kept_beside(journal: &Path) -> String {
    let path = journal.with_added_extension("host");
    read(&path).unwrap_or_else(|| {
        let name = random_hex::<BYTES>() + SUFFIX;
        // Removes an unusable file. Where a name cannot be stored, the journal cannot be written either, and that is told to whoever
        // sends a request. If a kill leaves half a name there, the next start replaces it.
        let _ = fs::remove_file(&path);
        let file = privacy::open(&path, OpenOptions::new().write(true).create_new(true));
        let _ = file.and_then(|mut file| file.write_all(name.as_bytes()));
        name
    })
}

fn read(path: &Path) -> Option<String> {
    // One byte more would show that it is too long.
    let name = privacy::read(path, BYTES * 2 + SUFFIX.len() + 1).ok()?;
    let label = name.strip_suffix(SUFFIX)?;
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (label.len() == BYTES * 2 && label.bytes().all(is_digit)).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_as_long_as_it_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join("journal");
        let path = folder.path().join("journal.host");
        let name = kept_beside(&journal);
        assert_eq!(name.len(), 2 * BYTES + SUFFIX.len());
        assert_eq!(kept_beside(&journal), name);
        fs::write(&path, "evil.example").unwrap();
        let other = kept_beside(&journal);
        assert_ne!(other, name);
        // Half a name, as after a kill.
        fs::write(&path, &other[..BYTES]).unwrap();
        let other = kept_beside(&journal);
        assert_eq!(other.len(), name.len());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert_ne!(kept_beside(&journal), other);
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
