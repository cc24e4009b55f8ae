//! JSON by RFC 8259 and §3 of the rules' specification, in a plain reader that keeps repeated names and the spelling of numbers.

use serde_json::Value;

/// The deepest allowed nesting of arrays and objects. The body is level 1.
pub const DEEPEST: usize = 127;

/// A JSON value with all details of its text.
#[derive(Debug, Clone)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// As spelt.
    Number(String),
    /// Unescaped.
    String(String),
    /// The items in order.
    Array(Vec<Json>),
    /// The members in order, including repeated ones.
    Object(Vec<(String, Json)>),
}

/// Numbers are equal if their nearest binary64 are. The order of members counts.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => nearest(a) == nearest(b),
            (Self::String(a), Self::String(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }
}

/// The binary64 nearest to a number's spelling.
#[must_use]
pub fn nearest(spelt: &str) -> f64 {
    spelt.parse().unwrap_or(f64::NAN)
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(b) => Self::Bool(*b),
            Value::Number(n) => Self::Number(n.to_string()),
            Value::String(s) => Self::String(s.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect(),
            ),
        }
    }
}

/// Reads a text in UTF-8 that is exactly one JSON value.
///
/// # Errors
/// If §3 calls the text `invalid-json`.
pub fn parse(bytes: &[u8]) -> Result<Json, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.blanks();
    if reader.rest.is_empty() { Ok(value) } else { Err("more than one value") }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    // A byte-order mark is not one of these four characters, so it is refused like any other stray character.
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> bool {
        self.rest.strip_prefix(token).map(|rest| self.rest = rest).is_some()
    }

    fn value(&mut self, above: usize) -> Result<Json, &'static str> {
        self.blanks();
        if self.take("null") {
            Ok(Json::Null)
        } else if self.take("true") {
            Ok(Json::Bool(true))
        } else if self.take("false") {
            Ok(Json::Bool(false))
        } else if self.take("\"") {
            self.string().map(Json::String)
        } else if self.take("[") {
            self.array(deeper(above)?)
        } else if self.take("{") {
            self.object(deeper(above)?)
        } else {
            self.number()
        }
    }

    fn array(&mut self, level: usize) -> Result<Json, &'static str> {
        let mut items = Vec::new();
        self.blanks();
        if self.take("]") {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(level)?);
            self.blanks();
            if self.take("]") {
                return Ok(Json::Array(items));
            }
            if !self.take(",") {
                return Err("no comma in an array");
            }
        }
    }

    fn object(&mut self, level: usize) -> Result<Json, &'static str> {
        let mut members = Vec::new();
        self.blanks();
        if self.take("}") {
            return Ok(Json::Object(members));
        }
        loop {
            self.blanks();
            if !self.take("\"") {
                return Err("no name in an object");
            }
            let name = self.string()?;
            self.blanks();
            if !self.take(":") {
                return Err("no colon after a name");
            }
            members.push((name, self.value(level)?));
            self.blanks();
            if self.take("}") {
                return Ok(Json::Object(members));
            }
            if !self.take(",") {
                return Err("no comma in an object");
            }
        }
    }

    fn string(&mut self) -> Result<String, &'static str> {
        let mut out = String::new();
        loop {
            let plain = self
                .rest
                .find(|c: char| c == '"' || c == '\\' || c < ' ')
                .ok_or("a string without an end")?;
            out.push_str(&self.rest[..plain]);
            self.rest = &self.rest[plain..];
            if self.take("\"") {
                return Ok(out);
            }
            if !self.take("\\") {
                return Err("a control character in a string");
            }
            out.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, &'static str> {
        for (letter, meant) in [
            ("\"", '"'),
            ("\\", '\\'),
            ("/", '/'),
            ("b", '\u{8}'),
            ("f", '\u{c}'),
            ("n", '\n'),
            ("r", '\r'),
            ("t", '\t'),
        ] {
            if self.take(letter) {
                return Ok(meant);
            }
        }
        if !self.take("u") {
            return Err("no such escape");
        }
        let first = self.four_digits()?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or("no character");
        }
        if first >= 0xDC00 || !self.take("\\u") {
            return Err("a lone surrogate");
        }
        let second = self.four_digits()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err("a lone surrogate");
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or("no character")
    }

    fn four_digits(&mut self) -> Result<u32, &'static str> {
        let digits = self
            .rest
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .ok_or("not four hexadecimal digits")?;
        self.rest = &self.rest[4..];
        u32::from_str_radix(digits, 16).map_err(|_| "not hexadecimal")
    }

    fn number(&mut self) -> Result<Json, &'static str> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c)))
            .unwrap_or(self.rest.len());
        let spelt = &self.rest[..end];
        if !is_number(spelt.strip_prefix('-').unwrap_or(spelt)) {
            return Err("no value");
        }
        if !nearest(spelt).is_finite() {
            return Err("a number beyond binary64");
        }
        self.rest = &self.rest[end..];
        Ok(Json::Number(spelt.to_owned()))
    }
}

fn deeper(above: usize) -> Result<usize, &'static str> {
    if above < DEEPEST { Ok(above + 1) } else { Err("nested too deep") }
}

/// Whether a text is a number of JSON's grammar without a sign.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let (coefficient, exponent) = match text.split_once(['e', 'E']) {
        Some((coefficient, exponent)) => (coefficient, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match coefficient.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (coefficient, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
