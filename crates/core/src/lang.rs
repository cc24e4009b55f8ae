use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// The language of messages and labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (simplified).
    Zh,
}

impl Lang {
    /// Picks the value for this language.
    ///
    /// ```
    /// assert_eq!(seedance_core::Lang::Zh.pick("accepted", "校验通过"), "校验通过");
    /// ```
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

/// A language that is neither `en` nor `zh`.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the language must be `en` or `zh`")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(name: &str) -> Result<Self, UnknownLang> {
        match name {
            "en" => Ok(Self::En),
            "zh" => Ok(Self::Zh),
            _ => Err(UnknownLang),
        }
    }
}
