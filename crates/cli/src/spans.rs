//! Finds the place of a JSON Pointer in a JSON text.

use std::ops::Range;

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

/// The values of a JSON text with their places; none if the text is not JSON.
#[derive(Debug)]
pub struct Spans<'a>(Option<Value<'a>>);

impl<'a> Spans<'a> {
    pub fn of(text: &'a str) -> Self {
        let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
        let parsed = parse_to_ast(text, &collect, &ParseOptions::default());
        Self(parsed.ok().and_then(|parsed| parsed.value))
    }

    /// The byte range of the value at the pointer; if it is missing, of the beginning of what should hold it.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        let mut place = self.0.as_ref()?;
        for part in parts(pointer) {
            place = match step(place, &part) {
                Some(inner) => inner,
                None => return Some(opening(place)),
            };
        }
        // Findings about the whole body are about its type, so marking its beginning is enough.
        Some(if pointer.is_empty() { opening(place) } else { range(place) })
    }

    /// The byte ranges of the name of a top-level field: a duplicate field has several, and the last one, which counts, is first.
    pub fn names(&self, pointer: &str) -> Vec<Range<usize>> {
        let (Some(Value::Object(object)), Some(name)) = (&self.0, parts(pointer).next()) else {
            return Vec::new();
        };
        members(object, &name).rev().map(|member| range(&member.name)).collect()
    }
}

fn parts(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
}

fn step<'a, 'b>(place: &'b Value<'a>, part: &str) -> Option<&'b Value<'a>> {
    match place {
        // If several members have the same name, the last one counts.
        Value::Object(object) => members(object, part).next_back().map(|member| &member.value),
        Value::Array(array) => array.elements.get(part.parse::<usize>().ok()?),
        _ => None,
    }
}

fn members<'a, 'b>(
    object: &'b Object<'a>,
    name: &str,
) -> impl DoubleEndedIterator<Item = &'b ObjectProp<'a>> {
    object.properties.iter().filter(move |member| member.name.as_str() == name)
}

fn opening(place: &Value<'_>) -> Range<usize> {
    let whole = range(place);
    match place {
        Value::Object(_) | Value::Array(_) => whole.start..whole.start + 1,
        _ => whole,
    }
}

fn range(place: &impl Ranged) -> Range<usize> {
    let range = place.range();
    range.start..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "model": "a", "images": ["x", "é"], "mod\u0065l": "b", "a/b": 1 }"#;

    fn at(pointer: &str) -> &'static str {
        &TEXT[Spans::of(TEXT).value(pointer).unwrap()]
    }

    #[test]
    fn finds_values() {
        assert_eq!(at("/model"), "\"b\"");
        assert_eq!(at("/images"), r#"["x", "é"]"#);
        assert_eq!(at("/images/1"), "\"é\"");
        assert_eq!(at("/a~1b"), "1");
    }

    #[test]
    fn missing_places_point_at_their_holder() {
        assert_eq!(at("/prompt"), "{");
        assert_eq!(at("/images/7"), "[");
        assert_eq!(at(""), "{");
    }

    #[test]
    fn finds_every_name() {
        let names = Spans::of(TEXT).names("/model");
        assert_eq!(
            names.into_iter().map(|range| &TEXT[range]).collect::<Vec<_>>(),
            [r#""mod\u0065l""#, "\"model\""]
        );
    }

    #[test]
    fn text_that_is_no_json_has_no_places() {
        assert_eq!(Spans::of("{").value("/model"), None);
        assert_eq!(Spans::of(&"[".repeat(10_000)).value(""), None);
    }
}
