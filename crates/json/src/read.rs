//! JSON text as a source of values.

use alloc::borrow::Cow;
use alloc::string::String;

use seedance_binary64::{LARGEST_EXPONENT, Written};
use seedance_flat::plain_len;

use crate::source::{Source, Value};

/// The deepest nesting of arrays and objects in JSON text, the outermost being level 1.
pub const MAX_DEPTH: usize = 127;

/// Reads JSON text from its start.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    /// Arrays and objects that have begun and not ended.
    depth: usize,
    max_depth: usize,
    /// Whether the last of them has had no member yet.
    is_first: bool,
    /// Whether values are read at their words: numbers in range, whole surrogate pairs, not too deep.
    is_strict: bool,
    /// What is wrong with the text; then all of it is passed.
    fault: Option<Fault>,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// In few words.
    pub reason: &'static str,
    /// The byte to look at.
    pub offset: usize,
}

impl Fault {
    /// Whether the text only ends too early.
    #[must_use]
    pub fn is_end(&self) -> bool {
        self.reason.starts_with("EOF")
    }

    /// Line and column in the text, both 1-based and the column in characters.
    #[must_use]
    pub fn position(&self, text: &[u8]) -> (usize, usize) {
        let before = text.get(..self.offset).unwrap_or(text);
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let is_start = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().skip(line_start).filter(is_start).count() + 1;
        (line, column)
    }
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            max_depth: MAX_DEPTH,
            is_first: true,
            is_strict: true,
            fault: None,
        }
    }

    /// The same for who does not look at what is nested deeply.
    #[must_use]
    pub const fn of_any_depth(mut self) -> Self {
        self.max_depth = usize::MAX;
        self
    }

    /// Nothing but blanks may be left.
    ///
    /// # Errors
    /// Where there is more, or anything was wrong before.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.visible().is_some() {
            self.next_is("trailing characters");
        }
        match self.fault {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    /// The next value as it is written, of which only the end is looked for: its numbers may be out of range, its surrogates
    /// alone and its nesting deep.
    pub fn raw_unjudged(&mut self) -> &'a str {
        self.is_strict = false;
        let raw = self.text_of_value();
        self.is_strict = true;
        raw
    }

    fn text_of_value(&mut self) -> &'a str {
        self.visible();
        let start = self.at;
        let begun = self.value();
        let source: &mut dyn Source<'_> = self;
        source.skip(&begun);
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no blank.
    fn visible(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => {
                    self.at += 1;
                }
                other => return other,
            }
        }
    }

    /// The byte that comes next is at fault, or the last one at the end.
    #[cold]
    fn next_is(&mut self, reason: &'static str) {
        self.fail(reason, self.text.len().min(self.at + 1));
    }

    /// The byte that was read last is at fault.
    #[cold]
    fn last_was(&mut self, reason: &'static str) {
        self.fail(reason, self.at);
    }

    /// The last byte before `end` is at fault, unless one was before; a line break is looked at from the line that it begins.
    #[cold]
    fn fail(&mut self, reason: &'static str, end: usize) {
        let last = end.saturating_sub(1);
        let ends_line = self.text.as_bytes().get(last) == Some(&b'\n');
        let offset = if ends_line { end } else { last };
        self.fault.get_or_insert(Fault { reason, offset });
        self.at = self.text.len();
    }

    /// `"EOF while parsing a value"` at the end, or else the next byte is at fault.
    #[cold]
    fn no_value(&mut self, reason: &'static str) {
        self.next_is(match self.peek() {
            None => "EOF while parsing a value",
            Some(_) => reason,
        });
    }

    /// Reads these bytes; `unless` they are there, this is wrong.
    fn expect(&mut self, bytes: &str, at_end: &'static str, unless: &'static str) {
        for expected in bytes.bytes() {
            match self.next() {
                Some(byte) if byte == expected => {}
                None => return self.last_was(at_end),
                Some(_) => return self.last_was(unless),
            }
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Value<'a> {
        self.expect(word, "EOF while parsing a value", "expected ident");
        value
    }

    fn begin(&mut self, value: Value<'a>) -> Value<'a> {
        if self.is_strict && self.depth == self.max_depth {
            self.next_is("recursion limit exceeded");
        } else {
            self.at += 1;
            self.depth += 1;
            self.is_first = true;
        }
        value
    }

    /// Goes to the next byte of a string that does not stand for itself.
    fn pass_plain(&mut self) {
        self.at += plain_len(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    /// The string whose opening quote comes next.
    fn string(&mut self) -> Cow<'a, str> {
        self.at += 1;
        let start = self.at;
        self.pass_plain();
        if self.peek() == Some(b'"') {
            let text = self.text.get(start..self.at).unwrap_or_default();
            self.at += 1;
            return Cow::Borrowed(text);
        }
        Cow::Owned(self.escaped(start))
    }

    /// The same, of which a part was passed that is plain.
    #[cold]
    fn escaped(&mut self, mut start: usize) -> String {
        let mut text = String::new();
        loop {
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.next() {
                Some(b'"') => break,
                Some(b'\\') => text.push(self.escape()),
                None => {
                    self.last_was("EOF while parsing a string");
                    break;
                }
                Some(_) => {
                    self.last_was(
                        "control character (\\u0000-\\u001F) found while parsing a string",
                    );
                }
            }
            start = self.at;
            self.pass_plain();
        }
        text
    }

    /// The character of an escape whose backslash was read.
    fn escape(&mut self) -> char {
        match self.next() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.code_point(),
            None => self.no_character("EOF while parsing a string"),
            Some(_) => self.no_character("invalid escape"),
        }
    }

    /// The byte that was read last is at fault, and stands for no character.
    #[cold]
    fn no_character(&mut self, reason: &'static str) -> char {
        self.last_was(reason);
        char::REPLACEMENT_CHARACTER
    }

    fn code_point(&mut self) -> char {
        let mut code = self.hexadecimal();
        // The first half of a character beyond 16 bits, behind which the second stands.
        if self.is_strict && (0xd800..0xdc00).contains(&code) {
            self.expect(
                "\\u",
                "EOF while parsing a string",
                "unexpected end of hex escape",
            );
            let second = self.hexadecimal();
            if (0xdc00..0xe000).contains(&second) {
                code = 0x1_0000 + ((code - 0xd800) << 10) + (second - 0xdc00);
            }
        }
        match char::from_u32(code) {
            Some(character) => character,
            None if self.is_strict => self.no_character("lone leading surrogate in hex escape"),
            None => char::REPLACEMENT_CHARACTER,
        }
    }

    fn hexadecimal(&mut self) -> u32 {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        self.at = self.text.len().min(self.at + 4);
        let mut number = 0;
        for digit in digits.unwrap_or_default() {
            match char::from(*digit).to_digit(16) {
                Some(digit) => number = number << 4 | digit,
                None => self.last_was("invalid escape"),
            }
        }
        if digits.is_none() {
            self.last_was("EOF while parsing a string");
        }
        number
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let mut written = Written::default();
        match self.next() {
            Some(b'0') if matches!(self.peek(), Some(b'0'..=b'9')) => {
                self.next_is("invalid number");
            }
            Some(digit @ b'0'..=b'9') => {
                written.digit(digit);
                self.digits(&mut written);
            }
            None => self.last_was("EOF while parsing a value"),
            Some(_) => self.last_was("invalid number"),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            let first = self.at;
            self.digits(&mut written);
            if self.at == first {
                self.no_value("invalid number");
            }
            written.fraction(self.at - first);
        }
        let end = self.at;
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            written.exponent(self.exponent());
        }
        if self.fault.is_some() {
            // What was read are no digits.
            return 0.0;
        }
        let mantissa = self.text.as_bytes().get(start..end).unwrap_or_default();
        let number = written.nearest(mantissa);
        if number.is_infinite() && self.is_strict {
            self.last_was("number out of range");
        }
        if is_negative { -number } else { number }
    }

    fn digits(&mut self, written: &mut Written) {
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            written.digit(digit);
        }
    }

    fn exponent(&mut self) -> i64 {
        let sign = self.peek();
        if let Some(b'+' | b'-') = sign {
            self.at += 1;
        }
        let first = self.at;
        let mut exponent = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            exponent = (exponent * 10 + i64::from(digit - b'0')).min(LARGEST_EXPONENT);
        }
        if self.at == first {
            self.no_value("invalid number");
        }
        if sign == Some(b'-') {
            -exponent
        } else {
            exponent
        }
    }

    /// Goes to the next part of the list or object that was begun last; `false` where it ends.
    fn goes_on(&mut self, end: u8, unless: &'static str, at_end: &'static str) -> bool {
        let is_first = core::mem::take(&mut self.is_first);
        match self.visible() {
            Some(byte) if byte == end => {
                self.at += 1;
                self.depth -= 1;
            }
            Some(_) if is_first => return true,
            Some(b',') => {
                self.at += 1;
                match self.visible() {
                    Some(byte) if byte == end => self.next_is("trailing comma"),
                    Some(_) => return true,
                    None => self.next_is("EOF while parsing a value"),
                }
            }
            Some(_) => self.next_is(unless),
            None => self.next_is(at_end),
        }
        false
    }
}

