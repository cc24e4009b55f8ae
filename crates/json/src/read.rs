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
    /// Where there is more.
    pub fn end(&mut self) -> Result<(), Fault> {
        match self.visible() {
            None => Ok(()),
            Some(_) => Err(self.next_is("trailing characters")),
        }
    }

    /// The next value as it is written, of which only the end is looked for: its numbers may be out of range, its surrogates
    /// alone and its nesting deep.
    ///
    /// # Errors
    /// Where no end can be found.
    pub fn raw_unjudged(&mut self) -> Result<&'a str, Fault> {
        self.is_strict = false;
        let raw = self.raw();
        self.is_strict = true;
        raw
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

    /// The fault of the byte that comes next, or of the last one at the end.
    #[cold]
    fn next_is(&self, reason: &'static str) -> Fault {
        self.fault(reason, self.text.len().min(self.at + 1))
    }

    /// The fault of the byte that was read last.
    #[cold]
    fn last_was(&self, reason: &'static str) -> Fault {
        self.fault(reason, self.at)
    }

    /// The fault of the last byte before `end`; a line break is looked at from the line that it begins.
    #[cold]
    fn fault(&self, reason: &'static str, end: usize) -> Fault {
        let last = end.saturating_sub(1);
        let ends_line = self.text.as_bytes().get(last) == Some(&b'\n');
        Fault {
            reason,
            offset: if ends_line { end } else { last },
        }
    }

    /// `"EOF while parsing a value"` at the end, or else the fault of the next byte.
    #[cold]
    fn no_value(&self, reason: &'static str) -> Fault {
        self.next_is(match self.peek() {
            None => "EOF while parsing a value",
            Some(_) => reason,
        })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Fault> {
        for expected in word.bytes() {
            match self.next() {
                Some(byte) if byte == expected => {}
                None => return Err(self.last_was("EOF while parsing a value")),
                Some(_) => return Err(self.last_was("expected ident")),
            }
        }
        Ok(value)
    }

    fn begin(&mut self, value: Value<'a>) -> Result<Value<'a>, Fault> {
        if self.is_strict && self.depth == self.max_depth {
            return Err(self.next_is("recursion limit exceeded"));
        }
        self.at += 1;
        self.depth += 1;
        self.is_first = true;
        Ok(value)
    }

    fn finish(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// Goes to the next byte of a string that does not stand for itself.
    fn pass_plain(&mut self) {
        self.at += plain_len(self.text.as_bytes().get(self.at..).unwrap_or_default());
    }

    /// The string whose opening quote was read.
    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        let start = self.at;
        self.pass_plain();
        if self.peek() == Some(b'"') {
            let text = self.text.get(start..self.at).unwrap_or_default();
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        self.escaped(start).map(Cow::Owned)
    }

    /// The same, of which a part was passed that is plain.
    #[cold]
    fn escaped(&mut self, mut start: usize) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.next() {
                Some(b'"') => return Ok(text),
                Some(b'\\') => text.push(self.escape()?),
                None => return Err(self.last_was("EOF while parsing a string")),
                Some(_) => {
                    return Err(self.last_was(
                        "control character (\\u0000-\\u001F) found while parsing a string",
                    ));
                }
            }
            start = self.at;
            self.pass_plain();
        }
    }

    /// The character of an escape whose backslash was read.
    fn escape(&mut self) -> Result<char, Fault> {
        Ok(match self.next() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            None => return Err(self.last_was("EOF while parsing a string")),
            Some(_) => return Err(self.last_was("invalid escape")),
        })
    }

    fn code_point(&mut self) -> Result<char, Fault> {
        let first = self.hexadecimal()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        if !self.is_strict {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        if first < 0xdc00 {
            for expected in [b'\\', b'u'] {
                match self.next() {
                    Some(byte) if byte == expected => {}
                    None => return Err(self.last_was("EOF while parsing a string")),
                    Some(_) => return Err(self.last_was("unexpected end of hex escape")),
                }
            }
            let second = self.hexadecimal()?;
            if (0xdc00..0xe000).contains(&second) {
                let joined = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        Err(self.last_was("lone leading surrogate in hex escape"))
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        self.at = self.text.len().min(self.at + 4);
        let Some(digits) = digits else {
            return Err(self.last_was("EOF while parsing a string"));
        };
        let mut number = 0;
        for digit in digits {
            match char::from(*digit).to_digit(16) {
                Some(digit) => number = number << 4 | digit,
                None => return Err(self.last_was("invalid escape")),
            }
        }
        Ok(number)
    }

    fn number(&mut self) -> Result<f64, Fault> {
        let start = self.at;
        let is_negative = self.peek() == Some(b'-');
        if is_negative {
            self.at += 1;
        }
        let mut written = Written::default();
        match self.next() {
            Some(b'0') if matches!(self.peek(), Some(b'0'..=b'9')) => {
                return Err(self.next_is("invalid number"));
            }
            Some(digit @ b'0'..=b'9') => {
                written.digit(digit);
                self.digits(&mut written);
            }
            None => return Err(self.last_was("EOF while parsing a value")),
            Some(_) => return Err(self.last_was("invalid number")),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            let first = self.at;
            self.digits(&mut written);
            if self.at == first {
                return Err(self.no_value("invalid number"));
            }
            written.fraction(self.at - first);
        }
        let end = self.at;
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            written.exponent(self.exponent()?);
        }
        let mantissa = self.text.as_bytes().get(start..end).unwrap_or_default();
        let number = written.nearest(mantissa);
        if number.is_infinite() && self.is_strict {
            return Err(self.last_was("number out of range"));
        }
        Ok(if is_negative { -number } else { number })
    }

    fn digits(&mut self, written: &mut Written) {
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            written.digit(digit);
        }
    }

    fn exponent(&mut self) -> Result<i64, Fault> {
        let sign = self.peek();
        if let Some(b'+' | b'-') = sign {
            self.at += 1;
        }
        let mut exponent = match self.next() {
            Some(digit @ b'0'..=b'9') => i64::from(digit - b'0'),
            None => return Err(self.last_was("EOF while parsing a value")),
            Some(_) => return Err(self.last_was("invalid number")),
        };
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            exponent = (exponent * 10 + i64::from(digit - b'0')).min(LARGEST_EXPONENT);
        }
        Ok(if sign == Some(b'-') {
            -exponent
        } else {
            exponent
        })
    }
}

