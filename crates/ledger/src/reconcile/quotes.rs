//! Reads quotes from the output of `seedance quote --ndjson` or a history exported by the form.

use std::collections::HashMap;

use seedance_batch::numbered_lines;
use seedance_core::Quote;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::history;
use crate::ids;
use crate::problem::{LineError, Problem};

/// A quoted job.
#[derive(Debug)]
pub struct Quoted {
    /// The id of the job, or its line number if it has none.
    pub name: String,
    /// The quote; `None` if the line was not a job or its quote cannot be restored.
    pub quote: Option<Quote>,
}

/// A line of the output of `seedance quote --ndjson`.
#[derive(Debug, Deserialize)]
struct QuotedLine {
    line: u64,
    id: Option<Box<RawValue>>,
    quote: Option<Quote>,
    error: Option<IgnoredAny>,
}

/// Reads quotes in their order.
///
/// # Errors
/// The number of the first line that is not a quote or repeats an id, and why.
pub fn read_quotes(text: &[u8]) -> Result<Vec<Quoted>, LineError> {
    if text.trim_ascii_start().starts_with(b"[") {
        let quoted = history::quoted(text)?.into_iter();
        return Ok(quoted.map(|(name, quote)| Quoted { name, quote }).collect());
    }
    let mut quotes = Vec::new();
    let mut seen = HashMap::new();
    for (number, line) in numbered_lines(text) {
        let QuotedLine { line, id, quote, .. } =
            quoted_line(line).map_err(|problem| problem.at(number))?;
        let name = id.map_or_else(|| line.to_string(), |id| ids::of_json(&id));
        if let Some(first_line) = seen.insert(name.clone(), number) {
            let problem = problem!(
                "the id `{name}` was already used on line {first_line}; give every job its own and quote again",
                "编号 `{name}` 已在第 {first_line} 行出现，请给每个请求不同的编号后重新报价"
            );
            return Err(problem.at(number));
        }
        quotes.push(Quoted { name, quote });
    }
    Ok(quotes)
}

fn quoted_line(line: &[u8]) -> Result<QuotedLine, Problem> {
    let read = serde_json::from_slice(line).ok();
    let is_quote = |read: &QuotedLine| read.quote.is_some() || read.error.is_some();
    read.filter(is_quote).ok_or_else(|| {
        Problem::unlike(
            line,
            "not a line of `seedance quote --ndjson`, which has `line` and `quote` or `error`",
            "不是 `seedance quote --ndjson` 的输出，应有 `line` 以及 `quote` 或 `error`",
        )
    })
}
