//! The typed request, and the normalised one that a report contains.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::ser::{self, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::body::{Body, Fields, Given, Item, Root};
use crate::table::{Edition, Field};

/// A request for `POST /api/open-api/v1/seedance/videos`, built in Rust.
///
/// It can hold values that the endpoint would refuse; [`Job::check`](crate::Job::check) reports them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Request {
    /// The model, which selects the route.
    pub model: String,
    /// What the video shows.
    pub prompt: String,
    /// The video's length in seconds.
    pub duration: u32,
    /// The resolution, where the route lets the request choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// `landscape` or `portrait`; `ratio` wins over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<String>,
    /// The aspect ratio, such as `16:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<String>,
    /// URLs of reference images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// URL of the first frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_image: Option<String>,
    /// URL of the last frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_image: Option<String>,
    /// URLs of reference videos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_videos: Vec<String>,
    /// URLs of reference audio files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_audios: Vec<String>,
    /// The aspect ratio under its other name, which wins over `ratio`. Only edition 2026-09 has the fields
    /// from here to `reference_mode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<String>,
    /// URLs of reference images under their other name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_images: Vec<String>,
    /// URLs of reference videos under their other name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub videos: Vec<String>,
    /// URLs of reference audio files under their other name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audios: Vec<String>,
    /// Whether faces are processed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_processing: Option<bool>,
    /// Whether the video gets sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate_audio: Option<bool>,
    /// What the images are: `image`, `frame` or `media`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_mode: Option<String>,
    /// Fields that the schema does not have. They are kept unchanged, and a check reports them.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Request {
    /// A request with the required fields; `duration` is in seconds.
    #[must_use]
    pub fn new(model: impl Into<String>, prompt: impl Into<String>, duration: u32) -> Self {
        Self { model: model.into(), prompt: prompt.into(), duration, ..Self::default() }
    }

    /// Whether there is a field that the first edition does not have.
    fn has_others(&self) -> bool {
        let texts = [&self.aspect_ratio, &self.reference_mode];
        let lists = [&self.reference_images, &self.videos, &self.audios];
        let flags = [self.face_processing, self.generate_audio];
        !self.unknown.is_empty()
            || texts.iter().any(|text| text.is_some())
            || lists.iter().any(|urls| !urls.is_empty())
            || flags.iter().any(Option::is_some)
    }
}

/// One row per field: a setter; for a list, one method that adds a URL and one that adds several.
macro_rules! setters {
    (@set $name:ident, text) => {
        #[doc = concat!("Sets `", stringify!($name), "`.")]
        #[must_use]
        pub fn $name(mut self, value: impl Into<String>) -> Self {
            self.$name = Some(value.into());
            self
        }
    };
    (@set $name:ident, flag) => {
        #[doc = concat!("Sets `", stringify!($name), "`.")]
        #[must_use]
        pub fn $name(mut self, value: bool) -> Self {
            self.$name = Some(value);
            self
        }
    };
    (@set $name:ident, list of $one:ident) => {
        #[doc = concat!("Adds a URL to `", stringify!($name), "`.")]
        #[must_use]
        pub fn $one(mut self, url: impl Into<String>) -> Self {
            self.$name.push(url.into());
            self
        }

        #[doc = concat!("Adds URLs to `", stringify!($name), "`.")]
        #[must_use]
        pub fn $name(mut self, urls: impl IntoIterator<Item: Into<String>>) -> Self {
            self.$name.extend(urls.into_iter().map(Into::into));
            self
        }
    };
    ($($name:ident: $kind:ident $(of $one:ident)?;)*) => {
        impl Request {
            $(setters! { @set $name, $kind $(of $one)? })*
        }
    };
}

setters! {
    resolution: text;
    orientation: text;
    ratio: text;
    images: list of image;
    first_image: text;
    last_image: text;
    reference_videos: list of reference_video;
    reference_audios: list of reference_audio;
    aspect_ratio: text;
    reference_images: list of reference_image;
    videos: list of video;
    audios: list of audio;
    face_processing: flag;
    generate_audio: flag;
    reference_mode: text;
}

