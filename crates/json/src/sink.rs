//! Where answers go: JSON text, or whatever else takes values part by part.

use alloc::string::String;

use seedance_flat::plain_len;

/// Takes values one after the other; the counterpart of [`Source`](crate::Source).
///
/// A list is begun, then come its items, [`next`](Self::next) called before each; an object the same, with names (a text or a
/// word, then [`colon`](Self::colon)) before its values.
pub trait Sink {
    /// `null`
    fn null(&mut self);
    /// `true` or `false`
    fn bool(&mut self, value: bool);
    /// A whole number.
    fn signed(&mut self, number: i64);
    /// The same beyond `i64`.
    fn unsigned(&mut self, number: u64);
    /// Any other number.
    fn number(&mut self, number: f64);
    /// A string, or the name of an object's member.
    fn text(&mut self, text: &str);
    /// The same where it is a word of our own, which needs no escapes.
    fn word(&mut self, word: &'static str);
    /// JSON text that stays as it is.
    fn raw(&mut self, json: &str);
    /// The beginning of a list or an object.
    fn begin(&mut self, nest: Nest);
    /// Its end.
    fn end(&mut self, nest: Nest);
    /// An item or a name comes next.
    fn next(&mut self);
    /// The value of the name comes next.
    fn colon(&mut self);
    /// What was written so far, where it is JSON text.
    fn written(&self) -> &str {
        ""
    }
}

/// What holds other values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nest {
    /// An array.
    List,
    /// An object.
    Object,
}

/// Compact JSON text.
impl Sink for String {
    fn null(&mut self) {
        self.push_str("null");
    }

    fn bool(&mut self, value: bool) {
        self.push_str(if value { "true" } else { "false" });
    }

    fn signed(&mut self, number: i64) {
        if number < 0 {
            self.push('-');
        }
        self.unsigned(number.unsigned_abs());
    }

    fn unsigned(&mut self, number: u64) {
        seedance_binary64::write_whole(self, number);
    }

    fn number(&mut self, number: f64) {
        seedance_binary64::write(self, number);
    }

    fn text(&mut self, text: &str) {
        escape(self, text);
    }

    fn word(&mut self, word: &'static str) {
        self.push('"');
        self.push_str(word);
        self.push('"');
    }

    // Of this every answer of a batch is made: compiled as the crate that answers is.
    #[inline]
    fn raw(&mut self, json: &str) {
        self.push_str(json);
    }

    fn begin(&mut self, nest: Nest) {
        self.push(match nest {
            Nest::List => '[',
            Nest::Object => '{',
        });
    }

    fn end(&mut self, nest: Nest) {
        self.push(match nest {
            Nest::List => ']',
            Nest::Object => '}',
        });
    }

    fn next(&mut self) {
        // Only what has just begun has nothing before: no value ends with its mark.
        if !matches!(self.as_bytes().last(), Some(b'[' | b'{')) {
            self.push(',');
        }
    }

    fn colon(&mut self) {
        self.push(':');
    }

    fn written(&self) -> &str {
        self
    }
}

/// Appends a string with its quotes.
pub fn escape(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let (plain, marked) = rest.split_at(plain_len(rest.as_bytes()));
        out.push_str(plain);
        let Some(byte) = marked.bytes().next() else {
            break;
        };
        escape_byte(out, byte);
        rest = &marked[1..];
    }
    out.push('"');
}

/// Appends the escape of a quote, a backslash or a control character.
#[cold]
fn escape_byte(out: &mut String, byte: u8) {
    let short = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x8 => b'b',
        0xc => b'f',
        0..=0x1f => b'u',
        _ => byte,
    };
    out.push('\\');
    out.push(char::from(short));
    if short == b'u' {
        out.push_str(if byte < 0x10 { "000" } else { "001" });
        out.extend(char::from_digit(u32::from(byte % 0x10), 16));
    }
}
