//! The one visitor that reads a body, from JSON text and from already parsed values alike.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use super::hold::{self, Parsed};
use super::{Fields, Item, Kind, Root, Slot, Unknown, Wrong};
use crate::table::Field;

/// Where a body comes from decides how what no rule needs is passed over and how an unknown
/// field's value is kept.
pub(super) trait Origin<'de> {
    fn skip_item<A: SeqAccess<'de>>(seq: &mut A) -> Result<Option<()>, A::Error>;
    fn skip_value<A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error>;
    fn hold<A: MapAccess<'de>>(map: &mut A, name: Cow<'de, str>) -> Result<Unknown<'de>, A::Error>;
}

/// Reads a body of already parsed data.
pub(super) fn parsed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Root<'de>, D::Error> {
    let mut fields = Fields::default();
    let visitor = RootVisitor::<Parsed>(&mut fields, PhantomData);
    Ok(match deserializer.deserialize_any(visitor)? {
        Some(kind) => Root::NotObject(kind),
        None => {
            hold::fold_repeated(&mut fields.unknown);
            Root::Object(fields)
        }
    })
}

/// Reads one field's value, as for a body of text.
pub(super) fn slot<'de, O: Origin<'de>, D: Deserializer<'de>>(
    deserializer: D,
    field: Field,
    fields: &mut Fields<'de>,
) -> Result<(), D::Error> {
    SlotSeed::<O>(field, fields, PhantomData).deserialize(deserializer)
}

/// Reads a body's fields into their place; what it is instead, where it is no object.
pub(super) struct RootVisitor<'f, 'de, O>(pub &'f mut Fields<'de>, pub PhantomData<O>);

impl<'de, O: Origin<'de>> Visitor<'de> for RootVisitor<'_, 'de, O> {
    type Value = Option<Kind>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request body")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Kind>, A::Error> {
        let fields = self.0;
        let mut seen = 0;
        while let Some(key) = map.next_key_seed(KeySeed)? {
            match key {
                Key::Known(field) => {
                    fields.repeated |= seen & field.bit();
                    seen |= field.bit();
                    map.next_value_seed(SlotSeed::<O>(field, fields, PhantomData))?;
                }
                Key::Unknown(name) => {
                    let unknown = O::hold(&mut map, name)?;
                    fields.unknown.push(unknown);
                }
            }
        }
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<Kind>, A::Error> {
        while O::skip_item(&mut seq)?.is_some() {}
        Ok(Some(Kind::Array))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Boolean))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::NotJson))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Number))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Number))
    }

    fn visit_str<E>(self, _: &str) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::String))
    }

    fn visit_none<E>(self) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Null))
    }

    fn visit_unit<E>(self) -> Result<Option<Kind>, E> {
        Ok(Some(Kind::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Option<Kind>, D::Error> {
        inner.deserialize_any(self)
    }
}

enum Key<'de> {
    Known(Field),
    Unknown(Cow<'de, str>),
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
        Ok(Field::named(name).map_or(Key::Unknown(Cow::Borrowed(name)), Key::Known))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key<'de>, E> {
        self.visit_string(name.into())
    }

    fn visit_string<E>(self, name: String) -> Result<Key<'de>, E> {
        Ok(Field::named(&name).map_or(Key::Unknown(Cow::Owned(name)), Key::Known))
    }
}

/// Reads a known field's value into its slot, whatever its type.
struct SlotSeed<'f, 'de, O>(Field, &'f mut Fields<'de>, PhantomData<O>);

impl<'de, O: Origin<'de>> DeserializeSeed<'de> for SlotSeed<'_, 'de, O> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, O> SlotSeed<'_, 'de, O> {
    fn set(self, slot: Slot<'de>) {
        self.1.set(self.0, slot);
    }

    fn text(self, text: Cow<'de, str>) {
        let field = self.0;
        self.set(if field.is_text() {
            Slot::of_text(field, text)
        } else {
            Slot::Wrong(Wrong::Text(text))
        });
    }

    fn number(self, number: f64) {
        let is_duration = self.0 == Field::Duration && is_whole(number);
        self.set(if is_duration {
            Slot::Whole(number)
        } else {
            Slot::Wrong(Wrong::Number(number))
        });
    }

    fn other(self, kind: Kind) {
        self.set(Slot::Wrong(Wrong::Other(kind)));
    }
}

impl<'de, O: Origin<'de>> Visitor<'de> for SlotSeed<'_, 'de, O> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.text(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.text(Cow::Owned(text.into()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.text(Cow::Owned(text));
        Ok(())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "rules.md §3: the nearest binary64 counts"
    )]
    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.number(number as f64);
        Ok(())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "rules.md §3: the nearest binary64 counts"
    )]
    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.number(number as f64);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.number(number);
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.other(Kind::Boolean);
        Ok(())
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        self.other(Kind::NotJson);
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.other(Kind::Null);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.other(Kind::Null);
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if !self.0.is_list() {
            while O::skip_item(&mut seq)?.is_some() {}
            self.other(Kind::Array);
            return Ok(());
        }
        let items = &mut self.1.items;
        let start = items.len();
        while let Some(item) = seq.next_element_seed(ItemSeed::<O>(PhantomData))? {
            items.push(item);
        }
        let end = items.len();
        self.set(if start == end {
            Slot::EmptyList
        } else {
            Slot::List { start, end }
        });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        skip_map::<O, A>(&mut map)?;
        self.other(Kind::Object);
        Ok(())
    }
}

struct ItemSeed<O>(PhantomData<O>);

impl<'de, O: Origin<'de>> DeserializeSeed<'de> for ItemSeed<O> {
    type Value = Item<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Item<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, O: Origin<'de>> Visitor<'de> for ItemSeed<O> {
    type Value = Item<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }

    fn visit_borrowed_str<E>(self, url: &'de str) -> Result<Item<'de>, E> {
        Ok(Cow::Borrowed(url).into())
    }

    fn visit_str<E>(self, url: &str) -> Result<Item<'de>, E> {
        Ok(Cow::<str>::Owned(url.into()).into())
    }

    fn visit_string<E>(self, url: String) -> Result<Item<'de>, E> {
        Ok(Cow::<str>::Owned(url).into())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Number))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Boolean))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::NotJson))
    }

    fn visit_none<E>(self) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Null))
    }

    fn visit_unit<E>(self) -> Result<Item<'de>, E> {
        Ok(Item::Wrong(Kind::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Item<'de>, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Item<'de>, A::Error> {
        while O::skip_item(&mut seq)?.is_some() {}
        Ok(Item::Wrong(Kind::Array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item<'de>, A::Error> {
        skip_map::<O, A>(&mut map)?;
        Ok(Item::Wrong(Kind::Object))
    }
}

fn skip_map<'de, O: Origin<'de>, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    while map.next_key_seed(KeySeed)?.is_some() {
        O::skip_value(map)?;
    }
    Ok(())
}

/// Whether a number has no fraction; every finite binary64 from 2^53 on has none.
fn is_whole(number: f64) -> bool {
    const INTEGERS_FROM: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "below 2^53 both casts are exact"
    )]
    let truncated = number as i64 as f64;
    number.is_finite() && (number.abs() >= INTEGERS_FROM || truncated == number)
}
