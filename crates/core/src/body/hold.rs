//! Unknown fields: their values are kept as they came, because the normalised request sends them.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::visit::Origin;
use super::{Fields, MAX_DEPTH, Unknown};
use crate::number;
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
        let mut held = Held::default();
        map.next_value_seed(Hold {
            depth: 1,
            held: &mut held,
        })?;
        // What was written is JSON, so reading it as such cannot fail.
        let value = RawValue::from_string(held.json).unwrap_or_else(|_| RawValue::NULL.to_owned());
        Ok(Unknown {
            wrong: held.wrong,
            ..Unknown::new(name, Cow::Owned(value))
        })
    }
}

/// A value written as JSON text, in its own order.
#[derive(Default)]
struct Held {
    json: String,
    /// Pointers to the parts that JSON cannot hold.
    wrong: Vec<String>,
    /// The pointer to the part that is being written.
    path: String,
}

/// Writes a value, and notes by pointer every part that JSON cannot hold.
struct Hold<'h> {
    /// Levels of arrays and objects around the value.
    depth: usize,
    held: &'h mut Held,
}

impl Hold<'_> {
    fn write(self, json: &str) {
        self.held.json.push_str(json);
    }

    fn write_text(self, text: &str) {
        // A string can always be written.
        let json = serde_json::to_string(text).unwrap_or_default();
        self.write(&json);
    }

    fn not_json(self) {
        self.held.wrong.push(self.held.path.clone());
        self.write("null");
    }

    /// Whether an array or object here would be deeper than JSON text may be.
    fn is_too_deep(&self) -> bool {
        self.depth >= MAX_DEPTH
    }

    /// Runs `read` on a member of this value.
    fn member<T>(&mut self, token: &str, read: impl FnOnce(Hold<'_>) -> T) -> T {
        let end = self.held.path.len();
        pointer::push(&mut self.held.path, token);
        let done = read(Hold {
            depth: self.depth + 1,
            held: self.held,
        });
        self.held.path.truncate(end);
        done
    }
}

impl<'de> DeserializeSeed<'de> for Hold<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Hold<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.write(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        self.not_json();
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.write(&number.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.write(&number.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        if number.is_finite() {
            self.write(&number::to_string(number));
        } else {
            self.not_json();
        }
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.write_text(text);
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.write("null");
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.write("null");
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        if self.is_too_deep() {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            self.not_json();
            return Ok(());
        }
        self.held.json.push('[');
        for index in 0.. {
            let end = self.held.json.len();
            if index > 0 {
                self.held.json.push(',');
            }
            let token = pointer::index(index);
            let item = self.member(&token, |inner| seq.next_element_seed(inner))?;
            if item.is_none() {
                self.held.json.truncate(end);
                break;
            }
        }
        self.held.json.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        if self.is_too_deep() {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            self.not_json();
            return Ok(());
        }
        self.held.json.push('{');
        let mut comma = "";
        while let Some(name) = map.next_key::<String>()? {
            self.held.json.push_str(comma);
            comma = ",";
            let depth = self.depth;
            Hold {
                depth,
                held: self.held,
            }
            .write_text(&name);
            self.held.json.push(':');
            self.member(&name, |inner| map.next_value_seed(inner))?;
        }
        self.held.json.push('}');
        Ok(())
    }
}
