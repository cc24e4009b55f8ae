//! One line in, one line out.

use seedance_core::{Edition, Job, Lang, PriceBook, Quote, Report};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::line::{Line, add_media, lines};
use crate::tally::Tally;

/// What is asked about every line.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// Whether it would be accepted.
    Check,
    /// What it would cost.
    Quote(&'a PriceBook),
}

/// Answers lines into a buffer and counts what it answered.
#[derive(Debug)]
pub struct Answering<'a> {
    edition: Edition,
    question: Question<'a>,
    lang: Lang,
    out: &'a mut Vec<u8>,
    tally: &'a mut Tally,
}

/// An answer as it is written: one of the three.
#[derive(Default, Serialize)]
struct Answer<'a> {
    line: u64,
    /// As it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a Report<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'a Quote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

impl<'a> Answering<'a> {
    /// Answers a question about every line by an edition, with messages in a language; appends the answers to `out` and adds them
    /// to `tally`.
    pub fn new(
        edition: Edition,
        question: Question<'a>,
        lang: Lang,
        out: &'a mut Vec<u8>,
        tally: &'a mut Tally,
    ) -> Self {
        Self { edition, question, lang, out, tally }
    }

    /// Answers every line of a piece of whole lines. Returns the number of the line in which the piece ends: the first of the
    /// next piece, if this one ends behind a line feed.
    pub fn lines(&mut self, piece: &[u8], first_line: u64) -> u64 {
        let mut number = first_line;
        for line in lines(piece) {
            self.line(line, number);
            number += 1;
        }
        number - 1
    }

    fn line(&mut self, line: &[u8], number: u64) {
        // Nearly every line is a request that has no field but its own, and so is no wrapper.
        let mut job = Job::new(line).edition(self.edition);
        if job.is_normal() {
            return self.job(&job, None, number);
        }
        match Line::read(line, self.lang) {
            Line::Blank => {}
            Line::Request => {
                let id = job.take_id();
                self.job(&job, id.as_deref(), number);
            }
            Line::Job { id, request, media } => {
                let mut job = Job::new(request).edition(self.edition);
                match add_media(&mut job, media) {
                    Err(error) => self.error(&error.message(self.lang), id, number),
                    Ok(()) if job.is_json() => self.job(&job, id, number),
                    // Read again in its place, so that the column told is the line's.
                    Ok(()) => {
                        let line = in_its_place(line, request);
                        self.job(&Job::new(&*line).edition(self.edition), id, number);
                    }
                }
            }
            Line::NotJson { id } => self.job(&Job::new(line).edition(self.edition), id, number),
            Line::Bad { id, error } => self.error(&error, id, number),
        }
    }

    fn job(&mut self, job: &Job<'_>, id: Option<&RawValue>, line: u64) {
        match self.question {
            Question::Check => {
                let report = job.check(self.lang);
                self.tally.report(&report);
                if id.is_none() && self.copied(&report, line).is_some() {
                    return;
                }
                self.write(&Answer { line, id, report: Some(&report), ..Answer::default() });
            }
            Question::Quote(book) => {
                let quote = job.quote(book, self.lang);
                self.tally.quote(&quote);
                self.write(&Answer { line, id, quote: Some(&quote), ..Answer::default() });
            }
        }
    }

    /// Answers a line whose request may be sent as it stands there, without a word about it. Nearly every line is one, and copying
    /// its text takes half of the time that writing it again would.
    fn copied(&mut self, report: &Report<'_>, line: u64) -> Option<()> {
        let (model, route) = (report.model.as_ref()?, report.route?);
        let request = report.request.as_ref()?.as_json()?;
        if !report.findings.is_empty() {
            return None;
        }
        // Names of editions, models and routes need no escapes.
        let before = [
            "{\"line\":",
            &line.to_string(),
            ",\"report\":{\"edition\":\"",
            report.edition.name(),
            "\",\"accepted\":true,\"model\":\"",
            model,
            "\",\"route\":\"",
            route.name(),
            "\",\"findings\":[],\"request\":",
        ];
        for part in before.into_iter().chain([request, "}}\n"]) {
            self.out.extend_from_slice(part.as_bytes());
        }
        Some(())
    }

    fn error(&mut self, error: &str, id: Option<&RawValue>, line: u64) {
        self.tally.error();
        self.write(&Answer { line, id, error: Some(error), ..Answer::default() });
    }

    fn write(&mut self, answer: &Answer<'_>) {
        // Of nothing that JSON cannot hold: it cannot fail.
        self.out.extend(serde_json::to_vec(answer).unwrap_or_default());
        self.out.push(b'\n');
    }
}

/// The request with as many blanks before it as the line has characters there.
fn in_its_place(line: &[u8], request: &str) -> Vec<u8> {
    let before = (request.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let before = line.get(..before).unwrap_or_default();
    let is_start = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
    let mut placed = vec![b' '; before.iter().filter(is_start).count()];
    placed.extend_from_slice(request.as_bytes());
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_line_is_as_it_would_be_written() {
        let ordinary =
            r#"{"model":"seedance2.0-mini","prompt":"一只狐狸 {}","duration":5,"ratio":"16:9"}"#;
        let spaced = ordinary.replace(',', ", ");
        let answered = |line: &str| {
            let mut out = Vec::new();
            let (question, mut tally) = (Question::Check, Tally::default());
            Answering::new(Edition::LATEST, question, Lang::En, &mut out, &mut tally)
                .lines(line.as_bytes(), 41);
            String::from_utf8(out).unwrap()
        };
        assert!(Job::new(ordinary).check(Lang::En).request.unwrap().as_json().is_some());
        assert!(Job::new(&*spaced).check(Lang::En).request.unwrap().as_json().is_none());
        assert_eq!(answered(ordinary), answered(&spaced));
    }
}
