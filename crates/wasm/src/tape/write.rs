//! From the core to JavaScript: a serde serializer onto a tape.

use serde::ser::{self, Serialize, Serializer};

use super::{TAG_BITS, TapeError, tag, word};

/// The struct by which `serde_json` passes text that is JSON already.
const RAW: &str = "$serde_json::private::RawValue";

/// A tape that is written to its end.
#[derive(Debug, Default)]
pub struct Writer {
    /// The values.
    pub words: Vec<u32>,
    /// Their strings, in UTF-8.
    pub text: Vec<u8>,
    /// The names of members, which outlive the tape.
    pub names: Names,
}

impl Writer {
    /// Replaces what was written before.
    pub fn write<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.words.clear();
        self.text.clear();
        value.serialize(self)
    }

    /// Replaces what was written before with lines that are no tape.
    pub fn lines(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.words.clear();
        self.text.clear();
        write(&mut self.text);
    }

    /// Replaces what was written before with one string.
    pub fn say(&mut self, text: &str) {
        self.words.clear();
        self.text.clear();
        self.text(tag::TEXT, text);
    }

    fn text(&mut self, tag: u32, text: &str) {
        let units = if text.is_ascii() {
            text.len()
        } else {
            text.encode_utf16().count()
        };
        self.words.push(word(tag, units));
        self.text.extend_from_slice(text.as_bytes());
    }

    fn name(&mut self, name: &'static str) {
        let number = self.names.number(name);
        self.words.push(word(tag::NAME, number));
    }

    /// Opens a list or an object, whose length is written when it is closed.
    fn open(&mut self, tag: u32) -> Open<'_> {
        let at = self.words.len();
        self.words.push(tag);
        Open {
            writer: self,
            at,
            length: 0,
        }
    }

    /// `{ variant: … }`, as serde tags an enum from outside.
    fn variant(&mut self, variant: &'static str) {
        self.words.push(word(tag::OBJECT, 1));
        self.name(variant);
    }
}

/// Names known at compile time, numbered as they come up; JavaScript asks for each once.
#[derive(Debug, Default)]
pub struct Names(Vec<&'static str>);

impl Names {
    /// The name of a number.
    pub fn get(&self, number: usize) -> Option<&'static str> {
        self.0.get(number).copied()
    }

    fn number(&mut self, name: &'static str) -> usize {
        // By address: the same literal is nearly always the same bytes, and a second number for a name does no harm.
        let known = self.0.iter().position(|known| std::ptr::eq(*known, name));
        known.unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        })
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = TapeError;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), TapeError> {
        self.words.push(if value { tag::TRUE } else { tag::FALSE });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), TapeError> {
        // In range, the sign is in the bits that stay.
        if value << (32 + TAG_BITS) >> (32 + TAG_BITS) == value {
            self.words.push(word(tag::SMALL, value as usize));
            return Ok(());
        }
        self.serialize_f64(value as f64)
    }

    fn serialize_u8(self, value: u8) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), TapeError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), TapeError> {
        match i64::try_from(value) {
            Ok(value) => self.serialize_i64(value),
            Err(_) => self.serialize_f64(value as f64),
        }
    }

    fn serialize_f32(self, value: f32) -> Result<(), TapeError> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), TapeError> {
        let bits = value.to_bits();
        self.words
            .extend([tag::NUMBER, bits as u32, (bits >> 32) as u32]);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), TapeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), TapeError> {
        self.text(tag::TEXT, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), TapeError> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), TapeError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), TapeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), TapeError> {
        self.words.push(tag::NULL);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), TapeError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), TapeError> {
        self.name(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), TapeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), TapeError> {
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, TapeError> {
        Ok(self.open(tag::LIST))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, TapeError> {
        Ok(self.open(tag::LIST))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, TapeError> {
        Ok(self.open(tag::LIST))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, TapeError> {
        self.variant(variant);
        Ok(self.open(tag::LIST))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, TapeError> {
        Ok(self.open(tag::OBJECT))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'a>, TapeError> {
        Ok(if name == RAW {
            Fields::Raw(self)
        } else {
            Fields::Object(self.open(tag::OBJECT))
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, TapeError> {
        self.variant(variant);
        Ok(Fields::Object(self.open(tag::OBJECT)))
    }
}

/// A list or an object that is being written.
#[derive(Debug)]
pub struct Open<'a> {
    writer: &'a mut Writer,
    at: usize,
    length: usize,
}

impl Open<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.length += 1;
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), TapeError> {
        if let Some(opened) = self.writer.words.get_mut(self.at) {
            *opened = word(*opened, self.length);
        }
        Ok(())
    }
}

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.item(value)
    }

    fn end(self) -> Result<(), TapeError> {
        self.close()
    }
}

impl ser::SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.item(value)
    }

    fn end(self) -> Result<(), TapeError> {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Open<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.item(value)
    }

    fn end(self) -> Result<(), TapeError> {
        self.close()
    }
}

impl ser::SerializeTupleVariant for Open<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        self.item(value)
    }

    fn end(self) -> Result<(), TapeError> {
        self.close()
    }
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), TapeError> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), TapeError> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), TapeError> {
        self.close()
    }
}

/// A struct that is being written.
#[derive(Debug)]
pub enum Fields<'a> {
    /// An ordinary one.
    Object(Open<'a>),
    /// The one whose only field is JSON text.
    Raw(&'a mut Writer),
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TapeError> {
        match self {
            Self::Object(open) => {
                open.writer.name(key);
                open.item(value)
            }
            Self::Raw(writer) => {
                let at = writer.words.len();
                value.serialize(&mut **writer)?;
                if let Some(text) = writer.words.get_mut(at) {
                    *text = *text ^ tag::TEXT ^ tag::JSON;
                }
                Ok(())
            }
        }
    }

    fn end(self) -> Result<(), TapeError> {
        match self {
            Self::Object(open) => open.close(),
            Self::Raw(_) => Ok(()),
        }
    }
}

impl ser::SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = TapeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), TapeError> {
        ser::SerializeStruct::serialize_field(self, key, value)
    }

    fn end(self) -> Result<(), TapeError> {
        ser::SerializeStruct::end(self)
    }
}

impl ser::Error for TapeError {
    fn custom<T: core::fmt::Display>(message: T) -> Self {
        Self::Unfit(message.to_string())
    }
}
