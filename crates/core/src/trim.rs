//! Texts without what stands around them.

/// The text without such characters at both ends.
// `core`'s own also reads backwards, and is several hundred bytes for each kind of character.
#[inline(never)]
pub(crate) fn trim(text: &str, is_around: fn(char) -> bool) -> &str {
    let (mut start, mut end) = (None, 0);
    for (place, character) in text.char_indices() {
        if !is_around(character) {
            start.get_or_insert(place);
            end = place + character.len_utf8();
        }
    }
    start.and_then(|start| text.get(start..end)).unwrap_or("")
}
