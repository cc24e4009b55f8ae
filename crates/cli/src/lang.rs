//! The language of this run: whatever is told is worded in it.

use std::sync::atomic::{AtomicBool, Ordering};

use seedance_core::Lang;

static IS_CHINESE: AtomicBool = AtomicBool::new(false);

/// From now on, everything is told in this language.
pub fn speak(lang: Lang) {
    IS_CHINESE.store(lang == Lang::Zh, Ordering::Relaxed);
}

/// The language in which everything is told.
pub fn lang() -> Lang {
    if IS_CHINESE.load(Ordering::Relaxed) { Lang::Zh } else { Lang::En }
}

/// Of two wordings the one in the language of this run.
pub fn pick<T>(en: T, zh: T) -> T {
    lang().pick(en, zh)
}
