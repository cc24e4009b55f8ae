//! The language of all messages of this run.

use std::sync::OnceLock;

use seedance_core::Lang;

static LANG: OnceLock<Lang> = OnceLock::new();

/// Sets the language of all messages. It is called once, before the first message.
pub fn speak(lang: Lang) {
    // A second call has no effect, so that no thread sees the language change.
    let _ = LANG.set(lang);
}

/// The language of all messages.
pub fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// The wording in the language of this run.
pub fn pick<T>(en: T, zh: T) -> T {
    lang().pick(en, zh)
}

/// Formats a sentence in the language of this run; as with `format!`, values are named in braces.
macro_rules! say {
    ($en:literal, $zh:literal) => {
        $crate::lang::pick(format!($en), format!($zh))
    };
}
pub(crate) use say;