impl<'a> Source<'a> for Reader<'a> {
    fn value(&mut self) -> Value<'a> {
        let value = match self.visible() {
            Some(b'"') => Value::Text(self.string()),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()),
            Some(b'[') => self.begin(Value::List),
            Some(b'{') => self.begin(Value::Object),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            _ => {
                self.no_value("expected value");
                Value::Foreign
            }
        };
        match self.fault {
            None => value,
            Some(_) => Value::Foreign,
        }
    }

    fn more(&mut self) -> bool {
        self.goes_on(b']', "expected `,` or `]`", "EOF while parsing a list")
    }

    fn key(&mut self) -> Option<Cow<'a, str>> {
        if !self.goes_on(b'}', "expected `,` or `}`", "EOF while parsing an object") {
            return None;
        }
        if self.peek() != Some(b'"') {
            self.next_is("key must be a string");
            return None;
        }
        let name = self.string();
        match self.visible() {
            Some(b':') => {
                self.at += 1;
                return Some(name);
            }
            Some(_) => self.next_is("expected `:`"),
            None => self.next_is("EOF while parsing an object"),
        }
        None
    }

    fn raw(&mut self) -> Option<&'a str> {
        Some(self.text_of_value())
    }

    fn fault(&self) -> Option<Fault> {
        self.fault
    }
}

#[cfg(test)]
mod tests;
