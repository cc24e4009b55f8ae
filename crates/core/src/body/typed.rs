//! The counterpart of `ordinary.rs` for data that is already parsed: one derived struct asks for each field by its name and type,
//! whereas the general reader has to find out both.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer};

use super::fields::Fields;
use super::given::{Given, Item};
use crate::table::Field;

/// Reads an object with this many members, if all of them are fields of the first edition with a value of the right type.
pub(super) fn read<'de, D: Deserializer<'de>>(data: D, members: usize) -> Option<Box<Fields<'de>>> {
    let it = Ordinary::deserialize(data).ok()?;
    let mut fields = Box::new(Fields::NONE);
    for (field, given) in [
        (Field::Model, it.model),
        (Field::Prompt, it.prompt),
        (Field::Duration, it.duration),
        (Field::Resolution, it.resolution),
        (Field::Orientation, it.orientation),
        (Field::Ratio, it.ratio),
        (Field::Images, it.images),
        (Field::FirstImage, it.first_image),
        (Field::LastImage, it.last_image),
        (Field::ReferenceVideos, it.reference_videos),
        (Field::ReferenceAudios, it.reference_audios),
    ] {
        fields.set(field, given);
    }
    // A deserializer may skip members that the struct does not name, and data without members may not be an object.
    let known = fields.each().filter(|(field, _)| fields.is_named(*field)).count();
    (known == members && known > 0).then_some(fields)
}

/// The fields of nearly every request. No field is an `Option`: serde-wasm-bindgen would call JavaScript once more for each.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Ordinary {
    #[serde(deserialize_with = "text")]
    model: Given<'static>,
    #[serde(deserialize_with = "text")]
    prompt: Given<'static>,
    #[serde(deserialize_with = "whole")]
    duration: Given<'static>,
    #[serde(deserialize_with = "text")]
    resolution: Given<'static>,
    #[serde(deserialize_with = "text")]
    orientation: Given<'static>,
    #[serde(deserialize_with = "text")]
    ratio: Given<'static>,
    #[serde(deserialize_with = "list")]
    images: Given<'static>,
    #[serde(deserialize_with = "text")]
    first_image: Given<'static>,
    #[serde(deserialize_with = "text")]
    last_image: Given<'static>,
    #[serde(deserialize_with = "list")]
    reference_videos: Given<'static>,
    #[serde(deserialize_with = "list")]
    reference_audios: Given<'static>,
}

fn text<'de, D: Deserializer<'de>>(data: D) -> Result<Given<'static>, D::Error> {
    String::deserialize(data).map(|text| Given::Text(Cow::Owned(text)))
}

fn whole<'de, D: Deserializer<'de>>(data: D) -> Result<Given<'static>, D::Error> {
    u32::deserialize(data).map(|number| Given::Number(number.into()))
}

fn list<'de, D: Deserializer<'de>>(data: D) -> Result<Given<'static>, D::Error> {
    let urls = Vec::<String>::deserialize(data)?;
    Ok(Given::List(urls.into_iter().map(|url| Item::text(Cow::Owned(url))).collect()))
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use serde_json::{Value, json};

    use crate::Body;

    /// What both readers make of an object; `None` if the typed one does not read it.
    fn both(value: &Value) -> Option<[String; 2]> {
        let members = value.as_object().map_or(0, serde_json::Map::len);
        let typed = Body::from_ordinary(value, members)?;
        let walked = Body::from_deserializer(value).unwrap();
        Some([typed, walked].map(|body| format!("{body:?}")))
    }

    #[test]
    fn what_it_reads_is_what_a_walk_reads() {
        for value in [
            json!({"model": "m", "prompt": "p", "duration": 5}),
            json!({"model": " ", "prompt": " ", "duration": 0, "ratio": "", "images": []}),
            json!({"images": ["a", " "], "reference_videos": ["b"], "reference_audios": ["c"]}),
            json!({"resolution": "1", "orientation": "2", "first_image": "3", "last_image": "4"}),
        ] {
            let [typed, walked] = both(&value).unwrap();
            assert_eq!(typed, walked);
        }
    }

    #[test]
    fn all_else_is_left_to_the_walk() {
        for value in [
            json!([]),
            json!({}),
            json!({"model": null}),
            json!({"prompt": 5}),
            json!({"duration": "5"}),
            json!({"duration": 5.5}),
            json!({"duration": -1}),
            json!({"images": "a"}),
            json!({"images": ["a", 5]}),
            json!({"model": "m", "seed": 5}),
            json!({"aspect_ratio": "16:9"}),
        ] {
            assert_eq!(both(&value), None, "{value}");
        }
    }
}
