//! The plain decoded request: for every field of the schema what was given, before any rule.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::json::{Json, nearest};
use super::table;
use super::url::{Parts, split};

/// The fields in the order of a report.
pub const FIELDS: [&str; 11] = [
    "model",
    "prompt",
    "duration",
    "resolution",
    "orientation",
    "ratio",
    "images",
    "first_image",
    "last_image",
    "reference_videos",
    "reference_audios",
];
/// Index of a field in [`FIELDS`].
pub const MODEL: usize = 0;
/// Index of a field in [`FIELDS`].
pub const PROMPT: usize = 1;
/// Index of a field in [`FIELDS`].
pub const DURATION: usize = 2;
/// Index of a field in [`FIELDS`].
pub const RESOLUTION: usize = 3;
/// Index of a field in [`FIELDS`].
pub const ORIENTATION: usize = 4;
/// Index of a field in [`FIELDS`].
pub const RATIO: usize = 5;
/// Index of a field in [`FIELDS`].
pub const IMAGES: usize = 6;
/// Index of a field in [`FIELDS`].
pub const FIRST_IMAGE: usize = 7;
/// Index of a field in [`FIELDS`].
pub const LAST_IMAGE: usize = 8;
/// Index of a field in [`FIELDS`].
pub const REFERENCE_VIDEOS: usize = 9;
/// Index of a field in [`FIELDS`].
pub const REFERENCE_AUDIOS: usize = 10;

/// What stands at a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Given<'a> {
    /// Nothing.
    Absent,
    /// A value of a type that the schema does not have there, `null` too.
    WrongType,
    /// A string.
    Text(&'a str),
    /// A number whose nearest binary64 is whole.
    Whole(f64),
    /// A list.
    List(Cow<'a, [Entry<'a>]>),
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// No string.
    WrongType,
    /// A string.
    Text(&'a str),
}

/// A URL of the request and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    /// The frame or the item.
    pub place: Place,
    /// As given.
    pub text: &'a str,
    /// Taken apart.
    pub parts: Parts<'a>,
}

/// What the body as a whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text that is not JSON.
    Invalid,
    /// JSON, but no object.
    NotObject,
    /// An object.
    Object,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the field: [`FIELDS`], then the unknown ones where they were first met.
    pub field: usize,
    /// `None` before any item.
    pub item: Option<usize>,
}

/// A field as a place.
#[must_use]
pub const fn at(field: usize) -> Place {
    Place { field, item: None }
}

/// The decoded request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// What the body is.
    pub shape: Shape,
    /// What each of [`FIELDS`] holds.
    pub given: [Given<'a>; 11],
    /// Names that the schema does not have, where first met, with their last values.
    pub unknown: Vec<(&'a str, &'a Json)>,
    /// Places of the names that came more than once.
    pub repeated: Vec<usize>,
    /// The model of the table that the request names: looked up once, since nearly every rule asks.
    known: OnceCell<Option<&'static str>>,
    /// Every URL, taken apart once, since many rules look at all of them.
    urls: OnceCell<Vec<Url<'a>>>,
}

impl<'a> Request<'a> {
    /// Text that is no JSON.
    #[must_use]
    pub fn unreadable() -> Self {
        Self {
            shape: Shape::Invalid,
            given: [const { Given::Absent }; 11],
            unknown: Vec::new(),
            repeated: Vec::new(),
            known: OnceCell::new(),
            urls: OnceCell::new(),
        }
    }

    /// Takes a JSON value apart.
    #[must_use]
    pub fn decode(json: &'a Json) -> Self {
        let mut request = Self {
            shape: Shape::NotObject,
            ..Self::unreadable()
        };
        let Json::Object(members) = json else {
            return request;
        };
        request.shape = Shape::Object;
        let mut met: Vec<&str> = Vec::new();
        for (name, value) in members {
            let place = request.put(name, value);
            if met.contains(&name.as_str()) {
                if !request.repeated.contains(&place) {
                    request.repeated.push(place);
                }
            } else {
                met.push(name);
            }
        }
        request
    }

