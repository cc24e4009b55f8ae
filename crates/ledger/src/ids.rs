//! Job ids, and detection of repeated ones: charges for jobs with the same id cannot be told apart.

use std::collections::HashMap;
use std::hash::BuildHasher;

use seedance_core::Lang;
use serde::Serialize;
use serde_json::value::RawValue;

/// The ids of a batch, each stored as a hash so that long ids take little memory. Serializes as the list of repeated ids.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Ids {
    repeated: Vec<RepeatedId>,
    #[serde(skip)]
    first_lines: HashMap<u64, u64>,
}

/// An id that appears on more than one line.
#[derive(Debug, Serialize)]
pub struct RepeatedId {
    /// The id.
    pub id: String,
    /// The line of its first use.
    pub first_line: u64,
    /// The line of the repeated use.
    pub line: u64,
}

/// At most this many repeated ids are reported.
const MOST_REPEATED: usize = 10;

impl Ids {
    /// Adds the id of the job on a line.
    pub fn add(&mut self, id: &str, line: u64) {
        let number = self.first_lines.hasher().hash_one(id);
        let first_line = *self.first_lines.entry(number).or_insert(line);
        if first_line != line && self.repeated.len() < MOST_REPEATED {
            self.repeated.push(RepeatedId { id: id.to_owned(), first_line, line });
        }
    }

    /// The repeated ids, at most the first ten.
    #[must_use]
    pub fn repeated(&self) -> &[RepeatedId] {
        &self.repeated
    }

    /// Whether no id is repeated.
    #[must_use]
    pub fn are_unique(&self) -> bool {
        self.repeated.is_empty()
    }
}

impl RepeatedId {
    /// The repetition as one sentence in a language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self { id, first_line, line } = self;
        say!(
            lang,
            "the id `{id}` is given twice, on line {first_line} and line {line}",
            "编号 `{id}` 重复：第 {first_line} 行和第 {line} 行"
        )
    }
}

/// The display form of an id: the characters of a string, or a number as it was written.
#[must_use]
pub fn of_json(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

/// Reads the line number and the id at the start of a batch answer; `None` if its job has no id.
#[must_use]
pub fn of_answer(answer: &str) -> Option<(u64, String)> {
    let (line, rest) = answer.strip_prefix("{\"line\":")?.split_once(',')?;
    let id = rest.strip_prefix("\"id\":")?;
    let line = line.parse().ok()?;
    let mut values = serde_json::Deserializer::from_str(id).into_iter::<&RawValue>();
    let id = values.next()?.ok()?;
    Some((line, of_json(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_its_id_at_its_beginning() {
        let of = |answer: &str| of_answer(answer);
        assert_eq!(of(r#"{"line":7,"id":"a, \"b\"","quote":{}}"#), Some((7, "a, \"b\"".into())));
        assert_eq!(of(r#"{"line":7,"id":1.50,"quote":{}}"#), Some((7, "1.50".into())));
        for none in [r#"{"line":7,"quote":{"x":1,"id":2}}"#, "", r#"{"line":7}"#] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
