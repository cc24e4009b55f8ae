//! Fields that the schema does not have. Their values are kept unchanged, because the request to submit contains them.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::mem;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::table::Field;
use crate::{number, pointer};

/// The deepest nesting of arrays and objects in a body, the body itself being level 1.
///
/// ```
/// use seedance_core::{Body, MAX_DEPTH};
/// let nested = |depth: usize| format!(r#"{{"x": {}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
/// assert!(Body::from(nested(MAX_DEPTH).as_str()).is_object());
/// assert!(!Body::from(nested(MAX_DEPTH + 1).as_str()).is_object());
/// ```
// serde_json reads text to this depth.
pub const MAX_DEPTH: usize = 127;

/// A field that the schema does not have.
#[derive(Debug, Clone)]
pub(crate) struct Unknown<'a> {
    pub name: Cow<'a, str>,
    /// The chosen edition's field of this name, if it has one; then the field's slot holds the value.
    pub field: Option<Field>,
    pub is_repeated: bool,
    /// The value as JSON text.
    pub value: Cow<'a, str>,
    /// JSON Pointers, relative to this field, to the values that JSON cannot hold.
    pub wrong: Vec<String>,
}

impl<'a> Unknown<'a> {
    /// A field of JSON text, whose value keeps its spelling.
    pub(super) fn spelled(name: Cow<'a, str>, value: &'a RawValue) -> Self {
        let value = Cow::Borrowed(value.get());
        Self { name, field: None, is_repeated: false, value, wrong: Vec::new() }
    }

    /// A field of parsed data.
    pub(super) fn written(name: Cow<'a, str>, Written { json, wrong, .. }: Written) -> Self {
        Self { name, field: None, is_repeated: false, value: Cow::Owned(json), wrong }
    }

    pub(super) fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Unknown<'b> {
        Unknown {
            name: text(&self.name),
            field: self.field,
            is_repeated: self.is_repeated,
            value: text(&self.value),
            wrong: self.wrong.clone(),
        }
    }
}

/// Keeps one entry per name: at the place of the first, with the value of the last.
pub(super) fn fold_repeated(unknown: &mut Vec<Unknown<'_>>) {
    // Brings entries of the same name together, in their original order.
    let mut named: Vec<_> = mem::take(unknown).into_iter().enumerate().collect();
    named.sort_unstable_by(|(at, one), (place, other)| (&one.name, at).cmp(&(&other.name, place)));
    named.dedup_by(|(_, later), (_, first)| {
        let is_same = later.name == first.name;
        if is_same {
            mem::swap(&mut first.value, &mut later.value);
            mem::swap(&mut first.wrong, &mut later.wrong);
            first.is_repeated = true;
        }
        is_same
    });
    named.sort_unstable_by_key(|(place, _)| *place);
    unknown.extend(named.into_iter().map(|(_, field)| field));
}

/// A member's name, borrowed if it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Name<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Writes parsed data as JSON text, with members in their original order.
pub(super) struct Writing;

impl<'de> DeserializeSeed<'de> for Writing {
    type Value = Written;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Written, D::Error> {
        let mut out = Written::default();
        Part { out: &mut out, depth: 1 }.deserialize(deserializer)?;
        Ok(out)
    }
}

/// A value as JSON text.
#[derive(Default)]
pub(super) struct Written {
    json: String,
    /// The JSON Pointer to the value being written.
    path: String,
    /// JSON Pointers to the values that JSON cannot hold.
    wrong: Vec<String>,
}

struct Part<'o> {
    out: &'o mut Written,
    /// How many arrays and objects enclose the value.
    depth: usize,
}

impl Part<'_> {
    fn write(self, text: &str) {
        self.out.json.push_str(text);
    }

    fn not_json(self) {
        self.out.wrong.push(self.out.path.clone());
        self.write("null");
    }
}

impl Written {
    fn string(&mut self, text: &str) {
        // A string can always be written.
        self.json.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.out.string(text);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.write(&number.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
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

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.write(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.write("null");
        Ok(())
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        self.not_json();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.depth >= MAX_DEPTH {
            self.not_json();
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        let (out, depth) = (self.out, self.depth + 1);
        out.json.push('[');
        for index in 0_usize.. {
            let (json, path) = (out.json.len(), out.path.len());
            if index > 0 {
                out.json.push(',');
            }
            pointer::push(&mut out.path, &index.to_string());
            let item = seq.next_element_seed(Part { out, depth })?;
            out.path.truncate(path);
            if item.is_none() {
                out.json.truncate(json);
                break;
            }
        }
        out.json.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.depth >= MAX_DEPTH {
            self.not_json();
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        let (out, depth) = (self.out, self.depth + 1);
        out.json.push('{');
        let mut is_first = true;
        while let Some(Name(name)) = map.next_key()? {
            if !is_first {
                out.json.push(',');
            }
            is_first = false;
            out.string(&name);
            out.json.push(':');
            let path = out.path.len();
            pointer::push(&mut out.path, &name);
            map.next_value_seed(Part { out, depth })?;
            out.path.truncate(path);
        }
        out.json.push('}');
        Ok(())
    }
}
