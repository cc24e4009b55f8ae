//! Answers written as compact JSON.
//!
//! Byte for byte what `serde_json` writes. It looks at every byte of every name and string on its own, which is a fifth
//! of the work of a batch; here the names of our own fields are trusted, and what needs no escapes (nearly all) is passed
//! eight bytes at a time.

use alloc::string::String;
use core::fmt;

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    Serializer,
};

use crate::float;
use crate::plain::plain_len;

type Result<T> = core::result::Result<T, Unwritable>;

/// The name under which `serde_json` hands over JSON that is written as it is.
const RAW: &str = "$serde_json::private::RawValue";

/// Appends the value.
///
/// # Errors
/// Where the value is of a kind that no answer is of, such as a tuple.
pub fn write(out: &mut String, value: &(impl Serialize + ?Sized)) -> Result<()> {
    value.serialize(Json::new(out))
}

/// JSON text that is written as it is, here and by `serde_json`.
#[derive(Debug, Clone, Copy)]
pub struct RawJson<'a>(pub &'a str);

impl Serialize for RawJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, self.0)?;
        raw.end()
    }
}

/// A value that no answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that no answer holds")
    }
}

impl core::error::Error for Unwritable {}

impl serde::ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
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

struct Json<'o> {
    out: &'o mut String,
    /// Whether the value is the text of JSON.
    verbatim: bool,
}

/// An array or object under way.
struct Members<'o> {
    out: &'o mut String,
    first: bool,
    end: &'static str,
    raw: bool,
}

impl<'o> Json<'o> {
    fn new(out: &'o mut String) -> Self {
        Self {
            out,
            verbatim: false,
        }
    }

    fn open(self, begin: char, end: &'static str) -> Members<'o> {
        self.out.push(begin);
        Members {
            out: self.out,
            first: true,
            end,
            raw: false,
        }
    }
}

impl Members<'_> {
    fn next(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
    }

    fn trusted_name(&mut self, name: &'static str) {
        self.next();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
    }

    fn close(self) {
        self.out.push_str(self.end);
    }
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Members<'o>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    fn serialize_str(self, text: &str) -> Result<()> {
        if self.verbatim {
            self.out.push_str(text);
        } else {
            escape(self.out, text);
        }
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.out.push_str(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.out.push_str(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_i8(self, value: i8) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_f32(self, _: f32) -> Result<()> {
        Err(Unwritable)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        float::write(self.out, value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        for part in ["\"", variant, "\""] {
            self.out.push_str(part);
        }
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut members = self.open('{', "}");
        SerializeStruct::serialize_field(&mut members, variant, value)?;
        SerializeStruct::end(members)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'o>> {
        if name == RAW {
            return Ok(Members {
                out: self.out,
                first: true,
                end: "",
                raw: true,
            });
        }
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o>> {
        let mut outer = self.open('{', "}}");
        outer.trusted_name(variant);
        let end = outer.end;
        Ok(Json::new(outer.out).open('{', end))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        Err(Unwritable)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Unwritable)
    }
}

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.next();
        value.serialize(Json::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        self.next();
        name.serialize(Json::new(self.out))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(':');
        value.serialize(Json::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        if self.raw {
            return value.serialize(Json {
                out: self.out,
                verbatim: true,
            });
        }
        self.trusted_name(name);
        value.serialize(Json::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl SerializeStructVariant for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        SerializeStruct::serialize_field(self, name, value)
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
