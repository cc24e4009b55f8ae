//! The one way in which a body is read, from JSON text and from already parsed values alike.

use alloc::borrow::Cow;

use seedance_json::{Source, Value};

use super::{Fields, Item, Kind, Slot, Wrong, hold};
use crate::table::{FIELDS, Field};

/// Reads a body in full into `fields`; what else it is where it is no object.
pub(super) fn body<'a, S: Source<'a>>(
    source: &mut S,
    fields: &mut Fields<'a>,
) -> Result<Option<Kind>, S::Error> {
    let value = source.value()?;
    if value != Value::Object {
        source.skip(&value)?;
        return Ok(Some(Kind::of(&value)));
    }
    let mut seen = 0;
    fields.keeps = true;
    while let Some(name) = name(source)? {
        match name {
            Name::Known(field) => {
                fields.repeated |= seen & field.bit();
                // The request to submit has every field once, in the table's order.
                fields.keeps &= seen < field.bit();
                seen |= field.bit();
                slot(source, field, fields)?;
            }
            Name::Unknown(name) => {
                fields.keeps = false;
                let unknown = hold::read(source, name)?;
                fields.unknown.push(unknown);
            }
        }
    }
    hold::fold_repeated(&mut fields.unknown);
    Ok(None)
}

/// The name of a member of the body.
enum Name<'a> {
    Known(Field),
    Unknown(Cow<'a, str>),
}

#[inline]
fn name<'a, S: Source<'a>>(source: &mut S) -> Result<Option<Name<'a>>, S::Error> {
    if let Some(info) = source.numbered_key()?.and_then(|place| FIELDS.get(place)) {
        return Ok(Some(Name::Known(info.field)));
    }
    Ok(source.key()?.map(|name| match Field::named(&name) {
        Some(field) => Name::Known(field),
        None => Name::Unknown(name),
    }))
}

/// Reads a known field's value into its slot, whatever its type.
pub(super) fn slot<'a, S: Source<'a>>(
    source: &mut S,
    field: Field,
    fields: &mut Fields<'a>,
) -> Result<(), S::Error> {
    let slot = match source.value()? {
        Value::Text(text) if field.is_text() => Slot::of_text(field, text),
        Value::Text(text) => Slot::Wrong(Wrong::Text(text)),
        Value::List if field.is_list() => list(source, fields)?,
        value => match value.number() {
            Some(number) if field == Field::Duration && is_whole(number) => Slot::Whole(number),
            Some(number) => Slot::Wrong(Wrong::Number(number)),
            None => {
                source.skip(&value)?;
                Slot::Wrong(Wrong::Other(Kind::of(&value)))
            }
        },
    };
    fields.set(field, slot);
    Ok(())
}

fn list<'a, S: Source<'a>>(source: &mut S, fields: &mut Fields<'a>) -> Result<Slot<'a>, S::Error> {
    let start = fields.items.len();
    while source.more()? {
        let item = match source.value()? {
            Value::Text(url) => url.into(),
            value => {
                source.skip(&value)?;
                Item::Wrong(Kind::of(&value))
            }
        };
        fields.keeps &= matches!(item, Item::Url(_));
        fields.items.push(item);
    }
    let end = fields.items.len();
    Ok(if start == end {
        fields.keeps = false;
        Slot::EmptyList
    } else {
        Slot::List { start, end }
    })
}

impl Kind {
    const fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) | Value::Signed(_) | Value::Unsigned(_) => Self::Number,
            Value::Text(_) => Self::String,
            Value::List => Self::Array,
            Value::Object => Self::Object,
            Value::Foreign => Self::NotJson,
        }
    }
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
