//! The request's fields, in report order.

use serde::{Deserialize, Serialize};

use super::Text;
use super::named::named;

/// What the table says about a field, on every route.
#[derive(Debug, Clone, Copy, Serialize)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its name in a request.
    #[serde(skip)]
    pub name: &'static str,
    /// Its JSON type.
    #[serde(rename = "type")]
    pub kind: FieldKind,
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

named! {
    /// The JSON type of a field.
    pub enum FieldKind,
    /// The type's name in JSON Schema.
    name {
        /// A string.
        String = "string",
        /// A whole number.
        Integer = "integer",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A list of URLs.
        Array = "array",
    }
}

/// The values that the endpoint's schema lists for `resolution` on every route.
pub const SCHEMA_RESOLUTIONS: &[&str] = &["480p", "720p", "1080p"];

/// How many fields every edition has. They come first.
const SHARED: usize = 11;

/// Each row defines a field's variant and its entry in [`FIELDS`], so that neither can be forgotten.
macro_rules! fields {
    ($($variant:ident = $name:literal, $kind:ident, $title:literal | $title_zh:literal $(, $word:ident($($value:expr)?))*;)*) => {
        /// A field of the request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Field {
            $(
                #[doc = concat!("`", $name, "`")]
                #[serde(rename = $name)]
                $variant,
            )*
        }

        /// Every field of any edition, in report order.
        pub(crate) static FIELDS: [FieldInfo; [$($name),*].len()] = [
            $(FieldInfo {
                field: Field::$variant,
                name: $name,
                kind: FieldKind::$kind,
                required: false,
                choices: &[],
                aliases: &[],
                title: Text::new($title, $title_zh),
            }$(.$word($($value)?))*,)*
        ];

        impl Field {
            /// The field of this exact name, in any edition.
            ///
            /// ```
            /// use seedance_core::Field;
            /// assert_eq!(Field::named("ratio"), Some(Field::Ratio));
            /// assert_eq!(Field::named("Ratio"), None);
            /// ```
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

fields! {
    Model = "model", String, "Model" | "模型", required();
    Prompt = "prompt", String, "Prompt" | "提示词", required(), aliases(&["text", "content"]);
    Duration = "duration", Integer, "Duration" | "视频时长", required(), aliases(&["seconds", "length", "duration_seconds"]);
    Resolution = "resolution", String, "Resolution" | "分辨率", choices(SCHEMA_RESOLUTIONS);
    Orientation = "orientation", String, "Orientation" | "画面方向", choices(&["landscape", "portrait"]);
    Ratio = "ratio", String, "Aspect ratio" | "画面比例", aliases(&["aspect_ratio"]);
    Images = "images", Array, "Reference images" | "参考图",
        aliases(&["reference_images", "image_urls", "image_url", "reference_image_urls"]);
    FirstImage = "first_image", String, "First frame" | "首帧",
        aliases(&["first_frame", "first_frame_url", "first_image_url", "start_image", "start_frame"]);
    LastImage = "last_image", String, "Last frame" | "尾帧",
        aliases(&["last_frame", "last_frame_url", "last_image_url", "end_image", "end_frame", "tail_image", "tail_frame"]);
    ReferenceVideos = "reference_videos", Array, "Reference videos" | "参考视频",
        aliases(&["videos", "video_urls", "video_url", "reference_video_urls"]);
    ReferenceAudios = "reference_audios", Array, "Reference audio" | "参考音频",
        aliases(&["audios", "audio_urls", "audio_url", "reference_audio_urls"]);
    AspectRatio = "aspect_ratio", String, "Aspect ratio" | "画面比例";
    ReferenceImages = "reference_images", Array, "Reference images" | "参考图";
    Videos = "videos", Array, "Reference videos" | "参考视频";
    Audios = "audios", Array, "Reference audio" | "参考音频";
    FaceProcessing = "face_processing", Boolean, "Face processing" | "人脸处理";
    GenerateAudio = "generate_audio", Boolean, "Generated audio" | "生成音频";
    ReferenceMode = "reference_mode", String, "Reference mode" | "参考模式";
}

/// Fields with an alias: a second name that is a field of its own in later editions.
pub(crate) const ALIASES: [(Field, Field); 4] = [
    (Field::Ratio, Field::AspectRatio),
    (Field::Images, Field::ReferenceImages),
    (Field::ReferenceVideos, Field::Videos),
    (Field::ReferenceAudios, Field::Audios),
];

/// The fields that every edition has, and those that only later editions have.
pub(crate) fn shared_and_later() -> (&'static [FieldInfo], &'static [FieldInfo]) {
    FIELDS.split_at(SHARED)
}

impl Field {
    /// The field's name in a request.
    ///
    /// ```
    /// assert_eq!(seedance_core::Field::FirstImage.name(), "first_image");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The field's alias.
    pub(crate) fn alias(self) -> Option<Self> {
        ALIASES.into_iter().find_map(|(field, alias)| (field == self).then_some(alias))
    }

    /// The field that this one is an alias of.
    pub(crate) fn alias_of(self) -> Option<Self> {
        ALIASES.into_iter().find_map(|(field, alias)| (alias == self).then_some(field))
    }

    /// What the table says about the field, on every route.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "one row a variant, in their order")]
    pub const fn info(self) -> &'static FieldInfo {
        &FIELDS[self as usize]
    }

    /// The field as one bit of a set of fields.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl FieldInfo {
    /// Whether this is the field's name in another spelling (`firstImage`, `First-Image`), or one of its other names.
    pub(crate) fn goes_by(&self, name: &str) -> bool {
        let letters = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
        let name = letters(name);
        letters(self.name) == name || self.aliases.iter().any(|alias| letters(alias) == name)
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn choices(self, choices: &'static [&'static str]) -> Self {
        Self { choices, ..self }
    }

    const fn aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }
}
