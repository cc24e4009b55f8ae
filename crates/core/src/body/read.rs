//! Reading a whole body with serde.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::fields::Fields;
use super::given::Kind;
use super::unknown::{self, Kept, Unknown};
use super::value::{Name, Value};
use crate::syntax::Syntax;
use crate::table::Edition;

/// What a body was decoded to.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "an ordinary body is an object, and boxing it would be its only allocation"
)]
pub(crate) enum Root<'a> {
    NotJson(Syntax),
    NotObject(Kind),
    Object(Fields<'a>),
}

impl<'a> Root<'a> {
    /// Reads any text, even if it is not JSON.
    pub(super) fn of_text(text: &'a str) -> Self {
        let mut json = serde_json::Deserializer::from_str(text);
        let root = Reading { is_text: true }.deserialize(&mut json);
        let root = root.and_then(|root| json.end().map(|()| root)).and_then(|root| {
            // Raw values were only skimmed: they may hold numbers out of range, unpaired surrogates or deep nesting.
            if let Root::Object(fields) = &root
                && !fields.others.is_empty()
            {
                let mut whole = serde_json::Deserializer::from_str(text);
                Value::DOCUMENT.deserialize(&mut whole)?;
            }
            Ok(root)
        });
        root.unwrap_or_else(|fault| Root::NotJson(Syntax::of(text, &fault)))
    }
}

/// Reads a whole body.
pub(super) struct Reading {
    /// Whether the body is JSON text; then the values of unknown fields keep their spelling.
    pub is_text: bool,
}

impl<'de> DeserializeSeed<'de> for Reading {
    type Value = Root<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Root<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Reads a value that is not an object, and keeps only its kind.
macro_rules! not_object {
    ($($visit:ident($type:ty);)*) => {
        $(fn $visit<E: Error>(self, value: $type) -> Result<Root<'de>, E> {
            let read = Value::DOCUMENT.$visit(value)?;
            Ok(Root::NotObject(read.kind()))
        })*
    };
}

impl<'de> Visitor<'de> for Reading {
    type Value = Root<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    not_object! {
        visit_str(&str);
        visit_u64(u64);
        visit_i64(i64);
        visit_f64(f64);
        visit_bool(bool);
        visit_bytes(&[u8]);
    }

    fn visit_unit<E: Error>(self) -> Result<Root<'de>, E> {
        Ok(Root::NotObject(Kind::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Root<'de>, A::Error> {
        let read = Value::DOCUMENT.visit_seq(seq)?;
        Ok(Root::NotObject(read.kind()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Root<'de>, A::Error> {
        let mut fields = Fields::default();
        let mut seen = 0;
        while let Some(Name(name)) = map.next_key()? {
            let Some(field) = Edition::default().field(&name) else {
                let kept = if self.is_text {
                    Kept::raw(map.next_value()?)
                } else {
                    map.next_value_seed(unknown::Keeping)?
                };
                fields.others.push(Unknown::new(name, kept));
                continue;
            };
            fields.repeated |= seen & field.bit();
            seen |= field.bit();
            let read = map.next_value_seed(Value::of(field))?;
            fields.set(field, read);
        }
        unknown::fold_repeated(&mut fields.others);
        Ok(Root::Object(fields))
    }
}