impl<'a> From<&'a Request> for Body<'a> {
    fn from(request: &'a Request) -> Self {
        if request.has_others() {
            // Only text holds fields without knowing whether the edition has them. Strings, numbers and JSON can be written.
            return serde_json::to_string(request).unwrap_or_default().into();
        }
        let text = |text: &'a str| Cow::Borrowed(text);
        let maybe = |it: &'a Option<String>| {
            it.as_deref().map_or(Given::Absent, |it| Given::text(text(it)))
        };
        let list = |urls: &'a [String]| match urls {
            [] => Given::Absent,
            urls => Given::List(urls.iter().map(|url| Item::text(text(url))).collect()),
        };
        let mut fields = Box::new(Fields::NONE);
        let mut put = |field, given| *fields.slot_mut(field) = given;
        put(Field::Model, Given::text(text(&request.model)));
        put(Field::Prompt, Given::Text(text(&request.prompt)));
        put(Field::Duration, Given::Number(request.duration.into()));
        put(Field::Resolution, maybe(&request.resolution));
        put(Field::Orientation, maybe(&request.orientation));
        put(Field::Ratio, maybe(&request.ratio));
        put(Field::Images, list(&request.images));
        put(Field::FirstImage, maybe(&request.first_image));
        put(Field::LastImage, maybe(&request.last_image));
        put(Field::ReferenceVideos, list(&request.reference_videos));
        put(Field::ReferenceAudios, list(&request.reference_audios));
        Self { root: Root::Object(fields) }
    }
}

impl From<Request> for Body<'_> {
    fn from(request: Request) -> Self {
        Body::from(&request).into_owned()
    }
}

/// The body to submit: the checked request with its fields in the table's order and without empty fields, otherwise unchanged.
///
/// Unknown fields keep their spelling. In a report that serde has written and read back, they keep only their values: `1e2`
/// becomes `100`. Only serde_json can serialize unknown fields.
#[derive(Clone)]
pub struct Normalised<'a>(Held<'a>);

#[derive(Clone)]
enum Held<'a> {
    Lent(&'a Fields<'a>),
    Owned(Box<Fields<'a>>),
}

impl<'a> Normalised<'a> {
    pub(crate) const fn of(fields: &'a Fields<'a>) -> Self {
        Self(Held::Lent(fields))
    }

    fn fields(&self) -> &Fields<'a> {
        match &self.0 {
            Held::Lent(fields) => fields,
            Held::Owned(fields) => fields,
        }
    }

    /// Moves the fields that only this edition knows into their slots, so that they are written in its order. Lent fields are there
    /// already: their job has read them by its edition.
    pub(crate) fn read_by(mut self, edition: Edition) -> Self {
        if let Held::Owned(fields) = &mut self.0 {
            fields.read_by(edition);
        }
        self
    }

    /// The body as compact JSON text, if it was read from exactly that text; then nothing has to be serialized.
    ///
    /// ```
    /// use seedance_core::{Job, Lang};
    /// let text = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;
    /// let job = Job::new(text);
    /// assert_eq!(job.check(Lang::En).request.unwrap().as_json(), Some(text));
    /// ```
    #[must_use]
    pub fn as_json(&self) -> Option<&str> {
        self.fields().normal.as_deref()
    }

    /// The body as compact JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self.as_json() {
            Some(json) => json.into(),
            // Writing cannot fail: the fields are strings, numbers, booleans and JSON that was parsed before.
            None => serde_json::to_string(self).unwrap_or_default(),
        }
    }

    /// The same body, owning all its data.
    #[must_use]
    pub fn into_owned(self) -> Normalised<'static> {
        Normalised(Held::Owned(self.fields().to_owned_fields()))
    }
}

impl Serialize for Normalised<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (field, given) in self.fields().each().filter(|(_, given)| given.counts()) {
            map.serialize_entry(field.name(), given)?;
        }
        for (_, unknown) in self.fields().unknown() {
            let value: &RawValue =
                serde_json::from_str(&unknown.value).map_err(ser::Error::custom)?;
            map.serialize_entry(&unknown.name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Normalised<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Body::from_deserializer(deserializer)?;
        match body.fields() {
            Some(fields) => Ok(Normalised(Held::Owned(fields.to_owned_fields()))),
            None => Err(de::Error::custom("a normalised request is an object")),
        }
    }
}

impl PartialEq for Normalised<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}

impl fmt::Debug for Normalised<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}
