//! Makes other people's text safe for a terminal: it must not move the cursor, ring the bell or reverse the direction of writing.

use std::borrow::Cow;
use std::ops::Range;

/// The text with every character that a terminal would obey escaped, such as `\u{1b}`.
pub fn plain(text: &str) -> String {
    escaped(text, is_obeyed).into_owned()
}

/// The text with some characters escaped.
pub fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    replaced(text, is_escaped, |it| it.escape_unicode().to_string())
}

/// The text with some characters replaced.
pub fn replaced(
    text: &str,
    is_replaced: impl Fn(char) -> bool,
    by: impl Fn(char) -> String,
) -> Cow<'_, str> {
    if !text.contains(&is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_replaced(character) {
            shown.push_str(&by(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal acts on the character instead of showing it.
pub fn is_obeyed(character: char) -> bool {
    let turns_round = matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    character.is_control()
        || turns_round
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Like [`is_obeyed`], but `false` for line breaks and tabs.
pub fn is_obeyed_but_layout(character: char) -> bool {
    is_obeyed(character) && !matches!(character, '\n' | '\r' | '\t')
}

/// A text in the form in which it is shown.
pub struct Visible<'a> {
    text: &'a str,
    /// The text with each character that a terminal would obey replaced by one visible character, so that columns stay the same.
    pub shown: Cow<'a, str>,
}

impl<'a> Visible<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, shown: visible(text) }
    }

    /// Where a byte range of the text is in its shown form; only its first line if it has several.
    pub fn place(&self, place: &Range<usize>) -> Range<usize> {
        let length = |part: Option<&str>| match (part.unwrap_or_default(), &self.shown) {
            // Nothing was replaced: every place is where it was.
            (part, Cow::Borrowed(_)) => part.len(),
            (part, Cow::Owned(_)) => visible(part).len(),
        };
        let start = length(self.text.get(..place.start));
        let marked = self.text.get(place.clone());
        start..start + length(marked.and_then(|marked| marked.lines().next()))
    }
}

fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, is_obeyed_but_layout, |_| char::REPLACEMENT_CHARACTER.into())
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

    fn shown(text: &str, place: Range<usize>) -> (String, String) {
        let visible = Visible::of(text);
        (visible.shown[visible.place(&place)].into(), visible.shown.into())
    }

    #[test]
    fn columns_stay() {
        let whole = |text: &str| shown(text, 0..text.len()).1;
        assert_eq!(whole("{\r\n\t\"é\": 1}"), "{\r\n\t\"é\": 1}");
        assert_eq!(whole("\u{9b}2J\u{202e}\u{1b}"), "\u{fffd}2J\u{fffd}\u{fffd}");
        assert_eq!(shown("\u{9b}ab", 2..3).0, "a");
        assert_eq!(shown("\u{9b}\u{202e}ab", 2..6).0, "\u{fffd}a");
    }

    #[test]
    fn of_several_lines_the_first_is_marked() {
        assert_eq!(shown("{\n \"a\": [\n 1]\n}", 8..13).0, "[");
        assert_eq!(shown("", 0..0).0, "");
    }
}