impl<'a> Source<'a> for Reader<'a> {
    type Error = Fault;

    const IS_TEXT: bool = true;

    fn value(&mut self) -> Result<Value<'a>, Fault> {
        match self.visible() {
            Some(b'"') => {
                self.at += 1;
                self.string().map(Value::Text)
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'[') => self.begin(Value::List),
            Some(b'{') => self.begin(Value::Object),
            Some(b'n') => self.word("null", Value::Null),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            _ => Err(self.no_value("expected value")),
        }
    }

    fn more(&mut self) -> Result<bool, Fault> {
        let is_first = core::mem::take(&mut self.is_first);
        match self.visible() {
            Some(b']') => {
                self.finish();
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.visible() {
                    Some(b']') => Err(self.next_is("trailing comma")),
                    Some(_) => Ok(true),
                    None => Err(self.no_value("")),
                }
            }
            Some(_) => Err(self.next_is("expected `,` or `]`")),
            None => Err(self.next_is("EOF while parsing a list")),
        }
    }

    fn key(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        let is_first = core::mem::take(&mut self.is_first);
        match self.visible() {
            Some(b'}') => {
                self.finish();
                return Ok(None);
            }
            Some(_) if is_first => {}
            Some(b',') => {
                self.at += 1;
                match self.visible() {
                    Some(b'}') => return Err(self.next_is("trailing comma")),
                    Some(_) => {}
                    None => return Err(self.no_value("")),
                }
            }
            Some(_) => return Err(self.next_is("expected `,` or `}`")),
            None => return Err(self.next_is("EOF while parsing an object")),
        }
        if self.peek() != Some(b'"') {
            return Err(self.next_is("key must be a string"));
        }
        self.at += 1;
        let name = self.string()?;
        match self.visible() {
            Some(b':') => {
                self.at += 1;
                Ok(Some(name))
            }
            Some(_) => Err(self.next_is("expected `:`")),
            None => Err(self.next_is("EOF while parsing an object")),
        }
    }

    fn raw(&mut self) -> Result<&'a str, Fault> {
        self.visible();
        let start = self.at;
        let value = self.value()?;
        self.skip(&value)?;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
