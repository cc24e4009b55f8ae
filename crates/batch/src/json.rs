//! Answers written as compact JSON.
//!
//! Byte for byte what `serde_json` writes. It looks at every byte of every name and string on its own, which is a fifth
//! of the work of a batch; here the names of our own fields are trusted, and a string that needs no escapes (nearly all)
//! is found so sixteen bytes at a time.

use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct,
    SerializeStructVariant, Serializer,
};
use serde_json::{Error, Result};

/// The name under which `serde_json` hands over JSON that is written as it is.
const RAW: &str = "$serde_json::private::RawValue";

/// Appends the value.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    value.serialize(Json::new(out))
}

struct Json<'o> {
    out: &'o mut Vec<u8>,
    /// Whether the value is the text of JSON.
    verbatim: bool,
}

/// An array or object under way.
struct Members<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
    end: &'static [u8],
    raw: bool,
}

impl<'o> Json<'o> {
    fn new(out: &'o mut Vec<u8>) -> Self {
        Self {
            out,
            verbatim: false,
        }
    }

    fn open(self, begin: u8, end: &'static [u8]) -> Members<'o> {
        self.out.push(begin);
        Members {
            out: self.out,
            first: true,
            end,
            raw: false,
        }
    }

    fn by_serde_json<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        serde_json::to_writer(self.out, value)
    }
}

impl Members<'_> {
    fn next(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }

    fn trusted_name(&mut self, name: &'static str) {
        self.next();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    fn close(self) {
        self.out.extend_from_slice(self.end);
    }
}

fn needs_escapes(text: &str) -> bool {
    let (pieces, rest) = text.as_bytes().as_chunks::<16>();
    pieces.iter().any(|piece| any_needs_escape(piece)) || any_needs_escape(rest)
}

/// Without an early end, which is what lets the compiler look at a whole piece at once.
#[inline(always)]
fn any_needs_escape(bytes: &[u8]) -> bool {
    let needs = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
    bytes.iter().fold(0, |found, byte| found | needs(*byte)) != 0
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    fn serialize_str(self, text: &str) -> Result<()> {
        if self.verbatim {
            self.out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        if needs_escapes(text) {
            return self.by_serde_json(text);
        }
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.out
            .extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.out
            .extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.out
            .extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
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

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.by_serde_json(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.by_serde_json(&value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.by_serde_json(&value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        Err(Error::custom("an answer holds no bytes"))
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
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
        let mut members = self.open(b'{', b"}");
        SerializeStruct::serialize_field(&mut members, variant, value)?;
        SerializeStruct::end(members)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'o>> {
        if name == RAW {
            return Ok(Members {
                out: self.out,
                first: true,
                end: b"",
                raw: true,
            });
        }
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o>> {
        let mut outer = self.open(b'{', b"}}");
        outer.trusted_name(variant);
        let end = outer.end;
        Ok(Json::new(outer.out).open(b'{', end))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        Err(Error::custom("an answer holds no tuple"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        Err(Error::custom("an answer holds no tuple"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Error::custom("an answer holds no tuple"))
    }
}

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = Error;

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
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        self.next();
        name.serialize(Json::new(self.out))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        value.serialize(Json::new(self.out))
    }

    fn end(self) -> Result<()> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

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
    type Error = Error;

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
mod tests {
    use super::*;
    use seedance_core::{Job, Lang, PriceBook};
    use serde_json::json;

    fn assert_same(value: &impl Serialize) {
        let mut ours = Vec::new();
        write(&mut ours, value).unwrap();
        let theirs = serde_json::to_vec(value).unwrap();
        assert_eq!(
            String::from_utf8(ours).unwrap(),
            String::from_utf8(theirs).unwrap()
        );
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Shape {
        Unit,
        Newtype(u8),
        Struct { a: Option<i32>, b: () },
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let mut odd: String = (0..=0x80u8).map(char::from).collect();
        odd.push_str("视频 \u{2028} 😀");
        assert_same(&odd);
        assert_same(&odd.chars().map(String::from).collect::<Vec<_>>());
        assert_same(
            &json!({ odd.as_str(): [1, -1, 0.1, 1e300, true, null, {}, [], [[]], u64::MAX, i64::MIN], "": odd.as_str() }),
        );
        assert_same(&vec![
            Shape::Unit,
            Shape::Newtype(5),
            Shape::Struct { a: Some(-5), b: () },
            Shape::Struct { a: None, b: () },
        ]);
        assert_same(&Some(1.5f32));
        assert_same(&'é');
        assert_same(
            &serde_json::from_str::<Box<serde_json::value::RawValue>>(" {\"a\" : [1.0e0]} ")
                .unwrap(),
        );
    }

    #[test]
    fn answers_are_the_same() {
        let book = PriceBook::from_text(br#"{"currency":"\"","as_of":"\u0000","prices":{"seedance2.0-mini-720p-video":"0.05"}}"#).unwrap();
        for request in [
            "{",
            "[]",
            r#"{"model":"seedance2.0-mini-video","prompt":"a\nb","duration":5,"reference_videos":["https://e.example/v"]}"#,
            r#"{"model":"seedance2.0-mini","prompt":"a","duration":5,"x\u0000\"":{ "a" : [1.0] },"images":["http://a","",5]}"#,
            r#"{"model":"x","duration":1e3,"ratio":"16:10","last_image":"\\","aspect_ratio":"1:1"}"#,
        ] {
            for lang in [Lang::En, Lang::Zh] {
                let job = Job::new(request);
                assert_same(&job.check(lang));
                assert_same(&job.quote(&book, lang));
            }
        }
    }
}
