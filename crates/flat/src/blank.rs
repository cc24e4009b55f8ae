//! Strings without anything in them.

/// Empty, or only Unicode White_Space.
///
/// ```
/// use seedance_flat::is_blank;
/// assert!(is_blank(" \u{3000}\n") && is_blank("") && !is_blank(" a"));
/// ```
#[must_use]
#[inline]
pub fn is_blank(text: &str) -> bool {
    // Nearly every text begins with a visible ASCII character, and then needs no look at Unicode.
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && is_white(text)
}

#[cold]
#[inline(never)]
fn is_white(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}
