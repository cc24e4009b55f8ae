//! The decoded request: the value of every field of the schema, before any rule is applied.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::json::{Json, nearest};
use super::url::{Parts, split};
use super::{Edition, table};

/// The fields of all editions, in the order of a report.
pub const FIELDS: [&str; 18] = [
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
    "aspect_ratio",
    "reference_images",
    "videos",
    "audios",
    "face_processing",
    "generate_audio",
    "reference_mode",
];
/// How many of [`FIELDS`] the edition `2026-07` has.
const OF_JULY: usize = 11;
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
/// Index of a field in [`FIELDS`].
pub const ASPECT_RATIO: usize = 11;
/// Index of a field in [`FIELDS`].
pub const REFERENCE_IMAGES: usize = 12;
/// Index of a field in [`FIELDS`].
pub const VIDEOS: usize = 13;
/// Index of a field in [`FIELDS`].
pub const AUDIOS: usize = 14;
/// Index of a field in [`FIELDS`].
pub const FACE_PROCESSING: usize = 15;
/// Index of a field in [`FIELDS`].
pub const GENERATE_AUDIO: usize = 16;
/// Index of a field in [`FIELDS`].
pub const REFERENCE_MODE: usize = 17;

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Given<'a> {
    /// The field is missing.
    Absent,
    /// A value whose type the schema does not allow there, including `null`.
    WrongType,
    /// A string.
    Text(&'a str),
    /// A number whose nearest binary64 is an integer.
    Whole(f64),
    /// `true` or `false`.
    Switch(bool),
    /// A list.
    List(Cow<'a, [Entry<'a>]>),
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Not a string.
    WrongType,
    /// A string.
    Text(&'a str),
}

/// A URL of the request and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    /// The frame or the item.
    pub place: Place,
    /// The field whose rules apply to it: its own, or the one that its own is an alias of.
    pub kind: usize,
    /// As it was given.
    pub text: &'a str,
    /// Its parts.
    pub parts: Parts<'a>,
}

/// The kind of the whole body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text that is not JSON.
    Invalid,
    /// JSON, but not an object.
    NotObject,
    /// An object.
    Object,
}

/// The place of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the field in [`FIELDS`], followed by the unknown fields in the order of their first appearance.
    pub field: usize,
    /// The index of a list's item; `None` for the whole field.
    pub item: Option<usize>,
}

/// The place of a whole field.
#[must_use]
pub const fn at(field: usize) -> Place {
    Place { field, item: None }
}

/// The decoded request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// The edition that it is checked under.
    pub edition: Edition,
    /// The kind of the body.
    pub shape: Shape,
    /// The value of each of [`FIELDS`].
    pub given: [Given<'a>; FIELDS.len()],
    /// Names that the schema does not have, in the order of their first appearance, each with its last value.
    pub unknown: Vec<(&'a str, &'a Json)>,
    /// Indices of the fields that appear more than once.
    pub repeated: Vec<usize>,
    /// The known model that the request names, with its route. Kept, since nearly every rule asks for it.
    known: OnceCell<Option<(&'static str, &'static str)>>,
    /// Every URL with its parts. Kept, since many rules look at all of them.
    urls: OnceCell<Vec<Url<'a>>>,
}

impl<'a> Request<'a> {
    /// A body that is not JSON.
    #[must_use]
    pub fn unreadable(edition: Edition) -> Self {
        Self {
            edition,
            shape: Shape::Invalid,
            given: [const { Given::Absent }; FIELDS.len()],
            unknown: Vec::new(),
            repeated: Vec::new(),
            known: OnceCell::new(),
            urls: OnceCell::new(),
        }
    }

