//! Job ids, and detection of repeated ones: charges for jobs with the same id cannot be told apart.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;

use seedance_core::Lang;
use serde::Serialize;
use serde_json::value::RawValue;

/// The names of a batch's jobs: their ids, each stored as a hash so that long ones take little memory, or else the numbers of their
/// lines. Serializes as what is repeated.
#[derive(Debug, Default, Serialize)]
pub struct Ids {
    /// The ids that appear more than once, at most the first ten.
    #[serde(rename = "repeated_ids", skip_serializing_if = "Vec::is_empty")]
    repeated: Vec<RepeatedId>,
    /// How many more jobs repeat an id.
    #[serde(rename = "more_repeats", skip_serializing_if = "crate::is_zero")]
    more: usize,
    #[serde(skip)]
    first_lines: HashMap<u64, u64>,
    /// The lines of the jobs without an id, in ascending order.
    #[serde(skip)]
    unnamed: Vec<u64>,
}

/// An id that appears on more than one line, or is the number of a line without one.
#[derive(Debug, Serialize)]
pub struct RepeatedId {
    /// The id.
    pub id: String,
    /// The line of its first use.
    pub first_line: u64,
    /// The line of its first repeated use.
    pub line: u64,
    /// Whether one of the two jobs has no id, but is on the line of this number.
    #[serde(skip)]
    is_line: bool,
}

/// What a column of ids may be called beside `id`.
pub const CHINESE_NAME: &str = "编号";

/// At most this many repeated ids are reported one by one.
const MOST_REPEATED: usize = 10;

impl Ids {
    /// Adds the job on a line, which is further down than all before it.
    pub fn add(&mut self, id: Option<&str>, line: u64) {
        // Most batches have no ids at all.
        if id.is_none() && self.first_lines.is_empty() {
            return self.unnamed.push(line);
        }
        let name = id.map_or_else(|| Cow::Owned(line.to_string()), Cow::Borrowed);
        let hash = self.first_lines.hasher().hash_one(&*name);
        let named = self.first_lines.get(&hash).copied();
        let is_unnamed =
            |it: &u64| it.to_string() == name && self.unnamed.binary_search(it).is_ok();
        let first_line = named.or_else(|| name.parse().ok().filter(is_unnamed));
        if id.is_none() {
            self.unnamed.push(line);
        } else if first_line.is_none() {
            self.first_lines.insert(hash, line);
        }
        let Some(first_line) = first_line else {
            return;
        };
        if self.repeated.len() == MOST_REPEATED || self.repeated.iter().any(|it| it.id == name) {
            self.more += 1;
        } else {
            let is_line = id.is_none() || named.is_none();
            self.repeated.push(RepeatedId { id: name.into_owned(), first_line, line, is_line });
        }
    }

    /// Whether no id is repeated.
    #[must_use]
    pub fn are_unique(&self) -> bool {
        self.repeated.is_empty()
    }

    /// What is repeated, in a sentence each.
    pub fn messages(&self, lang: Lang) -> impl Iterator<Item = String> {
        let more = self.more;
        let further = (more > 0).then(|| {
            say!(
                lang,
                "further jobs with a repeated id: {more}",
                "另外还有 {more} 个请求的编号重复"
            )
        });
        self.repeated.iter().map(move |it| it.message(lang)).chain(further)
    }
}

impl RepeatedId {
    fn message(&self, lang: Lang) -> String {
        let Self { id, first_line, line, is_line } = self;
        let told = say!(
            lang,
            "the id `{id}` is given twice, on line {first_line} and line {line}",
            "编号 `{id}` 重复：第 {first_line} 行和第 {line} 行"
        );
        if !is_line {
            return told;
        }
        told + lang.pick(
            " (a job without an id is identified by its line number)",
            "（没有编号的请求以行号为编号）",
        )
    }
}

/// The display form of an id: the characters of a string without blanks around them, which a cell of a spreadsheet often has, or a
/// number as it was written.
#[must_use]
pub fn of_json(raw: &RawValue) -> String {
    let text: Option<String> = serde_json::from_str(raw.get()).ok();
    text.as_deref().map_or(raw.get(), str::trim).to_owned()
}

/// Reads the line number and the id, if its job has one, at the start of a batch answer.
#[must_use]
pub fn of_answer(answer: &str) -> Option<(u64, Option<String>)> {
    let (line, rest) = answer.strip_prefix("{\"line\":")?.split_once(',')?;
    let line = line.parse().ok()?;
    let Some(id) = rest.strip_prefix("\"id\":") else {
        return Some((line, None));
    };
    let mut values = serde_json::Deserializer::from_str(id).into_iter::<&RawValue>();
    let id = values.next()?.ok()?;
    Some((line, Some(of_json(id))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_its_id_at_its_beginning() {
        let named = |id: &str| Some((7, Some(id.to_owned())));
        assert_eq!(of_answer(r#"{"line":7,"id":"a, \"b\"","quote":{}}"#), named("a, \"b\""));
        assert_eq!(of_answer(r#"{"line":7,"id":1.50,"quote":{}}"#), named("1.50"));
        assert_eq!(of_answer(r#"{"line":7,"quote":{"x":1,"id":2}}"#), Some((7, None)));
        for none in ["", r#"{"line":7}"#] {
            assert_eq!(of_answer(none), None, "{none}");
        }
    }

    #[test]
    fn a_line_without_an_id_is_named_by_its_number() {
        let repeated = |jobs: &[(u64, Option<&str>)]| {
            let mut ids = Ids::default();
            jobs.iter().for_each(|(line, id)| ids.add(*id, *line));
            let told = ids.repeated.iter().map(|it| (it.id.clone(), it.first_line, it.line));
            (told.collect::<Vec<_>>(), ids.more)
        };
        let three = ("3".to_owned(), 2, 3);
        assert_eq!(repeated(&[(2, Some("3")), (3, None), (4, Some("a"))]), (vec![three], 0));
        assert_eq!(repeated(&[(2, None), (3, Some("2"))]), (vec![("2".into(), 2, 3)], 0));
        assert_eq!(repeated(&[(2, None), (3, Some("02")), (4, Some("4"))]), (vec![], 0));
        // Each id once; the others are counted.
        let jobs: Vec<_> = (1..=5).map(|line| (line, Some("a"))).collect();
        assert_eq!(repeated(&jobs), (vec![("a".into(), 1, 2)], 3));
    }
}
