//! A fast reader for JSON text as programs usually write it, which covers nearly all bodies and lines of a batch. It fills the
//! same [`Fields`] as the reader with serde, or returns `None`; then serde reads the text.
//!
//! A text is ordinary if it is an object of known fields, each once and of the right type, whose strings have no escapes and are
//! not blank, whose lists are not empty and whose duration is a short whole number.

use alloc::borrow::Cow;
use alloc::boxed::Box;

use super::fields::Fields;
use super::given::{Given, Item, is_blank};
use crate::table::{Edition, FieldInfo, FieldKind};

/// A whole number of at most this many digits fits a `u32`, and so is exact as an `f64`.
const MOST_DIGITS: usize = 9;

/// Reads the text, if it is an ordinary object.
pub(super) fn read(text: &str) -> Option<Box<Fields<'_>>> {
    let mut cursor = Cursor { rest: text, has_blanks: false };
    let all = Edition::default().fields();
    // Nearly all objects have their fields in the table's order, so the search for a field starts after the previous one.
    let (mut behind, mut is_ordered) = (all.iter(), true);
    cursor.pass(b'{')?;
    let mut fields = Box::new(Fields::NONE);
    loop {
        cursor.pass(b'"')?;
        let rest = cursor.rest.as_bytes();
        let is_next = |info: &&FieldInfo| {
            rest.get(info.name.len()) == Some(&b'"') && rest.starts_with(info.name.as_bytes())
        };
        let info = behind.find(is_next).or_else(|| {
            (behind, is_ordered) = (all.iter(), false);
            behind.find(is_next)
        })?;
        cursor.take(info.name.len() + 1)?;
        cursor.pass(b':')?;
        let slot = fields.slot_mut(info.field);
        if !matches!(slot, Given::Absent) {
            return None;
        }
        *slot = match info.kind {
            FieldKind::String => Given::Text(Cow::Borrowed(cursor.string()?)),
            FieldKind::Integer => cursor.number()?,
            FieldKind::Array => cursor.list()?,
            FieldKind::Boolean => return None,
        };
        if !cursor.goes_on(b'}')? {
            break;
        }
    }
    cursor.blanks();
    cursor.rest.is_empty().then_some(())?;
    // Without blanks and with the fields in the table's order, the text itself is the request to submit.
    fields.normal = (is_ordered && !cursor.has_blanks).then_some(Cow::Borrowed(text));
    Some(fields)
}

struct Cursor<'a> {
    /// What is still to be read.
    rest: &'a str,
    has_blanks: bool,
}

impl<'a> Cursor<'a> {
    fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.rest.as_bytes().first() {
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.has_blanks = true;
        }
    }

    /// Reads this byte, after any blanks.
    fn pass(&mut self, mark: u8) -> Option<()> {
        self.blanks();
        self.next(mark)
    }

    /// Reads a comma (`true`) or `end` (`false`), after any blanks.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        self.blanks();
        match self.next(b',') {
            Some(()) => Some(true),
            None => self.next(end).map(|()| false),
        }
    }

    /// Reads this byte, if it is the next.
    fn next(&mut self, mark: u8) -> Option<()> {
        (self.rest.as_bytes().first() == Some(&mark)).then_some(())?;
        self.take(1).map(drop)
    }

    /// Reads the next `length` bytes.
    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Reads a string without escapes that is not blank.
    fn string(&mut self) -> Option<&'a str> {
        self.pass(b'"')?;
        let string = self.take(plain_len(self.rest.as_bytes()))?;
        self.next(b'"')?;
        (!is_blank(string)).then_some(string)
    }

    fn list(&mut self) -> Option<Given<'a>> {
        self.pass(b'[')?;
        let mut items = alloc::vec![Item::Url(Cow::Borrowed(self.string()?))];
        while self.goes_on(b']')? {
            items.push(Item::Url(Cow::Borrowed(self.string()?)));
        }
        Some(Given::List(items))
    }

    fn number(&mut self) -> Option<Given<'a>> {
        self.blanks();
        let digits = self.rest.bytes().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = self.take(digits)?;
        if digits.len() > MOST_DIGITS || (digits.len() > 1 && digits.starts_with('0')) {
            return None;
        }
        // The caller refuses a fraction or an exponent: it expects a comma or a brace next.
        digits.parse::<u32>().ok().map(|number| Given::Number(number.into()))
    }
}

/// How many bytes precede the first quote, backslash or control character. Eight bytes are examined at a time.
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
