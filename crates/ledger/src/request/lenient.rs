//! Reads text that is nearly JSON.

use jsonc_parser::ast::Value;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use seedance_core::Lang;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A text that was converted to JSON.
#[derive(Debug, Serialize)]
pub struct Lenient {
    /// The JSON text on one line. Members keep their order and numbers their digits; repeated members are kept.
    pub json: String,
    /// The changes that were needed, the first of each kind, in the order of their places.
    pub changes: Vec<Change>,
}

/// A deviation from JSON that was corrected.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The line of its first occurrence, from 1.
    pub line: usize,
    /// The column of its first occurrence, in characters from 1.
    pub column: usize,
    /// The change as one sentence, with its place.
    pub message: String,
    /// The kind of change: the sentence without the place.
    #[serde(skip)]
    how: String,
}

/// Reads text that is nearly JSON. Corrects quotes, commas, colons, brackets, spaces and digits of other scripts, Python's
/// constants, comments, single quotes, extra and missing commas, names without quotes, a Markdown fence, prose or code around
/// the JSON, and JSON inside a JSON string. Changes are described in `lang`. `None` if the corrected text is not JSON either.
#[must_use]
pub fn lenient(text: &str, lang: Lang) -> Option<Lenient> {
    let none = || Changes { lang, list: Vec::new() };
    read(text, none()).or_else(|| {
        let mut changes = none();
        let inner = inner(text, &mut changes)?;
        read(&inner, changes)
    })
}

fn read(text: &str, mut changes: Changes) -> Option<Lenient> {
    let plain = characters(text, &mut changes);
    let parsed = parse(&plain, &ParseOptions::default()).ok()??;
    for (option, en, zh) in LIBERTIES {
        let mut options = ParseOptions::default();
        *option(&mut options) = false;
        if let Err(error) = parse(&plain, &options) {
            changes.add(&plain, error.range().start, en, zh);
        }
    }
    let json = if let Value::StringLit(inner) = &parsed
        && let Ok(serde_json::Value::Object(_)) = serde_json::from_str(&inner.value)
    {
        changes.add(&plain, 0, "the text inside a JSON string", "JSON 字符串里的文本");
        inner.value.to_string()
    } else {
        serde_json::to_string(&Written(&parsed)).ok()?
    };
    changes.list.sort_by_key(|change| (change.line, change.column));
    Some(Lenient { json, changes: changes.list })
}

/// An option of the parser that accepts a deviation from JSON.
type Liberty = fn(&mut ParseOptions) -> &mut bool;
const LIBERTIES: [(Liberty, &str, &str); 5] = [
    (|it| &mut it.allow_trailing_commas, "without the trailing comma", "去掉多余的逗号"),
    (|it| &mut it.allow_missing_commas, "with the missing comma", "补上缺少的逗号"),
    (|it| &mut it.allow_single_quoted_strings, "`'` as `\"`", "`'` 视为 `\"`"),
    (|it| &mut it.allow_loose_object_property_names, "the name with quotes", "为字段名补上引号"),
    (
        |it| &mut it.allow_extended_string_escapes,
        "the escape as JSON writes it",
        "转义改为 JSON 的写法",
    ),
];

fn parse<'a>(text: &'a str, options: &ParseOptions) -> Result<Option<Value<'a>>, ParseError> {
    Ok(parse_to_ast(text, &CollectOptions::default(), options)?.value)
}

/// The JSON character that another character stands for, if any.
fn meant(character: char) -> Option<char> {
    Some(match character {
        '“' | '”' | '„' | '‟' | '＂' | '«' | '»' | '「' | '」' => '"',
        '‘' | '’' | '＇' => '\'',
        '：' => ':',
        '，' | '、' => ',',
        '｛' => '{',
        '｝' => '}',
        '［' | '【' => '[',
        '］' | '】' => ']',
        invisible if is_invisible(invisible) => ' ',
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10)?,
        blank if blank.is_whitespace() && !blank.is_ascii() => ' ',
        _ => return None,
    })
}

/// Whether a character has no width. Outside strings it means nothing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Python's constants and their JSON equivalents.
const PYTHON: [(&str, &str); 3] = [("None", "null"), ("True", "true"), ("False", "false")];