    fn put(&mut self, name: &'a str, value: &'a Json) -> usize {
        if let Some(field) = FIELDS.iter().position(|known| *known == name) {
            self.given[field] = match field {
                DURATION => whole(value),
                IMAGES | REFERENCE_VIDEOS | REFERENCE_AUDIOS => list(value),
                _ => text(value),
            };
            return field;
        }
        let index = match self.unknown.iter().position(|(met, _)| *met == name) {
            Some(index) => {
                self.unknown[index].1 = value;
                index
            }
            None => {
                self.unknown.push((name, value));
                self.unknown.len() - 1
            }
        };
        FIELDS.len() + index
    }

    /// Whether the body is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.shape == Shape::Object
    }

    /// A string that counts as present: there, of the right type, not blank.
    #[must_use]
    pub fn text(&self, field: usize) -> Option<&'a str> {
        match self.given[field] {
            Given::Text(text) if !is_blank(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list, none when it is absent, empty or of the wrong type.
    #[must_use]
    pub fn items(&self, field: usize) -> &[Entry<'a>] {
        match &self.given[field] {
            Given::List(items) => items,
            _ => &[],
        }
    }

    /// The whole number at `duration`.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        match self.given[DURATION] {
            Given::Whole(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// The model, when it is one of the table.
    #[must_use]
    pub fn known_model(&self) -> Option<&'static str> {
        *self.known.get_or_init(|| {
            let named = self.text(MODEL)?;
            table::MODELS
                .iter()
                .map(|(model, _)| *model)
                .find(|model| *model == named)
        })
    }

    /// Puts something at a field; what was remembered of the request is forgotten.
    pub fn set(&mut self, field: usize, given: Given<'a>) {
        self.given[field] = given;
        self.known = OnceCell::new();
        self.urls = OnceCell::new();
    }

    /// The same request with another model, named once.
    #[must_use]
    pub fn with_model(&self, model: &'a str) -> Self {
        let mut request = self.clone();
        if request.is_object() {
            request.set(MODEL, Given::Text(model));
            request.repeated.retain(|field| *field != MODEL);
        }
        request
    }

    /// Every URL: wrong-typed, empty and blank ones are none.
    pub fn urls(&self) -> &[Url<'a>] {
        self.urls.get_or_init(|| {
            let mut urls = Vec::new();
            for field in [
                IMAGES,
                FIRST_IMAGE,
                LAST_IMAGE,
                REFERENCE_VIDEOS,
                REFERENCE_AUDIOS,
            ] {
                urls.extend(self.text(field).map(|text| Url {
                    place: at(field),
                    text,
                    parts: split(text),
                }));
                for (index, item) in self.items(field).iter().enumerate() {
                    if let Entry::Text(text) = *item
                        && !is_blank(text)
                    {
                        urls.push(Url {
                            place: Place {
                                field,
                                item: Some(index),
                            },
                            text,
                            parts: split(text),
                        });
                    }
                }
            }
            urls
        })
    }

    /// The route of the known model.
    #[must_use]
    pub fn route(&self) -> Option<&'static str> {
        self.known_model().and_then(table::route_of)
    }

    /// The frames that are present, first before last.
    #[must_use]
    pub fn frames(&self) -> Vec<usize> {
        [FIRST_IMAGE, LAST_IMAGE]
            .into_iter()
            .filter(|frame| self.text(*frame).is_some())
            .collect()
    }

    /// The JSON Pointer of a place.
    #[must_use]
    pub fn pointer(&self, place: Place) -> String {
        if !self.is_object() {
            return String::new();
        }
        let name = FIELDS
            .get(place.field)
            .copied()
            .unwrap_or_else(|| self.unknown[place.field - FIELDS.len()].0);
        let name = if place.field < FIELDS.len() {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
        };
        place
            .item
            .map_or_else(|| format!("/{name}"), |item| format!("/{name}/{item}"))
    }
}

/// Empty, or nothing but Unicode White_Space.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn text(value: &Json) -> Given<'_> {
    if let Json::String(text) = value {
        Given::Text(text)
    } else {
        Given::WrongType
    }
}

fn whole(value: &Json) -> Given<'_> {
    match value {
        Json::Number(spelt) if nearest(spelt).fract() == 0.0 => Given::Whole(nearest(spelt)),
        _ => Given::WrongType,
    }
}

fn list(value: &Json) -> Given<'_> {
    let Json::Array(items) = value else {
        return Given::WrongType;
    };
    Given::List(
        items
            .iter()
            .map(|item| {
                if let Json::String(text) = item {
                    Entry::Text(text)
                } else {
                    Entry::WrongType
                }
            })
            .collect(),
    )
}
