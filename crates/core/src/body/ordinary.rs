//! The one fast reader: objects as programs write them, which nearly all bodies and lines of a batch are. It fills the same
//! [`Fields`] as serde does, or says no; then serde has the answer.
//!
//! Ordinary is an object of known fields, each once and of its type, whose strings have no escapes and are not blank, whose
//! lists are not empty and whose duration is a short whole number.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::fields::Fields;
use super::given::{Item, Read, is_blank};
use crate::table::Edition;

/// A whole number of so many digits is a binary64, and spelled as it would be written.
const MOST_DIGITS: usize = 9;

/// Reads the ordinary object that the text is.
pub(super) fn read(text: &str) -> Option<Fields<'_>> {
    let mut cursor = Cursor { text, at: 0, has_blanks: false };
    let mut fields = Fields::default();
    let (mut seen, mut is_ordered) = (0, true);
    cursor.pass(b'{')?;
    loop {
        let field = Edition::default().field(cursor.string()?)?;
        if seen & field.bit() != 0 {
            return None;
        }
        is_ordered &= seen < field.bit();
        seen |= field.bit();
        cursor.pass(b':')?;
        let read = match field.info().kind {
            "array" => Read::List(cursor.strings()?),
            "integer" => Read::Number(cursor.number()?.into()),
            _ => Read::Text(Cow::Borrowed(cursor.filled()?)),
        };
        fields.set(field, read);
        if !cursor.goes_on(b'}')? {
            break;
        }
    }
    cursor.blanks();
    // Without blanks and in the table's order the text itself is the request to submit.
    fields.normal = (is_ordered && !cursor.has_blanks).then_some(Cow::Borrowed(text));
    (cursor.at == text.len()).then_some(fields)
}

struct Cursor<'a> {
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    has_blanks: bool,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.as_bytes().get(self.at) {
            self.at += 1;
            self.has_blanks = true;
        }
    }

    /// The next byte that is no blank.
    fn mark(&mut self) -> Option<u8> {
        self.blanks();
        let mark = self.text.as_bytes().get(self.at).copied()?;
        self.at += 1;
        Some(mark)
    }

    fn pass(&mut self, mark: u8) -> Option<()> {
        (self.mark()? == mark).then_some(())
    }

    /// Whether a comma comes next, or the end.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        match self.mark()? {
            b',' => Some(true),
            mark => (mark == end).then_some(false),
        }
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        self.pass(b'"')?;
        let rest = self.rest();
        let length = plain_len(rest.as_bytes());
        if rest.as_bytes().get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 1;
        rest.get(..length)
    }

    /// A string that is not blank.
    fn filled(&mut self) -> Option<&'a str> {
        let is_visible = |text: &str| text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
        self.string().filter(|text| is_visible(text) || !is_blank(text))
    }

    fn strings(&mut self) -> Option<Vec<Item<'a>>> {
        self.pass(b'[')?;
        let mut items = Vec::new();
        loop {
            items.push(Item::Url(Cow::Borrowed(self.filled()?)));
            if !self.goes_on(b']')? {
                return Some(items);
            }
        }
    }

    fn number(&mut self) -> Option<u32> {
        self.blanks();
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = rest.get(..length)?;
        if length > MOST_DIGITS || (length > 1 && digits.starts_with('0')) {
            return None;
        }
        self.at += length;
        // A number that goes on has no mark behind it.
        digits.parse().ok()
    }
}

/// How many bytes there are before the first that is a quote, a backslash or a control character, looked at eight at a time.
fn plain_len(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (words, _) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
        let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
        let control = word.wrapping_sub(ONES * 0x20);
        let marks = (quote | backslash | control) & !word & (ONES << 7);
        if marks != 0 {
            return length + marks.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    let is_mark = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    length + rest.iter().position(is_mark).unwrap_or(rest.len())
}