/// The delimiters of comments, including Python's.
const COMMENTS: [(&str, &str); 3] = [("//", "\n"), ("/*", "*/"), ("#", "\n")];

/// Replaces other scripts' characters, Python's constants and comments outside strings with what JSON has. Columns stay
/// the same.
fn characters(text: &str, changes: &mut Changes) -> String {
    let mut plain = String::with_capacity(text.len());
    // The quote that ends the current string.
    let mut ending: Option<char> = None;
    let (mut is_foreign, mut is_escaped, mut done) = (false, false, 0);
    for (at, found) in text.char_indices() {
        if at < done {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let written = meant(found).unwrap_or(found);
        if let Some(end) = ending {
            // A foreign quote may also be text: it only ends a string that began with one, and only where a string may end.
            let ends =
                written == end && !is_escaped && (found == end || is_foreign && ends_here(rest));
            is_escaped = found == '\\' && !is_escaped;
            ending = ending.filter(|_| !ends);
            plain.push(if ends { written } else { found });
            if ends && found != end {
                changes.read(text, at, found, written);
            }
            if matches!(found, '\n' | '\t') {
                let it = found.escape_default();
                let (en, zh) = (format!("`{it}` inside a string"), format!("字符串中的 `{it}`"));
                changes.add(text, at, &en, &zh);
            }
        } else if let Some((start, end)) = COMMENTS.iter().find(|(it, _)| rest.starts_with(it)) {
            let inside = rest.get(start.len()..).unwrap_or_default();
            let length = inside.find(end).map_or(rest.len(), |it| start.len() + it + end.len());
            changes.add(text, at, "without its comments", "去掉注释");
            plain += &blank(rest.get(..length).unwrap_or_default());
            done = at + length;
        } else if let Some((word, json)) = PYTHON.iter().find(|(it, _)| rest.starts_with(it)) {
            let (en, zh) = (format!("`{word}` as `{json}`"), format!("`{word}` 视为 `{json}`"));
            changes.add(text, at, &en, &zh);
            plain.push_str(json);
            done = at + word.len();
        } else {
            if written != found {
                changes.read(text, at, found, written);
            }
            ending = matches!(written, '"' | '\'').then_some(written);
            is_foreign = written != found;
            plain.push(written);
        }
    }
    plain
}

/// As many spaces as the text has characters, and its line feeds, so that places behind it stay the same.
fn blank(text: &str) -> String {
    text.replace(|it| it != '\n', " ")
}

/// Whether a string may end at the quote that `rest` begins with, judging by the next character.
fn ends_here(rest: &str) -> bool {
    let next = rest.chars().skip(1).find(|next| !next.is_whitespace());
    next.is_none_or(|next| ":,}]：，｝］".contains(next))
}

/// The object in a Markdown fence or, without one, in other text; with spaces in place of what is before it.
fn inner(text: &str, changes: &mut Changes) -> Option<String> {
    let fenced = text.split("```").nth(1);
    let inside = fenced.unwrap_or(text).trim_start_matches(|it| !matches!(it, '{' | '｛'));
    let inside = inside.trim_end_matches(|it| !matches!(it, '}' | '｝'));
    let (before, _) = text.split_once(inside).filter(|_| !inside.is_empty())?;
    match fenced {
        Some(_) => changes.add(text, 0, "without the fence around it", "去掉代码块标记"),
        None => changes.add(text, 0, "without the text around it", "去掉前后的文字"),
    }
    Some(blank(before) + inside)
}

/// Serializes a value as it was written, without its whitespace and comments.
struct Written<'v, 'a>(&'v Value<'a>);

impl Serialize for Written<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::StringLit(text) => text.value.serialize(serializer),
            Value::BooleanLit(it) => it.value.serialize(serializer),
            Value::NullKeyword(_) => serializer.serialize_unit(),
            Value::Array(array) => serializer.collect_seq(array.elements.iter().map(Written)),
            Value::Object(object) => {
                let members = object.properties.iter();
                serializer.collect_map(members.map(|it| (it.name.as_str(), Written(&it.value))))
            }
            // A number that only JSON5 has, such as 0x10, is refused.
            Value::NumberLit(number) => serde_json::from_str::<&RawValue>(number.value)
                .map_err(S::Error::custom)?
                .serialize(serializer),
        }
    }
}

struct Changes {
    lang: Lang,
    list: Vec<Change>,
}

