//! The editions and their names.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Lang;

/// A version of the vendor's documents. Each edition has a table of its own.
///
/// ```
/// use seedance_core::Edition;
/// assert_eq!(Edition::default().name(), "2026-07");
/// assert_eq!("latest".parse(), Ok(Edition::LATEST));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// The documents of July 2026.
    #[default]
    V2026_07,
    /// The documents of September 2026.
    V2026_09,
}

impl Edition {
    /// Every edition, the oldest first.
    pub const ALL: [Self; 2] = [Self::V2026_07, Self::V2026_09];

    /// The newest edition.
    pub const LATEST: Self = Self::V2026_09;

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2026_07 => "2026-07",
            Self::V2026_09 => "2026-09",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(de::Error::custom)
    }
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    /// An edition by its name; `latest` is the newest.
    fn from_str(name: &str) -> Result<Self, UnknownEdition> {
        if name == LATEST {
            return Ok(Self::LATEST);
        }
        let known = Self::ALL.into_iter().find(|known| known.name() == name);
        known.ok_or_else(|| UnknownEdition { name: name.into() })
    }
}

/// The name that stands for the newest edition.
const LATEST: &str = "latest";

/// A name that no edition has.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct UnknownEdition {
    name: String,
}

impl UnknownEdition {
    /// The error as one sentence.
    ///
    /// ```
    /// use seedance_core::{Edition, Lang};
    /// let error = "2025".parse::<Edition>().unwrap_err();
    /// assert_eq!(error.message(Lang::En), "unknown edition `2025`; use `2026-07`, `2026-09` or `latest`");
    /// ```
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let quoted: Vec<_> = Edition::ALL.map(|known| format!("`{known}`")).into();
        let name = &self.name;
        match lang {
            Lang::En => {
                format!("unknown edition `{name}`; use {} or `{LATEST}`", quoted.join(", "))
            }
            Lang::Zh => {
                format!("没有名为 `{name}` 的规则版本，可选 {} 或 `{LATEST}`", quoted.join("、"))
            }
        }
    }
}
