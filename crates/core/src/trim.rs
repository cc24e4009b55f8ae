//! Texts without what stands around them.

/// The text without such characters at both ends.
// A pointer, not a closure: `core`'s own is several hundred bytes for each kind of character.
#[inline(never)]
pub(crate) fn trim(text: &str, is_around: fn(char) -> bool) -> &str {
    text.trim_matches(is_around)
}