impl Changes {
    /// Records that a character was read as another.
    fn read(&mut self, text: &str, at: usize, found: char, written: char) {
        let code = format!("U+{:04X}", u32::from(found));
        let (en, zh) = match written {
            _ if is_invisible(found) => (
                format!("without the invisible character ({code})"),
                format!("去掉不可见字符（{code}）"),
            ),
            ' ' => (format!("a blank ({code}) as a space"), format!("空白字符（{code}）视为空格")),
            _ => (
                format!("`{found}` ({code}) as `{written}`"),
                format!("`{found}`（{code}）视为 `{written}`"),
            ),
        };
        self.add(text, at, &en, &zh);
    }

    fn add(&mut self, text: &str, at: usize, en: &str, zh: &str) {
        let how = self.lang.pick(en, zh);
        if self.list.iter().any(|change| change.how == how) {
            return;
        }
        let before = text.get(..at).unwrap_or_default();
        let last = before.rsplit('\n').next().unwrap_or_default();
        let (line, column) = (before.matches('\n').count() + 1, last.chars().count() + 1);
        let message = say!(
            self.lang,
            "line {line}, column {column}: read {how}",
            "第 {line} 行第 {column} 列：{how}"
        );
        self.list.push(Change { line, column, message, how: how.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        for (text, json) in [
            (r#"{"a": 1}"#, r#"{"a":1}"#),
            ("{“a”： “b”，\u{a0}“c”：“d “e” f”}", r#"{"a":"b","c":"d “e” f"}"#),
            ("｛'a': 'it\"s', \"b\": [1, 2,],}", r#"{"a":"it\"s","b":[1,2]}"#),
            (
                "{a: None, b: True, // no\n c: 'None' d: 5}",
                r#"{"a":null,"b":true,"c":"None","d":5}"#,
            ),
            ("```json\n{\"a\": 1.50}\n```\n", r#"{"a":1.50}"#),
            ("Sure:\n```json\n{\"a\": 1}\n```\nDone {b}", r#"{"a":1}"#),
            ("const body = {\"a\": 1};", r#"{"a":1}"#),
            ("{“a”：５} // it's “this”, None", r#"{"a":5}"#),
            ("{'a': None, # it's\n 'b': True /* “c” */}", r#"{"a":null,"b":true}"#),
            ("{\"a\": 1 /*/ x */}", r#"{"a":1}"#),
            ("{\"a\": \"#1 // {x}\"}", r##"{"a":"#1 // {x}"}"##),
            (r#""{\"a\": 1, \"a\": 2}""#, r#"{"a": 1, "a": 2}"#),
            ("{\"a\": \"one\ntwo\", \"a\": 1e400}", r#"{"a":"one\ntwo","a":1e400}"#),
            ("{\"a\": \"“q”: x\"}", r#"{"a":"“q”: x"}"#),
        ] {
            assert_eq!(lenient(text, Lang::En).map(|it| it.json).as_deref(), Some(json), "{text}");
        }
        for text in
            ["{{x}}", "{\"a\": {{x}}}", "curl", "{\"a\": \"b", "{\"a\": 0x5}", "{\"a\": .5}", ""]
        {
            assert!(lenient(text, Lang::En).is_none(), "{text}");
        }
    }

    #[test]
    fn what_was_changed_is_told() {
        let changes = lenient("{\n “a”: 'b', /* c */\n \"d\": [1,]}", Lang::En).unwrap().changes;
        let told: Vec<&str> = changes.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "line 2, column 2: read `“` (U+201C) as `\"`",
                "line 2, column 4: read `”` (U+201D) as `\"`",
                "line 2, column 7: read `'` as `\"`",
                "line 2, column 12: read without its comments",
                "line 3, column 9: read without the trailing comma",
            ]
        );
        assert!(lenient("{\"a\": 1}", Lang::En).unwrap().changes.is_empty());
        let marked = lenient("\u{feff}{'a':\u{a0}5}", Lang::Zh).unwrap().changes;
        let told: Vec<&str> = marked.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "第 1 行第 1 列：去掉不可见字符（U+FEFF）",
                "第 1 行第 3 列：`'` 视为 `\"`",
                "第 1 行第 7 列：空白字符（U+00A0）视为空格",
            ]
        );
    }
}
