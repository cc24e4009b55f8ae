//! The language of this run: whatever is told is worded in it.

use std::sync::OnceLock;

use seedance_core::Lang;

static LANG: OnceLock<Lang> = OnceLock::new();

/// Everything is told in this language. It is chosen once, before there is anything to tell.
pub fn speak(lang: Lang) {
    // A run has one language, so that no thread ever sees another: the first stays.
    let _ = LANG.set(lang);
}

/// The language in which everything is told.
pub fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// Of two wordings the one in the language of this run.
pub fn pick<T>(en: T, zh: T) -> T {
    lang().pick(en, zh)
}

/// A sentence in the language of this run, with the values that it names in braces.
macro_rules! say {
    ($en:literal, $zh:literal) => {
        $crate::lang::pick(format!($en), format!($zh))
    };
}
pub(crate) use say;
