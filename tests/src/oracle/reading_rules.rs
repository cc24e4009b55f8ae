//! The rules on reading the body (§3).

use super::request::{
    ASPECT_RATIO, DURATION, Entry, FACE_PROCESSING, FIELDS, FIRST_IMAGE, GENERATE_AUDIO, Given,
    IMAGES, LAST_IMAGE, MODEL, ORIENTATION, PROMPT, Place, RATIO, REFERENCE_AUDIOS, REFERENCE_MODE,
    REFERENCE_VIDEOS, RESOLUTION, Request, Shape, at, is_blank,
};
use super::rules::{Places, there_if};
use super::table;

/// Text that is not exactly one JSON value.
pub fn invalid_json(r: &Request<'_>) -> Places {
    there_if(r.shape == Shape::Invalid, 0)
}

/// A value that is not an object.
pub fn body_not_object(r: &Request<'_>) -> Places {
    there_if(r.shape == Shape::NotObject, 0)
}

/// A name that appears more than once, known or not.
pub fn duplicate_field(r: &Request<'_>) -> Places {
    r.repeated.iter().map(|field| at(*field)).collect()
}

/// A name that the schema does not have.
pub fn unknown_field(r: &Request<'_>) -> Places {
    (0..r.unknown.len()).map(|index| at(FIELDS.len() + index)).collect()
}

/// Model, prompt or duration missing, or a blank model. Some routes do not require a duration.
pub fn missing_field(r: &Request<'_>) -> Places {
    let blank_model = matches!(r.given[MODEL], Given::Text(model) if is_blank(model));
    let optional = r.route().and_then(table::default_duration).is_some();
    [MODEL, PROMPT, DURATION]
        .into_iter()
        .filter(|field| *field != DURATION || !optional)
        .filter(|field| r.given[*field] == Given::Absent || (*field == MODEL && blank_model))
        .map(at)
        .collect()
}

/// A value or an item whose type the schema does not allow there.
pub fn wrong_type(r: &Request<'_>) -> Places {
    let fields = (0..FIELDS.len()).filter(|field| r.given[*field] == Given::WrongType).map(at);
    fields.chain(items_that(r, |item| item == Entry::WrongType)).collect()
}

/// An empty or blank string in an optional scalar field.
pub fn empty_field(r: &Request<'_>) -> Places {
    let optional =
        [RESOLUTION, ORIENTATION, RATIO, FIRST_IMAGE, LAST_IMAGE, ASPECT_RATIO, REFERENCE_MODE];
    optional
        .into_iter()
        .filter(|field| matches!(r.given[*field], Given::Text(text) if is_blank(text)))
        .map(at)
        .collect()
}

/// An empty or blank item of a list.
pub fn empty_item(r: &Request<'_>) -> Places {
    items_that(r, |item| matches!(item, Entry::Text(text) if is_blank(text)))
}

fn items_that(r: &Request<'_>, is: impl Fn(Entry<'_>) -> bool) -> Places {
    let mut places = Vec::new();
    for field in 0..FIELDS.len() {
        for (index, item) in r.items(field).iter().enumerate() {
            if is(*item) {
                places.push(Place { field, item: Some(index) });
            }
        }
    }
    places
}

/// A field of the newer edition for a model whose route does not have it.
pub fn field_not_for_model(r: &Request<'_>) -> Places {
    let Some(route) = r.route() else {
        return Vec::new();
    };
    let belongs = |field: usize| match field {
        FACE_PROCESSING => route == "933",
        GENERATE_AUDIO => matches!(route, "gz" | "gz-mini" | "933" | "933-720p"),
        REFERENCE_MODE => table::reference_modes(route).is_some(),
        _ => table::has_aliased_fields(route),
    };
    (ASPECT_RATIO..=REFERENCE_MODE)
        .filter(|field| r.is_given(*field) && !belongs(*field))
        .map(at)
        .collect()
}

/// Of a field and its alias that are both given, the one that does not count.
pub fn alias_overridden(r: &Request<'_>) -> Places {
    [RATIO, IMAGES, REFERENCE_VIDEOS, REFERENCE_AUDIOS]
        .into_iter()
        .filter_map(|field| r.aliased(field))
        .filter(|(first, second)| r.is_given(*first) && r.is_given(*second))
        .map(|(_, second)| at(second))
        .collect()
}
