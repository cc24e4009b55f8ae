use serde::Serialize;

use crate::Lang;

/// A sentence in English and in Chinese.
///
/// ```
/// use seedance_core::{Lang, table::Text};
/// let text = Text::new("first frame", "首帧");
/// assert_eq!(text.get(Lang::Zh), "首帧");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Text {
    /// The sentence in English and in Chinese.
    #[must_use]
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// The sentence in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}