    /// Decodes a JSON value.
    #[must_use]
    pub fn decode(edition: Edition, json: &'a Json) -> Self {
        let mut request = Self { shape: Shape::NotObject, ..Self::unreadable(edition) };
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
        let fields = match self.edition {
            Edition::July => &FIELDS[..OF_JULY],
            Edition::September => &FIELDS,
        };
        if let Some(field) = fields.iter().position(|known| *known == name) {
            self.given[field] = match field {
                DURATION => whole(value),
                IMAGES | REFERENCE_IMAGES | REFERENCE_VIDEOS | VIDEOS | REFERENCE_AUDIOS
                | AUDIOS => list(value),
                FACE_PROCESSING | GENERATE_AUDIO => switch(value),
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

    /// A string that counts as present: of the right type and not blank.
    #[must_use]
    pub fn text(&self, field: usize) -> Option<&'a str> {
        match self.given[field] {
            Given::Text(text) if !is_blank(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none if it is missing, empty or of the wrong type.
    #[must_use]
    pub fn items(&self, field: usize) -> &[Entry<'a>] {
        match &self.given[field] {
            Given::List(items) => items,
            _ => &[],
        }
    }

    /// Whether a field has a value of the right type that is not empty.
    #[must_use]
    pub fn is_given(&self, field: usize) -> bool {
        match &self.given[field] {
            Given::Absent | Given::WrongType => false,
            Given::Text(text) => !is_blank(text),
            Given::List(items) => !items.is_empty(),
            Given::Whole(_) | Given::Switch(_) => true,
        }
    }

    /// A field and its alias, if the two are aliases of each other on this route. The first of them takes precedence.
    #[must_use]
    pub fn aliased(&self, field: usize) -> Option<(usize, usize)> {
        let here = self.edition == Edition::September
            && self.route().is_none_or(table::has_aliased_fields);
        let pair = match field {
            RATIO => (ASPECT_RATIO, RATIO),
            IMAGES if self.route() == Some("933") => (REFERENCE_IMAGES, IMAGES),
            IMAGES => (IMAGES, REFERENCE_IMAGES),
            REFERENCE_VIDEOS => (REFERENCE_VIDEOS, VIDEOS),
            REFERENCE_AUDIOS => (REFERENCE_AUDIOS, AUDIOS),
            _ => return None,
        };
        here.then_some(pair)
    }

    /// Of the field and its alias, the one whose value counts. Without a value, the one that takes precedence.
    #[must_use]
    pub fn counting(&self, field: usize) -> usize {
        match self.aliased(field) {
            Some((first, second)) if self.is_given(first) || !self.is_given(second) => first,
            Some((_, second)) => second,
            None => field,
        }
    }

    /// The ratio that counts.
    #[must_use]
    pub fn ratio(&self) -> Option<&'a str> {
        self.text(self.counting(RATIO))
    }

    /// The images that count.
    #[must_use]
    pub fn images(&self) -> &[Entry<'a>] {
        self.items(self.counting(IMAGES))
    }

    /// The reference videos that count.
    #[must_use]
    pub fn videos(&self) -> &[Entry<'a>] {
        self.items(self.counting(REFERENCE_VIDEOS))
    }

    /// The reference audios that count.
    #[must_use]
    pub fn audios(&self) -> &[Entry<'a>] {
        self.items(self.counting(REFERENCE_AUDIOS))
    }

    /// The duration, if it is a whole number.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        match self.given[DURATION] {
            Given::Whole(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// The known model that the request names by its name or an alias, with its route.
    #[must_use]
    pub fn known(&self) -> Option<(&'static str, &'static str)> {
        *self.known.get_or_init(|| {
            let named = self.text(MODEL)?;
            let mut aliases = table::aliases(self.edition).iter();
            let named =
                aliases.find(|(alias, _)| *alias == named).map_or(named, |(_, model)| *model);
            table::models(self.edition).find(|(model, _)| *model == named)
        })
    }

    /// The model that the request names, if it is known.
    #[must_use]
    pub fn known_model(&self) -> Option<&'static str> {
        self.known().map(|(model, _)| model)
    }

    /// Replaces a field's value, and drops what was derived from the old one.
    pub fn set(&mut self, field: usize, given: Given<'a>) {
        self.given[field] = given;
        self.known = OnceCell::new();
        self.urls = OnceCell::new();
    }

    /// The same request with another model. A `model` that was repeated no longer is.
    #[must_use]
    pub fn with_model(&self, model: &'a str) -> Self {
        let mut request = self.clone();
        if request.is_object() {
            request.set(MODEL, Given::Text(model));
            request.repeated.retain(|field| *field != MODEL);
        }
        request
    }

    /// Every URL that counts. Values that are blank or of the wrong type are not URLs.
    pub fn urls(&self) -> &[Url<'a>] {
        self.urls.get_or_init(|| {
            let mut urls = Vec::new();
            for kind in [IMAGES, FIRST_IMAGE, LAST_IMAGE, REFERENCE_VIDEOS, REFERENCE_AUDIOS] {
                let field = self.counting(kind);
                urls.extend(self.text(field).map(|text| Url {
                    place: at(field),
                    kind,
                    text,
                    parts: split(text),
                }));
                for (index, item) in self.items(field).iter().enumerate() {
                    if let Entry::Text(text) = *item
                        && !is_blank(text)
                    {
                        urls.push(Url {
                            place: Place { field, item: Some(index) },
                            kind,
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
        self.known().map(|(_, route)| route)
    }

    /// The frames that are present, the first frame before the last.
    #[must_use]
    pub fn frames(&self) -> Vec<usize> {
        [FIRST_IMAGE, LAST_IMAGE].into_iter().filter(|frame| self.text(*frame).is_some()).collect()
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
        place.item.map_or_else(|| format!("/{name}"), |item| format!("/{name}/{item}"))
    }
}

/// Whether a text is empty or consists only of Unicode White_Space.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn text(value: &Json) -> Given<'_> {
    if let Json::String(text) = value { Given::Text(text) } else { Given::WrongType }
}

fn whole(value: &Json) -> Given<'_> {
    match value {
        Json::Number(spelt) if nearest(spelt).fract() == 0.0 => Given::Whole(nearest(spelt)),
        _ => Given::WrongType,
    }
}

fn switch(value: &Json) -> Given<'_> {
    if let Json::Bool(on) = value { Given::Switch(*on) } else { Given::WrongType }
}

fn list(value: &Json) -> Given<'_> {
    let Json::Array(items) = value else {
        return Given::WrongType;
    };
    Given::List(
        items
            .iter()
            .map(
                |item| {
                    if let Json::String(text) = item { Entry::Text(text) } else { Entry::WrongType }
                },
            )
            .collect(),
    )
}
