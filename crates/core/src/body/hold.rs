//! Unknown fields: their values are kept as they came, because the normalised request sends them.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::visit::Origin;
use super::{Fields, MAX_DEPTH, Unknown};
use crate::pointer;
use crate::table::Field;

impl<'a> Unknown<'a> {
    pub(super) fn new(name: Cow<'a, str>, value: Cow<'a, RawValue>) -> Self {
        Self {
            name,
            repeated: false,
            value,
            wrong: Vec::new(),
        }
    }

    /// The value as it would be read in the field `field`.
    pub fn reread<'s>(&'s self, field: Field, fields: &mut Fields<'s>) {
        super::text::reread(&self.value, field, fields);
    }
}

/// Keeps one entry a name: at its first place, with its last value.
pub(super) fn fold_repeated(unknown: &mut Vec<Unknown<'_>>) {
    if unknown.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..unknown.len()).collect();
    order.sort_by(|a, b| unknown[*a].name.cmp(&unknown[*b].name));
    let mut dropped = alloc::vec![false; unknown.len()];
    let mut first = order[0];
    for later in order.into_iter().skip(1) {
        if unknown[first].name == unknown[later].name {
            // The latest value so far goes to the first place.
            unknown.swap(first, later);
            unknown[first].repeated = true;
            dropped[later] = true;
        } else {
            first = later;
        }
    }
    let mut dropped = dropped.into_iter();
    unknown.retain(|_| !dropped.next().unwrap_or(false));
}

/// The origin of already parsed values.
pub(super) struct Parsed;

impl<'de> Origin<'de> for Parsed {
    fn skip_item<A: SeqAccess<'de>>(seq: &mut A) -> Result<Option<()>, A::Error> {
        Ok(seq.next_element::<IgnoredAny>()?.map(|_| ()))
    }

    fn skip_value<A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(|_| ())
    }

    fn hold<A: MapAccess<'de>>(map: &mut A, name: Cow<'de, str>) -> Result<Unknown<'de>, A::Error> {
        let mut wrong = Vec::new();
        let mut path = String::new();
        let value = map.next_value_seed(Held {
            depth: 1,
            path: &mut path,
            wrong: &mut wrong,
        })?;
        // Writing a JSON value as JSON text cannot fail.
        let value = serde_json::value::to_raw_value(&value).unwrap_or_else(|_| null());
        Ok(Unknown {
            wrong,
            ..Unknown::new(name, Cow::Owned(value))
        })
    }
}

fn null() -> Box<RawValue> {
    RawValue::NULL.to_owned()
}

/// Copies a value and notes, by pointer, every part that JSON cannot hold.
struct Held<'h> {
    /// Levels of arrays and objects around the value.
    depth: usize,
    path: &'h mut String,
    wrong: &'h mut Vec<String>,
}

impl Held<'_> {
    fn not_json(self) -> Value {
        self.wrong.push(self.path.clone());
        Value::Null
    }

    /// Whether an array or object here would be deeper than JSON text may be.
    fn is_too_deep(&self) -> bool {
        self.depth >= MAX_DEPTH
    }

    fn number(self, number: Option<Number>) -> Value {
        match number {
            Some(number) => Value::Number(number),
            None => self.not_json(),
        }
    }

    /// Runs `read` on a member of this value.
    fn member<T>(&mut self, token: &str, read: impl FnOnce(Held<'_>) -> T) -> T {
        let end = self.path.len();
        pointer::push(self.path, token);
        let value = read(Held {
            depth: self.depth + 1,
            path: self.path,
            wrong: self.wrong,
        });
        self.path.truncate(end);
        value
    }
}

impl<'de> DeserializeSeed<'de> for Held<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Held<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value, E> {
        Ok(self.not_json())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(self.number(Number::from_f64(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_string()))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        if self.is_too_deep() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(self.not_json());
        }
        let mut items = Vec::new();
        loop {
            let token = pointer::index(items.len());
            match self.member(&token, |inner| seq.next_element_seed(inner))? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        if self.is_too_deep() {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(self.not_json());
        }
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = self.member(&name, |inner| map.next_value_seed(inner))?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}
