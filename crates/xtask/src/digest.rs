//! The digest of files: their paths and their contents.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context;
use sha2::{Digest as _, Sha256};

use crate::run::Outcome;

/// SHA-256 over named contents, in the order in which they were added.
pub struct Digest(Sha256);

impl Digest {
    /// Over some files of a folder.
    pub fn of_files<P: AsRef<Path>>(
        folder: &Path,
        files: impl IntoIterator<Item = P>,
    ) -> Outcome<Self> {
        let mut digest = Self(Sha256::new());
        for file in files {
            let path = folder.join(&file);
            let content =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            digest.add(&file.as_ref().to_string_lossy(), &content);
        }
        Ok(digest)
    }

    /// Adds one named content.
    pub fn add(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .clone()
            .finalize()
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
