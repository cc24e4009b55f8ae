//! One line in, one line out.

use std::str::{self, Utf8Error};

use seedance_core::{
    Accepted, Facts, FactsError, Finding, Job, Lang, PriceBook, Quote, Reason, Report, RuleId,
};
use seedance_json::{Nest, Sink, write};
use serde::Serialize;

use crate::clean::{self, Heads};
use crate::tally::Tally;
use crate::wrapper::{Line, find};

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
pub struct Answering<'a, S> {
    question: Question<'a>,
    lang: Lang,
    out: &'a mut S,
    tally: &'a mut Tally,
    heads: Heads,
}

/// One job of the batch and how its answer is labelled.
#[derive(Clone, Copy)]
struct Labelled<'a> {
    number: u64,
    /// As it was written.
    id: Option<&'a str>,
    media: Option<&'a str>,
}

impl<'a, S: Sink> Answering<'a, S> {
    /// Answers a question about every line, with messages in a language; appends the answers to `out` and adds them to `tally`.
    pub fn new(question: Question<'a>, lang: Lang, out: &'a mut S, tally: &'a mut Tally) -> Self {
        Self {
            question,
            lang,
            out,
            tally,
            heads: Heads::default(),
        }
    }

    /// Answers every line of a piece of whole lines. Returns the number of the line in which the piece ends: the first of the
    /// next piece, if this one ends behind a line feed.
    pub fn lines(&mut self, piece: &[u8], first_line: u64) -> u64 {
        self.lines_while(piece, first_line, &|| true).0
    }

    /// The same, but behind a line that took time or memory it goes on only while that is wanted. Returns how many bytes were
    /// answered, too.
    pub fn lines_while(
        &mut self,
        piece: &[u8],
        first_line: u64,
        goes_on: &dyn Fn() -> bool,
    ) -> (u64, usize) {
        let (mut rest, mut number) = (piece, first_line);
        // What the rest begins with, as far as it is known to be UTF-8.
        let mut text = "";
        loop {
            if text.is_empty() {
                text = valid_start(rest);
            }
            let quick = self.accepted(text, number);
            let length = quick.unwrap_or_else(|| self.first_line(rest, number));
            let (line, behind) = rest.split_at(length);
            rest = behind;
            if line.last() != Some(&b'\n') {
                break;
            }
            number += 1;
            if quick.is_none() && !goes_on() {
                break;
            }
            text = text.get(length..).unwrap_or_default();
        }
        (number, piece.len() - rest.len())
    }

    /// Answers the first line where it needs no words. Returns how many bytes it has.
    fn accepted(&mut self, text: &str, number: u64) -> Option<usize> {
        if !matches!(self.question, Question::Check) {
            return None;
        }
        let line = Accepted::first_line(text)?;
        let head = self.heads.of(line.model)?;
        self.out.raw(LINE);
        self.out.unsigned(number);
        self.out.raw(head);
        self.out.raw(line.request);
        self.out.raw(clean::END);
        self.tally.accepted();
        Some(line.length)
    }

    /// Answers the first line, whatever it is.
    fn first_line(&mut self, rest: &[u8], number: u64) -> usize {
        let end = find(b'\n', b'\n', rest);
        let line = &rest[..end.unwrap_or(rest.len())];
        if !is_blank(line) {
            self.line(line, number);
        }
        end.map_or(rest.len(), |end| end + 1)
    }

    fn line(&mut self, line: &[u8], number: u64) {
        match Line::read(line, self.lang) {
            Line::Request => self.job(
                line,
                Labelled {
                    number,
                    id: None,
                    media: None,
                },
                None,
            ),
            Line::Job { id, request, media } => {
                let in_line = || in_its_place(line, request);
                self.job(
                    request.as_bytes(),
                    Labelled { number, id, media },
                    Some(&in_line),
                );
            }
            Line::NotJson { id } => self.job(
                line,
                Labelled {
                    number,
                    id,
                    media: None,
                },
                None,
            ),
            Line::Bad { id, error } => self.error(
                Labelled {
                    number,
                    id,
                    media: None,
                },
                &error,
            ),
        }
    }

