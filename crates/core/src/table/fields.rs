//! The request's fields, in the order in which every report speaks of them.

use serde::{Deserialize, Serialize};

use super::Text;

/// A field of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// `model`
    Model,
    /// `prompt`
    Prompt,
    /// `duration`
    Duration,
    /// `resolution`
    Resolution,
    /// `orientation`
    Orientation,
    /// `ratio`
    Ratio,
    /// `images`
    Images,
    /// `first_image`
    FirstImage,
    /// `last_image`
    LastImage,
    /// `reference_videos`
    ReferenceVideos,
    /// `reference_audios`
    ReferenceAudios,
}

/// What the table says of a field on every route.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its JSON type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether the schema requires it.
    pub required: bool,
    /// The only values that the endpoint's schema lists for it.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub choices: &'static [&'static str],
    /// Other names that people and other APIs use for it.
    pub aliases: &'static [&'static str],
    /// Its name for people.
    pub title: Text,
}

/// Every field, in report order.
pub static FIELDS: [FieldInfo; 11] = [
    field(Field::Model, "string", "Model", "模型").required(),
    field(Field::Prompt, "string", "Prompt", "提示词")
        .required()
        .aliases(&["text", "content"]),
    field(Field::Duration, "integer", "Duration", "视频时长")
        .required()
        .aliases(&["seconds", "length"]),
    field(Field::Resolution, "string", "Resolution", "分辨率").choices(super::SCHEMA_RESOLUTIONS),
    field(Field::Orientation, "string", "Orientation", "画面方向")
        .choices(&["landscape", "portrait"]),
    field(Field::Ratio, "string", "Aspect ratio", "画面比例")
        .aliases(&["aspect_ratio", "aspectRatio"]),
    field(Field::Images, "array", "Reference images", "参考图")
        .aliases(&["reference_images", "image_urls"]),
    field(Field::FirstImage, "string", "First frame", "首帧").aliases(&["first_frame"]),
    field(Field::LastImage, "string", "Last frame", "尾帧").aliases(&["last_frame"]),
    field(
        Field::ReferenceVideos,
        "array",
        "Reference videos",
        "参考视频",
    )
    .aliases(&["videos", "video_urls"]),
    field(
        Field::ReferenceAudios,
        "array",
        "Reference audios",
        "参考音频",
    )
    .aliases(&["audios", "audio_urls"]),
];

/// The fields that every request must have, a bit each.
pub(crate) const REQUIRED: u16 = {
    let (mut required, mut index) = (0, 0);
    while index < FIELDS.len() {
        if FIELDS[index].required {
            required |= FIELDS[index].field.bit();
        }
        index += 1;
    }
    required
};

/// The fields' names: looked up in a list, they take less room than the choice among them wherever one is asked for.
static NAMES: [&str; FIELDS.len()] = {
    let mut names = [""; FIELDS.len()];
    let mut index = 0;
    while index < FIELDS.len() {
        names[index] = FIELDS[index].field.written();
        index += 1;
    }
    names
};

impl Field {
    /// The field's name in a request.
    ///
    /// ```
    /// assert_eq!(seedance_core::Field::FirstImage.name(), "first_image");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    const fn written(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Prompt => "prompt",
            Self::Duration => "duration",
            Self::Resolution => "resolution",
            Self::Orientation => "orientation",
            Self::Ratio => "ratio",
            Self::Images => "images",
            Self::FirstImage => "first_image",
            Self::LastImage => "last_image",
            Self::ReferenceVideos => "reference_videos",
            Self::ReferenceAudios => "reference_audios",
        }
    }

    /// The field of this exact name.
    ///
    /// ```
    /// use seedance_core::Field;
    /// assert_eq!(Field::named("ratio"), Some(Field::Ratio));
    /// assert_eq!(Field::named("Ratio"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let is_it = |info: &&FieldInfo| info.field.name() == name;
        FIELDS.iter().find(is_it).map(|info| info.field)
    }

    /// What the table says of it on every route.
    #[must_use]
    pub fn info(self) -> &'static FieldInfo {
        FIELDS.get(self as usize).unwrap_or(&FIELDS[0])
    }

    /// Whether something is true of every field; written out, so that it is compiled for each by itself.
    #[inline(always)]
    pub(crate) fn all(is_so: impl Fn(Self) -> bool) -> bool {
        is_so(Self::Model)
            && is_so(Self::Prompt)
            && is_so(Self::Duration)
            && is_so(Self::Resolution)
            && is_so(Self::Orientation)
            && is_so(Self::Ratio)
            && is_so(Self::Images)
            && is_so(Self::FirstImage)
            && is_so(Self::LastImage)
            && is_so(Self::ReferenceVideos)
            && is_so(Self::ReferenceAudios)
    }

    pub(crate) fn is_list(self) -> bool {
        self.info().is_list()
    }

    pub(crate) fn is_text(self) -> bool {
        self.info().kind == "string"
    }

    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

const fn field(field: Field, kind: &'static str, en: &'static str, zh: &'static str) -> FieldInfo {
    FieldInfo {
        field,
        kind,
        required: false,
        choices: &[],
        aliases: &[],
        title: Text { en, zh },
    }
}

impl FieldInfo {
    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.kind.as_bytes(), b"array")
    }

    /// Whether this is the field's name in another case, or another name of it.
    pub(crate) fn goes_by(&self, name: &str) -> bool {
        let is_it = |known: &str| known.eq_ignore_ascii_case(name);
        is_it(self.field.name()) || self.aliases.iter().any(|alias| is_it(alias))
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}
