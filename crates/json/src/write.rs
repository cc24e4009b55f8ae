//! Answers written part by part, as compact JSON text or into another sink.
//!
//! As text, byte for byte what `serde_json` writes. It looks at every byte of every name and string on its own, which is a
//! fifth of the work of a batch; here the names of our own fields are trusted, and what needs no escapes (nearly all) is
//! passed eight bytes at a time.

use core::fmt;

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    Serializer,
};

use crate::sink::{Nest, Sink};

type Result<T> = core::result::Result<T, Unwritable>;

/// The name under which `serde_json` hands over JSON that is written as it is.
const RAW: &str = "$serde_json::private::RawValue";

/// Appends the value.
///
/// # Errors
/// Where the value is of a kind that no answer is of, such as a tuple.
pub fn write(out: &mut impl Sink, value: &(impl Serialize + ?Sized)) -> Result<()> {
    value.serialize(Writer::new(out))
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

struct Writer<'o, S> {
    out: &'o mut S,
    /// Whether the value is the text of JSON.
    verbatim: bool,
}

/// A list or an object under way.
struct Members<'o, S> {
    out: &'o mut S,
    ends: Ends,
}

/// What ends with the members.
#[derive(Clone, Copy)]
enum Ends {
    One(Nest),
    /// An object, and the one around it.
    Both,
    /// Nothing: the only member is the text of JSON.
    Raw,
}

impl<'o, S: Sink> Writer<'o, S> {
    const fn new(out: &'o mut S) -> Self {
        Self {
            out,
            verbatim: false,
        }
    }

    fn open(self, nest: Nest) -> Members<'o, S> {
        self.out.begin(nest);
        Members {
            out: self.out,
            ends: Ends::One(nest),
        }
    }
}

impl<S: Sink> Members<'_, S> {
    fn name(&mut self, name: &'static str) {
        self.out.next();
        self.out.word(name);
        self.out.colon();
    }

    fn close(self) {
        match self.ends {
            Ends::One(nest) => self.out.end(nest),
            Ends::Both => {
                self.out.end(Nest::Object);
                self.out.end(Nest::Object);
            }
            Ends::Raw => {}
        }
    }
}

impl<'o, S: Sink> Serializer for Writer<'o, S> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Members<'o, S>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Members<'o, S>;
    type SerializeStruct = Members<'o, S>;
    type SerializeStructVariant = Members<'o, S>;

    fn serialize_str(self, text: &str) -> Result<()> {
        if self.verbatim {
            self.out.raw(text);
        } else {
            self.out.text(text);
        }
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.out.bool(value);
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.out.unsigned(value);
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.out.signed(value);
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
        self.out.number(value);
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
        self.out.null();
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.out.word(variant);
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
        let mut members = self.open(Nest::Object);
        SerializeStruct::serialize_field(&mut members, variant, value)?;
        SerializeStruct::end(members)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o, S>> {
        Ok(self.open(Nest::List))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o, S>> {
        Ok(self.open(Nest::Object))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'o, S>> {
        if name == RAW {
            return Ok(Members {
                out: self.out,
                ends: Ends::Raw,
            });
        }
        Ok(self.open(Nest::Object))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o, S>> {
        let mut outer = self.open(Nest::Object);
        outer.name(variant);
        outer.out.begin(Nest::Object);
        outer.ends = Ends::Both;
        Ok(outer)
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

impl<S: Sink> SerializeSeq for Members<'_, S> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.next();
        value.serialize(Writer::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl<S: Sink> SerializeMap for Members<'_, S> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        self.out.next();
        name.serialize(Writer::new(self.out))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.colon();
        value.serialize(Writer::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl<S: Sink> SerializeStruct for Members<'_, S> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        if matches!(self.ends, Ends::Raw) {
            return value.serialize(Writer {
                out: self.out,
                verbatim: true,
            });
        }
        self.name(name);
        value.serialize(Writer::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl<S: Sink> SerializeStructVariant for Members<'_, S> {
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
