//! Other people's text on a terminal: it may not move the cursor, ring the bell or turn the writing round.

use std::borrow::Cow;

/// The text with every character that a terminal would obey replaced by its escape.
pub fn plain(text: &str) -> Cow<'_, str> {
    escaped(text, is_obeyed)
}

/// The text with some characters replaced by their escapes.
pub fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_escaped(character) {
            shown.extend(character.escape_unicode())
        } else {
            shown.push(character)
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal does something at it instead of showing it.
pub fn is_obeyed(character: char) -> bool {
    let turns_round = matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    character.is_control()
        || turns_round
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(plain("视频 é 0.05"), "视频 é 0.05");
        assert_eq!(plain("\u{1b}[2Ja\u{7}\n"), "\\u{1b}[2Ja\\u{7}\\u{a}");
        assert_eq!(plain("a\u{202E}b"), "a\\u{202e}b");
    }
}
