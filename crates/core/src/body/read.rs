//! Reading a body or one value of it with serde, in any format. A wrong type is not an error, but a value like any other.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::{fmt, mem};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::Fields;
use super::given::{Given, Item, Kind, Wrong};
use super::unknown::{self, MAX_DEPTH, Name, Unknown};
use crate::syntax::Syntax;
use crate::table::{Edition, Field, FieldKind, shared_and_later};

/// What a body was decoded to.
#[derive(Debug, Clone)]
pub(crate) enum Root<'a> {
    NotJson(Syntax),
    NotObject(Kind),
    /// In a box, since bodies and jobs are moved often.
    Object(Box<Fields<'a>>),
}

impl<'a> Root<'a> {
    /// Reads a whole body. Of JSON text the values of unknown fields keep their spelling.
    pub(super) fn read<D: Deserializer<'a>>(data: D, is_text: bool) -> Result<Self, D::Error> {
        let mut fields = Box::new(Fields::NONE);
        let reading = Reading { of: Of::Body { fields: &mut fields, is_text }, depth: 0 };
        Ok(match reading.deserialize(data)?.into_wrong().kind() {
            Kind::Object => Self::Object(fields),
            kind => Self::NotObject(kind),
        })
    }

    /// Reads any text, even if it is not JSON.
    pub(super) fn of_text(text: &'a str) -> Self {
        let mut json = serde_json::Deserializer::from_str(text);
        let root = Self::read(&mut json, true);
        let root = root.and_then(|root| json.end().map(|()| root)).and_then(|root| {
            // Raw values were only skimmed: they may hold numbers out of range, unpaired surrogates or deep nesting.
            if let Root::Object(fields) = &root
                && !fields.others.is_empty()
            {
                let mut whole = serde_json::Deserializer::from_str(text);
                Reading { of: Of::Any, depth: 0 }.deserialize(&mut whole)?;
            }
            Ok(root)
        });
        root.unwrap_or_else(|fault| Root::NotJson(Syntax::of(text, &fault)))
    }
}

impl Fields<'_> {
    /// Fills the slots of the fields that `edition` has in addition to those of the first edition.
    pub fn read_by(&mut self, edition: Edition) {
        if self.others.is_empty() {
            return;
        }
        for info in shared_and_later().1 {
            self.set(info.field, Given::Absent);
            self.repeated &= !info.field.bit();
        }
        let mut others = mem::take(&mut self.others);
        for other in &mut others {
            other.field = edition.field(&other.name);
            if let Some(field) = other.field {
                self.set(field, other.read_as(field).map(&|text| Cow::Owned(text.into())));
                self.repeated |= if other.is_repeated { field.bit() } else { 0 };
            }
        }
        self.others = others;
    }
}

impl Unknown<'_> {
    /// The value as `field` would read it.
    pub fn read_as(&self, field: Field) -> Given<'_> {
        let mut json = serde_json::Deserializer::from_str(&self.value);
        // The value was parsed in full before, so this cannot fail.
        let mut read = Reading::of(field).deserialize(&mut json).unwrap_or_default();
        // Values that JSON cannot hold were written as `null`.
        for path in &self.wrong {
            let not_json = Wrong::Other(Kind::NotJson);
            match (&mut read, path.strip_prefix('/')) {
                (_, None) => read = Given::Wrong(not_json),
                (Given::List(items), Some(index)) => {
                    let place = index.parse().ok().and_then(|index: usize| items.get_mut(index));
                    if let Some(place) = place {
                        *place = Item::Wrong(not_json);
                    }
                }
                _ => {}
            }
        }
        read
    }
}

/// Reads one value as it comes.
struct Reading<'f, 'de> {
    of: Of<'f, 'de>,
    /// How many arrays and objects enclose the value.
    depth: usize,
}

/// What is read.
enum Of<'f, 'de> {
    /// A body, whose members go into the fields.
    Body { fields: &'f mut Fields<'de>, is_text: bool },
    /// A list of URLs, which keeps its items.
    List,
    /// Any value; of an array or object only the kind is kept.
    Any,
}

impl Reading<'_, '_> {
    /// Reads the value of a field.
    pub fn of(field: Field) -> Self {
        Self {
            of: if field.info().kind == FieldKind::Array { Of::List } else { Of::Any },
            depth: 1,
        }
    }

    const fn inner(&self) -> Self {
        Self { of: Of::Any, depth: self.depth + 1 }
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_, 'de> {
    type Value = Given<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_, 'de> {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E>(self, text: String) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(text)))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_u64<E>(self, number: u64) -> Result<Given<'de>, E> {
        Ok(Given::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_i64<E>(self, number: i64) -> Result<Given<'de>, E> {
        Ok(Given::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Given<'de>, E> {
        Ok(if number.is_finite() { Given::Number(number) } else { other(Kind::NotJson) })
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Given<'de>, E> {
        Ok(Given::Flag(flag))
    }

    fn visit_unit<E>(self) -> Result<Given<'de>, E> {
        Ok(other(Kind::Null))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Given<'de>, E> {
        Ok(other(Kind::NotJson))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Given<'de>, A::Error> {
        if matches!(self.of, Of::List) {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element_seed(self.inner())? {
                items.push(item.into());
            }
            return Ok(Given::List(items));
        }
        // Items are parsed though not kept, to find invalid JSON in text. Parsed data that is nested too deeply is skipped.
        if self.depth < MAX_DEPTH {
            while seq.next_element_seed(self.inner())?.is_some() {}
        } else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(other(Kind::Array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given<'de>, A::Error> {
        if let Of::Body { fields, is_text } = self.of {
            read_members(map, fields, is_text)?;
        } else if self.depth < MAX_DEPTH {
            while map.next_key::<Name<'_>>()?.is_some() {
                map.next_value_seed(self.inner())?;
            }
        } else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        Ok(other(Kind::Object))
    }
}

fn read_members<'de, A: MapAccess<'de>>(
    mut map: A,
    fields: &mut Fields<'de>,
    is_text: bool,
) -> Result<(), A::Error> {
    let mut seen = 0;
    while let Some(Name(name)) = map.next_key()? {
        let Some(field) = Edition::default().field(&name) else {
            fields.others.push(match is_text {
                true => Unknown::spelled(name, map.next_value()?),
                false => Unknown::written(name, map.next_value_seed(unknown::Writing)?),
            });
            continue;
        };
        fields.repeated |= seen & field.bit();
        seen |= field.bit();
        fields.set(field, map.next_value_seed(Reading::of(field))?);
    }
    unknown::fold_repeated(&mut fields.others);
    Ok(())
}

const fn other<'a>(kind: Kind) -> Given<'a> {
    Given::Wrong(Wrong::Other(kind))
}
