//! A text that nobody but its owner may learn.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Never shown, compared in constant time so that timing does not tell where texts differ, and wiped from memory when dropped.
#[derive(Clone)]
pub(super) struct Secret(Zeroizing<String>);

impl Secret {
    pub(super) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, to be sent to its owner.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn equals(&self, other: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(other).into()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other.0.as_bytes())
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
