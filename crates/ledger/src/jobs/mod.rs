//! Job files: one JSON job per line, or a table with a header.

mod table;

use std::array;

use seedance_batch::numbered_lines;
use seedance_core::Field;
use serde::de::IgnoredAny;

use self::table::is_no_further_column;
pub use self::table::{Carrying, TableJobs};
use crate::problem::Problem;
use crate::sheet::{delimiter_of, names};

/// The form of a job file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object per line.
    Lines,
    /// A table: a header that names the request's fields, then one job per row.
    Table {
        /// The byte between two cells.
        delimiter: u8,
    },
}

impl Form {
    /// Detects the form from the first bytes of a file, if possible whole lines; `is_table` if the file name is that of a table.
    ///
    /// # Errors
    /// When the file is neither lines nor a table. The sentence has no subject: the caller puts the file's name before it.
    pub fn of(beginning: &[u8], is_table: bool) -> Result<Self, Problem> {
        // Two characters of ASCII in UTF-16; a zero byte elsewhere is a mistake on its line.
        if let [0, 1..=255, 0, 1..=255, ..] | [1..=255, 0, 1..=255, 0, ..] = beginning {
            return Err(problem!("is UTF-16; save it as UTF-8", "编码是 UTF-16，请另存为 UTF-8"));
        }
        let mut lines = numbered_lines(beginning).map(|(_, line)| line.trim_ascii());
        let [first, second, third] = array::from_fn(|_| lines.next().unwrap_or_default());
        // Behind a truncated line, a job is on a line of its own.
        let is_whole = |line: &[u8]| serde_json::from_slice::<IgnoredAny>(line).is_ok();
        let goes_on = || is_cut_off(first) && (!is_whole(second) || third.starts_with(b"]"));
        match first {
            [b'[', ..] if second.is_empty() || goes_on() => Err(problem!(
                "is one JSON array, but jobs are read one per line; `jq -c '.[]'` writes them so",
                "是一个 JSON 数组，而这里每行读取一个请求；可用 `jq -c '.[]'` 改为每行一个"
            )),
            [b'{', ..] if matches!(second, [b'"' | b'}', ..]) && is_cut_off(first) => {
                Err(problem!(
                    "is one JSON object over several lines, but jobs are read one per line; `jq -c .` writes it so, and a single request is checked without `--ndjson`",
                    "是一个跨多行的 JSON 对象，而这里每行读取一个请求；可用 `jq -c .` 改为一行，单个请求请去掉 `--ndjson` 检查"
                ))
            }
            [b'{' | b'[', ..] => Ok(Self::Lines),
            _ => {
                let delimiter = delimiter_of(beginning, is_no_further_column);
                let names = names(beginning, delimiter);
                let is_model = |name: &String| name.eq_ignore_ascii_case(Field::Model.name());
                let has_model = names.len() > 1 && names.iter().any(is_model);
                Ok(if is_table || has_model { Self::Table { delimiter } } else { Self::Lines })
            }
        }
    }
}

/// Whether the text is the beginning of an incomplete JSON value.
fn is_cut_off(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_a_file_is() {
        let table = |delimiter| Ok(Form::Table { delimiter });
        let (array, object) = ("is one JSON array, ", "is one JSON object over several lines, ");
        for (text, expected) in [
            ("", Ok(Form::Lines)),
            ("{}\n{}\n", Ok(Form::Lines)),
            ("{\"model\": \"a, b\", \"prompt\": \"x\"}", Ok(Form::Lines)),
            // A truncated line is one bad job, not a different kind of file.
            ("{\"model\": \"a\n{}\n", Ok(Form::Lines)),
            ("[1]\n{}\n", Ok(Form::Lines)),
            ("[{\"model\": \"a\n{}\n{}\n", Ok(Form::Lines)),
            ("nothing,known\n", Ok(Form::Lines)),
            ("model\n", Ok(Form::Lines)),
            ("[\n {}]", Err(array)),
            ("[\n {}\n]", Err(array)),
            ("[\n{},\n{}\n]", Err(array)),
            ("[{\"model\": \"a\"},\n{}]", Err(array)),
            ("[{}, {}]\n", Err(array)),
            ("{\n  \"model\": \"a\"\n}", Err(object)),
            ("{\"model\": \"a\",\n\"prompt\": 1}", Err(object)),
            ("{\0\"\0", Err("is UTF-16; save it as UTF-8")),
            ("\0{\0\"", Err("is UTF-16; save it as UTF-8")),
            // A zero byte is a bad line, which does not stop the others.
            ("{\0}\n{}\n", Ok(Form::Lines)),
            ("\0{}\n{}\n", Ok(Form::Lines)),
            ("\0\n{}\n", Ok(Form::Lines)),
            ("id,Model,prompt\n", table(b',')),
            ("\nid;model;prompt, long\n", table(b';')),
            ("id\tmodel\tprompt\n", table(b'\t')),
            ("SEP=;\r\nid;model;prompt\n", table(b';')),
            ("\"model\",\"a;b;c;d\"\n", table(b',')),
            // Wrong quotation marks in the header are told when it is read.
            ("id;model;\"prompt\" text;duration\n", table(b';')),
            ("id,model,\"prompt\n", table(b',')),
        ] {
            match (Form::of(text.as_bytes(), false), expected) {
                (Err(problem), Err(told)) => assert!(problem.en.starts_with(told), "{text}"),
                (form, expected) => assert_eq!(form.ok(), expected.ok(), "{text}"),
            }
        }
        assert_eq!(Form::of(b"nothing;known\n", true).map_err(|_| ""), table(b';'));
        assert_eq!(Form::of(b"{}\n", true).ok(), Some(Form::Lines));
    }
}
