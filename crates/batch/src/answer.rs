//! Answers each line of a batch with one line.

use std::borrow::Cow;

use seedance_core::{Edition, Lang, PriceBook, Quote, Report};
use serde::Serialize;

use crate::line::{Line, is_blank, lines};
use crate::tally::Tally;

/// What is asked about every line.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// Whether the request would be accepted.
    Check,
    /// What the request would cost.
    Quote(&'a PriceBook),
}

/// How the lines of a batch are answered.
#[derive(Clone, Copy, Debug)]
pub struct Answering<'a> {
    /// The edition that judges them.
    pub edition: Edition,
    /// What is asked about each.
    pub question: Question<'a>,
    /// The language of messages.
    pub lang: Lang,
}

impl Answering<'_> {
    /// Answers every line of `piece`, which must consist of whole lines; the number of its first line counts from 1. Appends the
    /// answers to `out` and counts them in `tally`. Returns the number of the line in which the piece ends: if it ends with a line
    /// feed, that is the first line of the next piece.
    pub fn lines(self, piece: &[u8], first_line: u64, out: &mut Vec<u8>, tally: &mut Tally) -> u64 {
        let mut quotes = Quotes::default();
        let mut last = first_line;
        for (number, line) in (first_line..).zip(lines(piece)) {
            last = number;
            if is_blank(line) {
                continue;
            }
            let Line { id, job, .. } = Line::read(line, self.edition, self.lang);
            append(out, &["{\"line\":", &number.to_string()]);
            if let Some(id) = id {
                append(out, &[",\"id\":", id.get()]);
            }
            match (&job, self.question) {
                (Err(error), _) => {
                    tally.error();
                    append(out, &[",\"error\":", &json(error)]);
                }
                (Ok(job), Question::Check) => {
                    let report = job.check(self.lang);
                    tally.report(&report);
                    match copied(&report) {
                        Some(parts) => append(out, &parts),
                        None => append(out, &[",\"report\":", &json(&report)]),
                    }
                }
                (Ok(job), Question::Quote(book)) => {
                    let quote = job.quote(book, self.lang);
                    tally.quote(&quote);
                    append(out, &[",\"quote\":", &quotes.written(quote)]);
                }
            }
            append(out, &["}\n"]);
        }
        last
    }
}

/// Appends parts of a line's answer to the buffer of all lines: with a buffer for each line, threads would wait for the allocator.
fn append(out: &mut Vec<u8>, parts: &[&str]) {
    parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
}

/// A value as JSON text. This cannot fail: JSON can hold every value that is written here.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The member `report` in parts, if the report has no findings and its request can be sent exactly as it was read. Nearly every
/// line has such a request, and copying its text takes half the time of serializing it.
fn copied<'r>(report: &'r Report<'_>) -> Option<[&'r str; 9]> {
    let (model, route) = (report.model.as_ref()?, report.route?);
    let request = report.request.as_ref()?.as_json()?;
    // The names of editions, models and routes need no escapes.
    report.findings.is_empty().then_some([
        ",\"report\":{\"edition\":\"",
        report.edition.name(),
        "\",\"accepted\":true,\"model\":\"",
        model,
        "\",\"route\":\"",
        route.name(),
        "\",\"findings\":[],\"request\":",
        request,
        "}",
    ])
}

/// The quotes that were written last, with their JSON. Most lines of a batch cost the same as another one nearby, and copying
/// a quote takes a small part of the time of serializing it.
#[derive(Debug, Default)]
struct Quotes(Vec<(Quote, String)>);

impl Quotes {
    /// The most quotes that are kept; each new quote is compared with all of them.
    const MOST: usize = 16;

    /// The quote as JSON. Equal quotes come from the same price in the book, so they are written with the same digits.
    fn written(&mut self, quote: Quote) -> Cow<'_, str> {
        // The findings that stop a price are long, and seldom the same.
        if quote.lowest().is_none() {
            return Cow::Owned(json(&quote));
        }
        let known = self.0.iter().position(|(known, _)| *known == quote);
        let index = known.unwrap_or_else(|| {
            if self.0.len() == Self::MOST {
                self.0.clear();
            }
            let json = json(&quote);
            self.0.push((quote, json));
            self.0.len() - 1
        });
        self.0.get(index).map_or(Cow::default(), |(_, json)| Cow::Borrowed(json))
    }
}

#[cfg(test)]
mod tests {
    use seedance_core::Job;

    use super::*;

    fn answered(question: Question<'_>, lines: &str) -> String {
        let (mut out, mut tally) = (Vec::new(), Tally::default());
        let answering = Answering { edition: Edition::LATEST, question, lang: Lang::En };
        answering.lines(lines.as_bytes(), 41, &mut out, &mut tally);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_copied_line_is_as_it_would_be_written() {
        let ordinary =
            r#"{"model":"seedance2.0-mini","prompt":"一只狐狸 {}","duration":5,"ratio":"16:9"}"#;
        let spaced = ordinary.replace(',', ", ");
        assert!(Job::new(ordinary).check(Lang::En).request.unwrap().as_json().is_some());
        assert!(Job::new(&*spaced).check(Lang::En).request.unwrap().as_json().is_none());
        assert_eq!(answered(Question::Check, ordinary), answered(Question::Check, &spaced));
    }

    /// More costs than are kept, each twice in a row and again later, and between them lines that have no cost.
    #[test]
    fn a_copied_quote_is_as_it_would_be_written() {
        let book = br#"{"currency":"USD","prices":{"seedance2.0-mini-480p":"0.030","seedance2.0-mini-720p":"0.03"}}"#;
        let book = PriceBook::from_slice_for(Edition::LATEST, book).unwrap();
        let mut requests = Vec::new();
        for round in 0..3 {
            for duration in 3..=15 {
                for resolution in ["480p", "720p", "1080p"] {
                    requests.push(format!(
                        r#"{{"model":"seedance2.0-mini","prompt":"{round}","duration":{duration},"resolution":"{resolution}"}}"#
                    ));
                    requests.push(requests.last().unwrap().clone());
                    requests.push(requests.first().unwrap().clone());
                }
            }
        }
        let answers = answered(Question::Quote(&book), &requests.join("\n"));
        let alone = requests.iter().zip(41..).map(|(request, line)| {
            let quote = Job::new(request).edition(Edition::LATEST).quote(&book, Lang::En);
            format!("{{\"line\":{line},\"quote\":{}}}\n", serde_json::to_string(&quote).unwrap())
        });
        assert_eq!(answers, alone.collect::<String>());
    }
}
