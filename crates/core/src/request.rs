//! The typed request, and the normalised one that a report gives back.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use seedance_json::RawJson;
use serde::de::Error;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::body::{Body, Fields, Lent, LentItem, List, View};

/// A request for `POST /api/open-api/v1/seedance/videos`, built in Rust.
///
/// It can hold what the endpoint would refuse; [`Job::check`](crate::Job::check) says so.
///
/// ```
/// use seedance_core::{Job, Lang, Request};
/// let request = Request::new("seedance2.0-mini", "a fox in the snow", 5)
///     .resolution("720p")
///     .image("https://example.com/fox.png");
/// assert!(Job::new(&request).check(Lang::En).accepted);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Request {
    /// The model, which selects the route.
    pub model: String,
    /// What the video shows.
    pub prompt: String,
    /// Its length in seconds.
    pub duration: u32,
    /// The resolution, where the route lets the request choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// `landscape` or `portrait`; `ratio` wins over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<String>,
    /// The aspect ratio, as `16:9`.
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
    /// URLs of reference audios.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_audios: Vec<String>,
}

impl Request {
    /// A request with what is required; `duration` is in seconds.
    #[must_use]
    pub fn new(model: impl Into<String>, prompt: impl Into<String>, duration: u32) -> Self {
        Self {
            model: model.into(),
            prompt: prompt.into(),
            duration,
            ..Self::default()
        }
    }

    /// Sets `resolution`.
    #[must_use]
    pub fn resolution(mut self, resolution: impl Into<String>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// Sets `orientation`.
    #[must_use]
    pub fn orientation(mut self, orientation: impl Into<String>) -> Self {
        self.orientation = Some(orientation.into());
        self
    }

    /// Sets `ratio`.
    #[must_use]
    pub fn ratio(mut self, ratio: impl Into<String>) -> Self {
        self.ratio = Some(ratio.into());
        self
    }

    /// Adds a reference image.
    #[must_use]
    pub fn image(mut self, url: impl Into<String>) -> Self {
        self.images.push(url.into());
        self
    }

    /// Sets the first frame.
    #[must_use]
    pub fn first_image(mut self, url: impl Into<String>) -> Self {
        self.first_image = Some(url.into());
        self
    }

    /// Sets the last frame.
    #[must_use]
    pub fn last_image(mut self, url: impl Into<String>) -> Self {
        self.last_image = Some(url.into());
        self
    }

    /// Adds a reference video.
    #[must_use]
    pub fn reference_video(mut self, url: impl Into<String>) -> Self {
        self.reference_videos.push(url.into());
        self
    }

    /// Adds a reference audio.
    #[must_use]
    pub fn reference_audio(mut self, url: impl Into<String>) -> Self {
        self.reference_audios.push(url.into());
        self
    }
}

/// The body to submit: what was checked, in the table's order, with empties dropped and nothing
/// else changed.
///
/// Unknown fields stay as they were written. A report that was written and read back by serde has their values, not their
/// spelling: `1e2` comes as `100`.
///
/// ```
/// use seedance_core::{Job, Lang};
/// let job = Job::new(r#"{"duration": 5.0, "ratio": "", "model": "seedance2.0-mini", "prompt": "a fox"}"#);
/// let report = job.check(Lang::En);
/// let json = report.request.unwrap().to_json();
/// assert_eq!(json, r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#);
/// ```
#[derive(Clone)]
pub struct Normalised<'a>(Kept<'a>);

#[derive(Clone)]
enum Kept<'a> {
    Lent(View<'a>),
    Owned(Box<Fields<'static>>),
}

impl<'a> Normalised<'a> {
    pub(crate) const fn of(fields: View<'a>) -> Self {
        Self(Kept::Lent(fields))
    }

    /// Whether the body that was read has just these members, in this order: nothing was dropped and nothing was moved.
    ///
    /// ```
    /// use seedance_core::{Job, Lang};
    /// let is_unchanged = |text| Job::new(text).check(Lang::En).request.unwrap().is_unchanged();
    /// assert!(is_unchanged(r#"{"model": "seedance2.0-mini", "prompt": "a fox", "duration": 5.0}"#));
    /// assert!(!is_unchanged(r#"{"model": "seedance2.0-mini", "prompt": "a fox", "duration": 5, "images": []}"#));
    /// ```
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.fields().is_unchanged()
    }

    /// The body as compact JSON text, where it was read from just that: then nothing has to be written.
    ///
    /// ```
    /// use seedance_core::{Job, Lang};
    /// let text = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#;
    /// let job = Job::new(text);
    /// assert_eq!(job.check(Lang::En).request.unwrap().as_json(), Some(text));
    /// ```
    #[must_use]
    pub fn as_json(&self) -> Option<&str> {
        self.fields().normal()
    }

    /// The body as compact JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        if let Some(json) = self.as_json() {
            return json.into();
        }
        // Strings, integers and JSON that was read before: writing them cannot fail.
        let mut json = String::new();
        let _ = seedance_json::write(&mut json, self);
        json
    }

    /// The same, free of what it was read from.
    #[must_use]
    pub fn into_owned(self) -> Normalised<'static> {
        Normalised(Kept::Owned(match self.0 {
            Kept::Lent(fields) => Box::new(fields.to_owned_fields()),
            Kept::Owned(fields) => fields,
        }))
    }

    fn fields(&self) -> View<'_> {
        match &self.0 {
            Kept::Lent(fields) => *fields,
            Kept::Owned(fields) => View(&**fields),
        }
    }
}

impl Serialize for Normalised<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let fields = self.fields();
        for (info, slot) in fields.each() {
            match slot {
                Lent::Text(text) => map.serialize_entry(&info.field, text)?,
                Lent::Whole(seconds) => map.serialize_entry(&info.field, &Whole(seconds))?,
                Lent::List(list) => map.serialize_entry(&info.field, &Urls(list))?,
                Lent::Absent | Lent::Blank | Lent::EmptyList | Lent::Wrong(_) => {}
            }
        }
        for unknown in fields.unknown() {
            map.serialize_entry(&unknown.name, &RawJson(&unknown.value))?;
        }
        map.end()
    }
}

struct Whole(f64);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::number::serialize(self.0, serializer)
    }
}

struct Urls<'u>(List<'u>);

impl Serialize for Urls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter_map(|item| match item {
            LentItem::Url(url) => Some(url),
            LentItem::Blank | LentItem::Wrong(_) => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Normalised<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = Body::from_deserializer(deserializer)?;
        match body.view() {
            Some(fields) => Ok(Normalised::of(fields).into_owned()),
            None => Err(D::Error::custom("a normalised request is an object")),
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
