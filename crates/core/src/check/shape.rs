//! Rules on the body's shape: repeated, unknown and missing fields, wrong types, empties.

use alloc::string::String;

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::body::{Given, Item, Kind, Wrong};
use crate::near::Near;
use crate::number;
use crate::table::{ALIASES, Cause, Field, FieldKind, shared_and_later};

pub(super) fn duplicate_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in ask.edition.fields() {
        if ask.fields.repeated & info.field.bit() != 0 {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
    for (index, unknown) in ask.fields.unknown() {
        if unknown.is_repeated {
            hits.add(Place::Unknown(index, None), Cause::Field { field: &unknown.name });
        }
    }
}

pub(super) fn unknown_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for (index, unknown) in ask.fields.unknown() {
        // If JSON cannot hold the value at all, `wrong_type` reports the field instead.
        if unknown.wrong.first().is_none_or(|path| !path.is_empty()) {
            let suggestions = Near::Fields(ask.edition, &unknown.name);
            let cause = Cause::UnknownField { field: &unknown.name, suggestions };
            hits.add(Place::Unknown(index, None), cause);
        }
    }
}

pub(super) fn missing_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let may_lack_duration = ask.row.is_some_and(|(route, _)| route.duration.value.optional);
    let may_lack = |field| field == Field::Duration && may_lack_duration;
    for info in ask.edition.fields().iter().filter(|info| info.required) {
        // A field of the wrong type has a finding of its own.
        if !ask.fields.has(info.field)
            && ask.fields.wrong(info.field).is_none()
            && !may_lack(info.field)
        {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
}

pub(super) fn wrong_type<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in ask.edition.fields() {
        if let Some(wrong) = ask.fields.wrong(info.field) {
            let (found, actual) = shown(wrong, info.field == Field::Duration);
            let expected = info.kind.name();
            let cause = Cause::WrongType { field: info.name, index: None, expected, found, actual };
            hits.add(Place::of(info.field), cause);
        }
    }
    for (field, index, item) in items(ask) {
        if let Item::Wrong(wrong) = item {
            let (found, actual) = shown(wrong, false);
            let cause = Cause::WrongType {
                field: field.name(),
                index: Some(index),
                expected: Kind::String.name(),
                found,
                actual,
            };
            hits.add(Place::item(field, index), cause);
        }
    }
    for (index, unknown) in ask.fields.unknown() {
        for (wrong, path) in unknown.wrong.iter().enumerate() {
            let place = Place::Unknown(index, (!path.is_empty()).then_some(wrong));
            let cause = Cause::WrongType {
                field: &unknown.name,
                index: None,
                expected: "json",
                found: Kind::NotJson.name(),
                actual: None,
            };
            hits.add(place, cause);
        }
    }
}

/// The name of a wrong value's type, and the value if the message repeats it.
fn shown(wrong: &Wrong<'_>, is_integer: bool) -> (&'static str, Option<String>) {
    let (kind, actual) = match wrong {
        Wrong::Number(it) if is_integer => (Kind::Fraction, Some(number::to_string(*it))),
        Wrong::Number(it) => (Kind::Number, Some(number::to_string(*it))),
        // Only a string in place of an integer is repeated, never one in place of URLs.
        Wrong::Text(it) => (Kind::String, is_integer.then(|| it.as_ref().into())),
        Wrong::Other(kind) => (*kind, None),
    };
    (kind.name(), actual)
}

pub(super) fn empty_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in ask.edition.fields().iter().filter(|info| !info.required) {
        // An empty list is not a finding.
        if info.kind == FieldKind::String && matches!(ask.fields.slot(info.field), Given::Blank) {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
}

pub(super) fn empty_item<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for (field, index, item) in items(ask) {
        if matches!(item, Item::Blank) {
            hits.add(Place::item(field, index), Cause::EmptyItem { field: field.name(), index });
        }
    }
}

/// The items of all lists, whether or not the lists count.
fn items<'a>(ask: &Ask<'a>) -> impl Iterator<Item = (Field, usize, &'a Item<'a>)> {
    let fields = ask.fields;
    ask.edition.fields().iter().flat_map(move |info| {
        let items = fields.list(info.field).iter().enumerate();
        items.map(move |(index, item)| (info.field, index, item))
    })
}

/// Warns about fields that only some routes take, on a route that does not take them.
pub(super) fn field_not_for_model<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row else {
        return;
    };
    for info in shared_and_later().1 {
        if ask.fields.has(info.field) && !route.takes_extra(info.field) {
            let cause = Cause::FieldNotForModel { model: model.name, field: info.field };
            hits.add(Place::of(info.field), cause);
        }
    }
}

/// Warns about a field that its alias overrides, or an alias that its field overrides.
pub(super) fn alias_overridden<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for (field, alias) in ALIASES {
        let is_taken = ask.row.is_none_or(|(route, _)| route.takes_extra(alias));
        if is_taken && ask.fields.has(field) && ask.fields.has(alias) {
            let wins = ask.counting(field);
            let loses = if wins == field { alias } else { field };
            hits.add(Place::of(loses), Cause::Overridden { field: loses, by: wins });
        }
    }
}
