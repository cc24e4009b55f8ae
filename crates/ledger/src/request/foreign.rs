//! Converts requests from the formats of other vendors.

use itertools::Itertools;
use seedance_core::Field;
use serde_json::{Map, Value};
use strum::{EnumString, VariantNames};

/// A vendor with another request format for the same models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Foreign {
    /// Volcengine Ark: a list `content` of parts, each with a type and perhaps a role.
    Ark,
    /// fal: members such as `image_url`, `end_image_url` and `aspect_ratio`, and no model.
    Fal,
}

/// The members of fal's requests that have other names than ours.
const FAL: [(&str, Field); 6] = [
    ("image_url", Field::FirstImage),
    ("end_image_url", Field::LastImage),
    ("image_urls", Field::Images),
    ("video_urls", Field::ReferenceVideos),
    ("audio_urls", Field::ReferenceAudios),
    ("aspect_ratio", Field::Ratio),
];

/// The options in Ark's prompts that have other names than ours.
const ARK: [(&str, Field); 3] =
    [("rt", Field::Ratio), ("dur", Field::Duration), ("rs", Field::Resolution)];

/// A request converted from another vendor's format.
#[derive(Debug, Default)]
pub struct Converted {
    /// The request.
    pub request: Map<String, Value>,
    /// The names of members and parts that have no equivalent, in the order of the body's members.
    pub left_out: Vec<String>,
}

impl Foreign {
    /// The vendor's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ark => "Ark",
            Self::Fal => "fal",
        }
    }

    /// Detects the vendor whose format a body has, if any. A body with a prompt, without a model and with one of fal's members
    /// counts as fal's, even if that member is also a field of ours (`aspect_ratio`).
    #[must_use]
    pub fn of(body: &Map<String, Value>) -> Option<Self> {
        let is_part = |part: &Value| part.get("type").is_some_and(Value::is_string);
        let parts = body.get("content").and_then(Value::as_array);
        if parts.is_some_and(|parts| !parts.is_empty() && parts.iter().all(is_part)) {
            return Some(Self::Ark);
        }
        let has = |name: &str| body.contains_key(name);
        let is_fal = !has("model") && has("prompt") && FAL.iter().any(|(name, _)| has(name));
        is_fal.then_some(Self::Fal)
    }

    /// Converts a body. The model's name is kept, or stays missing: only the caller knows which of our models is meant.
    #[must_use]
    pub fn convert(self, mut body: Map<String, Value>) -> Converted {
        let mut converted = Converted::default();
        if self == Self::Ark
            && let Some(Value::Array(parts)) = body.remove("content")
        {
            parts.iter().for_each(|part| converted.part(part));
        }
        // Members are set after the options in the prompt, and so replace them.
        for (name, value) in body {
            match self.field(&name) {
                Some(field) => converted.put(field, value),
                None => converted.left_out.push(name),
            }
        }
        converted
    }

    /// Our field for a member or an option of this name.
    fn field(self, name: &str) -> Option<Field> {
        let names: &[(&str, Field)] = match self {
            Self::Ark => &ARK,
            Self::Fal => &FAL,
        };
        let own = names.iter().find(|(own, _)| *own == name);
        own.map(|(_, field)| *field).or_else(|| Field::named(name))
    }
}

impl Converted {
    fn put(&mut self, field: Field, value: Value) {
        let value = match (field, value.as_str()) {
            // The vendor would choose the ratio; without a ratio, our API does.
            (Field::Ratio, Some("auto" | "adaptive")) => return,
            // Seconds may be written as text.
            (Field::Duration, Some(text)) => text.parse::<u32>().map_or(value, Value::from),
            _ => value,
        };
        self.request.insert(field.name().into(), value);
    }

