//! The plain decoded request: for every field of the schema what was given, before any rule.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::json::{Json, nearest};
use super::url::{Parts, split};
use super::{Edition, table};

/// The fields of every edition in the order of a report.
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
/// How many of them the edition `2026-07` has.
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
    /// `true` or `false`.
    Switch(bool),
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
    /// The field whose rules hold for it: its own, or the one of which its own is an alias.
    pub kind: usize,
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
    /// Which page is asked about it.
    pub edition: Edition,
    /// What the body is.
    pub shape: Shape,
    /// What each of [`FIELDS`] holds.
    pub given: [Given<'a>; FIELDS.len()],
    /// Names that the schema does not have, where first met, with their last values.
    pub unknown: Vec<(&'a str, &'a Json)>,
    /// Places of the names that came more than once.
    pub repeated: Vec<usize>,
    /// The model of the table that the request names, and its route: looked up once, since nearly every rule asks.
    known: OnceCell<Option<(&'static str, &'static str)>>,
    /// Every URL, taken apart once, since many rules look at all of them.
    urls: OnceCell<Vec<Url<'a>>>,
}

impl<'a> Request<'a> {
    /// Text that is no JSON.
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

    /// Takes a JSON value apart.
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

    /// Whether a field holds a well-typed value that is not empty.
    #[must_use]
    pub fn is_given(&self, field: usize) -> bool {
        match &self.given[field] {
            Given::Absent | Given::WrongType => false,
            Given::Text(text) => !is_blank(text),
            Given::List(items) => !items.is_empty(),
            Given::Whole(_) | Given::Switch(_) => true,
        }
    }

    /// A field and its alias, the first choice first, where they are aliases of each other.
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

    /// The field itself or its alias: the one whose value counts, and the first choice where neither has one.
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

    /// The whole number at `duration`.
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        match self.given[DURATION] {
            Given::Whole(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// The model that is named by its name or an alias, with its route.
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

    /// The model, when it is one of the table.
    #[must_use]
    pub fn known_model(&self) -> Option<&'static str> {
        self.known().map(|(model, _)| model)
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

    /// Every URL that counts: wrong-typed, empty and blank ones are none.
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

    /// The frames that are present, first before last.
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

/// Empty, or nothing but Unicode White_Space.
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
