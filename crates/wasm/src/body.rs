//! A body as JavaScript gives it.

use js_sys::{Object, Uint8Array};
use seedance_core::{Body, Request};
use serde::Deserialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::{JsCast, JsValue};

/// What a body was given as; the core borrows from it.
#[expect(
    clippy::large_enum_variant,
    reason = "one is made a call, and boxing would allocate for nearly all of them"
)]
pub enum Given {
    /// JSON text.
    Text(String),
    /// JSON text in UTF-8.
    Bytes(Vec<u8>),
    /// An ordinary request, read as one.
    Request(Request),
    /// Any other value.
    Value(JsValue),
}

impl From<JsValue> for Given {
    fn from(body: JsValue) -> Self {
        if let Some(text) = body.as_string() {
            return Self::Text(text);
        }
        if let Some(bytes) = body.dyn_ref::<Uint8Array>() {
            return Self::Bytes(bytes.to_vec());
        }
        match ordinary(&body) {
            Some(request) => Self::Request(request),
            None => Self::Value(body),
        }
    }
}

impl Given {
    /// The body, read by the core.
    pub fn body(&self) -> Body<'_> {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => bytes.as_slice().into(),
            Self::Request(request) => request.into(),
            // `js/value.js` gives only what this can read; anything else is no JSON.
            Self::Value(value) => Body::from_deserializer(Deserializer::from(value.clone()))
                .unwrap_or_else(|_| Body::from("")),
        }
    }
}

/// The request that an object is, if each of its members is of its type and stands for what is sent.
fn ordinary(body: &JsValue) -> Option<Request> {
    if !body.is_object() {
        return None;
    }
    let ordinary: Ordinary = serde_wasm_bindgen::from_value(body.clone()).ok()?;
    // The members that it does not know were not asked for, and those that are null or empty were lost.
    (Object::keys(body.unchecked_ref::<Object>()).length() == ordinary.members())
        .then(|| ordinary.into())
}

/// What nearly every request consists of. [`Request`] also keeps what it does not know, at the cost of code that reads anything.
#[derive(Deserialize)]
struct Ordinary {
    model: String,
    prompt: String,
    duration: u32,
    resolution: Option<String>,
    orientation: Option<String>,
    ratio: Option<String>,
    #[serde(default)]
    images: Vec<String>,
    first_image: Option<String>,
    last_image: Option<String>,
    #[serde(default)]
    reference_videos: Vec<String>,
    #[serde(default)]
    reference_audios: Vec<String>,
}

impl Ordinary {
    /// How many members an object has of which this was read, none of them empty.
    fn members(&self) -> u32 {
        const REQUIRED: u32 = 3;
        let texts =
            [&self.resolution, &self.orientation, &self.ratio, &self.first_image, &self.last_image];
        let lists = [&self.images, &self.reference_videos, &self.reference_audios];
        let texts = texts.iter().filter(|text| text.is_some()).count();
        let lists = lists.iter().filter(|list| !list.is_empty()).count();
        REQUIRED + (texts + lists) as u32
    }
}

impl From<Ordinary> for Request {
    fn from(ordinary: Ordinary) -> Self {
        let mut request = Self::new(ordinary.model, ordinary.prompt, ordinary.duration);
        request.resolution = ordinary.resolution;
        request.orientation = ordinary.orientation;
        request.ratio = ordinary.ratio;
        request.images = ordinary.images;
        request.first_image = ordinary.first_image;
        request.last_image = ordinary.last_image;
        request.reference_videos = ordinary.reference_videos;
        request.reference_audios = ordinary.reference_audios;
        request
    }
}