    /// Converts a part of Ark's `content`, a text or a link with a role.
    fn part(&mut self, part: &Value) {
        let text = |name: &str| part.get(name).and_then(Value::as_str);
        let kind = text("type").unwrap_or_default();
        let link = part.get(kind).and_then(|it| it.get("url")).cloned();
        match (kind, text("role"), link) {
            ("text", ..) => self.prompt(text("text").unwrap_or_default()),
            ("image_url", None | Some("first_frame"), Some(link)) => {
                self.put(Field::FirstImage, link);
            }
            ("image_url", Some("last_frame"), Some(link)) => self.put(Field::LastImage, link),
            ("image_url", _, Some(link)) => self.push(Field::Images, link),
            ("video_url", _, Some(link)) => self.push(Field::ReferenceVideos, link),
            ("audio_url", _, Some(link)) => self.push(Field::ReferenceAudios, link),
            _ => self.left_out.push(format!("content: {kind}")),
        }
    }

    fn push(&mut self, field: Field, link: Value) {
        let list = self.request.entry(field.name()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = list {
            items.push(link);
        }
    }

    /// Splits off options at the end of the prompt, such as `--ratio 16:9`, which Ark reads as fields.
    fn prompt(&mut self, text: &str) {
        let mut prompt = text.trim_end();
        while let Some((before, option)) = prompt.rsplit_once("--")
            && let Some((name, value)) = option.split_whitespace().collect_tuple()
        {
            match Foreign::Ark.field(name) {
                Some(field) => self.put(field, value.into()),
                None => self.left_out.push(format!("--{name}")),
            }
            prompt = before.trim_end();
        }
        self.put(Field::Prompt, prompt.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    fn converted(text: &str) -> (Option<&'static str>, Value, Vec<String>) {
        let body: Map<String, Value> = serde_json::from_str(text).unwrap();
        let of = Foreign::of(&body);
        let Some(foreign) = of else {
            return (None, Value::Null, Vec::new());
        };
        let Converted { request, left_out } = foreign.convert(body);
        (Some(foreign.name()), Value::Object(request), left_out)
    }

    #[test]
    fn ark() {
        let (name, request, left_out) = converted(
            r#"{"model":"doubao","content":[{"type":"text","text":"a fox --ratio 16:9 --dur 5 --cf true"},
                {"type":"image_url","image_url":{"url":"https://e.com/a.png"},"role":"reference_image"},
                {"type":"video_url","video_url":{"url":"https://e.com/v.mp4"},"role":"reference_video"}],"duration":8,"watermark":false}"#,
        );
        assert_eq!(name, Some("Ark"));
        assert_eq!(
            request,
            json(
                r#"{"duration":8,"images":["https://e.com/a.png"],"model":"doubao","prompt":"a fox","ratio":"16:9","reference_videos":["https://e.com/v.mp4"]}"#
            )
        );
        assert_eq!(left_out, ["--cf", "watermark"]);
        let frames = r#"{"content":[{"type":"image_url","image_url":{"url":"a"}},{"type":"image_url","image_url":{"url":"b"},"role":"last_frame"},{"type":"draft_task"}],"ratio":"adaptive"}"#;
        let (_, request, left_out) = converted(frames);
        assert_eq!(request, json(r#"{"first_image":"a","last_image":"b"}"#));
        assert_eq!(left_out, ["content: draft_task"]);
    }

    #[test]
    fn fal() {
        let (name, request, left_out) = converted(
            r#"{"prompt":"x","image_url":"a","end_image_url":"b","aspect_ratio":"auto","duration":"5","seed":42}"#,
        );
        assert_eq!(name, Some("fal"));
        assert_eq!(
            request,
            json(r#"{"duration":5,"first_image":"a","last_image":"b","prompt":"x"}"#)
        );
        assert_eq!(left_out, ["seed"]);
    }

    #[test]
    fn ours_with_a_fault_is_ours() {
        for text in [
            r#"{"model":"seedance2.0-mini","prompt":"x","image_url":"a"}"#,
            r#"{"prompt":"x","duration":5}"#,
            r#"{"model":"m","content":"a fox"}"#,
            r#"{"model":"m","content":[]}"#,
        ] {
            assert_eq!(converted(text).0, None, "{text}");
        }
    }
}
