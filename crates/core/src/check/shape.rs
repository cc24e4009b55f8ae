//! Rules on the body's shape: repeated, unknown and missing fields, wrong types, empties.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::body::{Given, Item, Kind, LISTS, Slot, Wrong};
use crate::table::{Cause, FIELDS, Field};
use crate::{near, number};

pub(super) fn duplicate_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in &FIELDS {
        if ask.fields.repeated & info.field.bit() != 0 {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
    for (index, unknown) in ask.fields.unknown.iter().enumerate() {
        if unknown.is_repeated {
            hits.add(
                Place::unknown(index),
                Cause::Field {
                    field: &unknown.name,
                },
            );
        }
    }
}

pub(super) fn unknown_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for (index, unknown) in ask.fields.unknown.iter().enumerate() {
        // A value that is wrong as a whole is a wrong type, and then nothing else is said.
        if unknown.wrong.first().is_none_or(|path| !path.is_empty()) {
            let suggestions = if ask.is_brief {
                None
            } else {
                near::fields(ask.edition, &unknown.name)
            };
            let cause = Cause::UnknownField {
                field: &unknown.name,
                suggestions,
            };
            hits.add(Place::unknown(index), cause);
        }
    }
}

pub(super) fn missing_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in FIELDS.iter().filter(|info| info.required) {
        // Of a wrong type something else is said.
        if !ask.fields.has(info.field) && ask.fields.wrong(info.field).is_none() {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
}

pub(super) fn wrong_type<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in &FIELDS {
        if let Some(wrong) = ask.fields.wrong(info.field) {
            let is_integer = info.field == Field::Duration;
            let (found, actual) = match wrong {
                Wrong::Number(it) if is_integer => (Kind::Fraction, Some(number::to_string(*it))),
                Wrong::Number(it) => (Kind::Number, Some(number::to_string(*it))),
                // Of a string only one that was to be a number is repeated, never a URL.
                Wrong::Text(it) => (Kind::String, is_integer.then(|| it.as_ref().into())),
                Wrong::Other(kind) => (*kind, None),
            };
            let (expected, found) = (info.kind, found.name());
            let cause = Cause::WrongType {
                field: info.name,
                index: None,
                expected,
                found,
                actual,
            };
            hits.add(Place::of(info.field), cause);
        }
    }
    for field in LISTS {
        for (index, item) in ask.fields.list(field).iter().enumerate() {
            if let Item::Wrong(kind) = item {
                let cause = Cause::WrongType {
                    field: field.name(),
                    index: Some(index),
                    expected: Kind::String.name(),
                    found: kind.name(),
                    actual: None,
                };
                hits.add(Place::item(field, index), cause);
            }
        }
    }
    for (index, unknown) in ask.fields.unknown.iter().enumerate() {
        for (wrong, path) in unknown.wrong.iter().enumerate() {
            let is_whole = path.is_empty();
            let place = if is_whole {
                Place::unknown(index)
            } else {
                Place::inside(index, wrong)
            };
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

pub(super) fn empty_field<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for info in FIELDS.iter().filter(|info| !info.required) {
        // An empty list is no finding.
        if let Slot::Text(Given::Blank) = ask.fields.slot(info.field) {
            hits.add(Place::of(info.field), Cause::Field { field: info.name });
        }
    }
}

pub(super) fn empty_item<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    for field in LISTS {
        for (index, item) in ask.fields.list(field).iter().enumerate() {
            if matches!(item, Item::Blank) {
                hits.add(
                    Place::item(field, index),
                    Cause::EmptyItem {
                        field: field.name(),
                        index,
                    },
                );
            }
        }
    }
}
