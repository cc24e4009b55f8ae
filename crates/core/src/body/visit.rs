//! The one way in which a body is read, from JSON text and from already parsed values alike.

use seedance_json::{Source, Value};

use super::{Fields, Item, Kind, Plain, Root, Slot, Wrong, hold};
use crate::table::Field;

/// Reads a body in full.
pub(super) fn root<'a>(source: &mut dyn Source<'a>) -> Root<'a> {
    // Read in its place: moving the fields takes longer than reading one.
    let mut root = Root::Plain(Plain::new(""));
    if let Root::Plain(plain) = &mut root
        && plain.take(source)
    {
        return root;
    }
    root = Root::Object(Fields::default());
    if let Root::Object(fields) = &mut root
        && let Some(kind) = body(source, fields)
    {
        root = Root::NotObject(kind);
    }
    root
}

/// Reads a body into `fields`; what else it is where it is no object.
fn body<'a>(source: &mut dyn Source<'a>, fields: &mut Fields<'a>) -> Option<Kind> {
    let value = source.value();
    if value != Value::Object {
        source.skip(&value);
        return Some(Kind::of(&value));
    }
    let mut seen = 0;
    fields.keeps = true;
    while let Some(name) = source.key() {
        if let Some(field) = Field::named(&name) {
            fields.repeated |= seen & field.bit();
            // The request to submit has every field once, in the table's order.
            fields.keeps &= seen < field.bit();
            seen |= field.bit();
            slot(source, field, fields);
        } else {
            fields.keeps = false;
            let unknown = hold::read(source, name);
            fields.unknown.push(unknown);
        }
    }
    hold::fold_repeated(&mut fields.unknown);
    None
}

/// Reads a known field's value into its slot, whatever its type.
pub(super) fn slot<'a>(source: &mut dyn Source<'a>, field: Field, fields: &mut Fields<'a>) {
    let slot = match source.value() {
        Value::Text(text) if field.is_text() => Slot::of_text(field, text),
        Value::Text(text) => Slot::Wrong(Wrong::Text(text)),
        Value::List if field.is_list() => list(source, fields),
        value => match value.number() {
            Some(number) if field == Field::Duration && is_whole(number) => Slot::Whole(number),
            Some(number) => Slot::Wrong(Wrong::Number(number)),
            None => {
                source.skip(&value);
                Slot::Wrong(Wrong::Other(Kind::of(&value)))
            }
        },
    };
    fields.set(field, slot);
}

fn list<'a>(source: &mut dyn Source<'a>, fields: &mut Fields<'a>) -> Slot<'a> {
    let start = fields.items.len();
    while source.more() {
        let item = match source.value() {
            Value::Text(url) => url.into(),
            value => {
                source.skip(&value);
                Item::Wrong(Kind::of(&value))
            }
        };
        fields.keeps &= matches!(item, Item::Url(_));
        fields.items.push(item);
    }
    fields.keeps &= fields.items.len() > start;
    fields.list_from(start)
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