    /// A wrapped request that is no JSON is read again in its place, so that the column told is the line's.
    fn job(&mut self, request: &[u8], label: Labelled<'_>, in_line: Option<&dyn Fn() -> Vec<u8>>) {
        let mut job = Job::new(request);
        if let Err(error) = add_media(&mut job, label.media) {
            return self.error(label, &error.message(self.lang));
        }
        match self.question {
            Question::Check => {
                let report = job.check(self.lang);
                if let Some(in_line) = in_line.filter(|_| is_not_json(&report.findings)) {
                    return self.job(&in_line(), label, None);
                }
                self.tally.report(&report);
                self.report(label, &report);
            }
            Question::Quote(book) => {
                let quote = job.quote(book, self.lang);
                if let Some(in_line) = in_line.filter(|_| is_not_json(findings_of(&quote))) {
                    return self.job(&in_line(), label, None);
                }
                self.tally.quote(&quote);
                self.put(label, "quote", &quote);
            }
        }
    }

    fn error(&mut self, label: Labelled<'_>, error: &str) {
        self.tally.error();
        self.put(label, "error", &error);
    }

    fn report(&mut self, label: Labelled<'_>, report: &Report<'_>) {
        begin(self.out, label);
        let Some((model, request)) = clean::of(report) else {
            return self.end("report", report);
        };
        if let Some(head) = self.heads.of(model) {
            self.out.raw(head);
            self.out.raw(request);
            self.out.raw(clean::END);
        } else {
            let start = self.out.written().len();
            self.end("report", report);
            let written = self.out.written().get(start..);
            self.heads.keep(model, request, written.unwrap_or_default());
        }
    }

    fn put(&mut self, label: Labelled<'_>, name: &'static str, value: &impl Serialize) {
        begin(self.out, label);
        self.end(name, value);
    }

    /// Writes an answer behind its label.
    fn end(&mut self, name: &'static str, value: &impl Serialize) {
        member(self.out, name);
        // Answers can be written.
        let _ = write(self.out, value);
        self.out.end(Nest::Object);
        self.out.raw("\n");
    }
}

/// How every answer begins.
const LINE: &str = "{\"line\":";

/// Writes the label of an answer.
fn begin(out: &mut impl Sink, label: Labelled<'_>) {
    out.raw(LINE);
    out.unsigned(label.number);
    if let Some(id) = label.id {
        member(out, "id");
        out.raw(id);
    }
}

fn member(out: &mut impl Sink, name: &'static str) {
    out.next();
    out.word(name);
    out.colon();
}

/// The UTF-8 with which bytes begin.
fn valid_start(bytes: &[u8]) -> &str {
    let valid = |fault: Utf8Error| str::from_utf8(&bytes[..fault.valid_up_to()]);
    str::from_utf8(bytes).or_else(valid).unwrap_or_default()
}

/// The lines of a text that are not blank, with their numbers; all are counted.
pub fn numbered_lines(text: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    (1..).zip(lines(text)).filter(|(_, line)| !is_blank(line))
}

/// All lines of a text; the last one has no line feed behind it.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len()));
    ends.scan(0, |start, end| {
        let line = text.get(*start..end).unwrap_or_default();
        *start = end + 1;
        Some(line)
    })
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// Adds the media facts that stand beside a request; they are not looked at where the request is no object.
///
/// # Errors
/// When the facts are none, or more than the reference videos.
pub fn add_media(job: &mut Job<'_>, media: Option<&str>) -> Result<(), FactsError> {
    match media.filter(|_| job.body().is_object()) {
        Some(media) => job.add_facts(Facts::from_text(media.as_bytes())?),
        None => Ok(()),
    }
}

fn findings_of(quote: &Quote) -> &[Finding] {
    match quote {
        Quote::NotPriceable(quote) => match quote.reason() {
            Reason::Findings(findings) => findings,
            _ => &[],
        },
        _ => &[],
    }
}

fn is_not_json(findings: &[Finding]) -> bool {
    findings
        .first()
        .is_some_and(|finding| finding.rule == RuleId::InvalidJson)
}

/// The request with as many blanks before it as the line has characters there.
fn in_its_place(line: &[u8], request: &str) -> Vec<u8> {
    let before = (request.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let before = line.get(..before).unwrap_or_default();
    let is_start = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
    let before = before.iter().filter(is_start).count();
    let mut placed = vec![b' '; before];
    placed.extend_from_slice(request.as_bytes());
    placed
}
