//! One line in, one line out.

use seedance_core::{Facts, FactsError, Finding, Job, Lang, PriceBook, Quote, Reason, RuleId};
use seedance_json::{Nest, Sink, write};
use serde::Serialize;

use crate::tally::Tally;
use crate::wrapper::Line;

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
    /// What is asked.
    pub question: Question<'a>,
    /// The language of messages.
    pub lang: Lang,
    /// Where the answers go.
    pub out: &'a mut S,
    /// What they add up to.
    pub tally: &'a mut Tally,
}

/// One job of the batch and how its answer is labelled.
#[derive(Clone, Copy)]
struct Labelled<'a> {
    number: u64,
    /// As it was written.
    id: Option<&'a str>,
    media: Option<&'a str>,
}

impl<S: Sink> Answering<'_, S> {
    /// Answers every line of a piece of whole lines.
    pub fn lines(&mut self, piece: &[u8], first_line: u64) {
        for (number, line) in numbered_lines(piece) {
            self.line(line, first_line - 1 + number);
        }
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
        let job = match with_media(Job::new(request), label.media) {
            Ok(job) => job,
            Err(error) => return self.error(label, &error.message(self.lang)),
        };
        match self.question {
            Question::Check => {
                let report = job.check(self.lang);
                if let Some(in_line) = in_line.filter(|_| is_not_json(&report.findings)) {
                    return self.job(&in_line(), label, None);
                }
                self.tally.report(&report);
                self.put(label, "report", &report);
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

    fn put(&mut self, label: Labelled<'_>, name: &'static str, value: &impl Serialize) {
        self.out.begin(Nest::Object);
        self.name("line");
        self.out.unsigned(label.number);
        if let Some(id) = label.id {
            self.name("id");
            self.out.raw(id);
        }
        self.name(name);
        // Answers can be written.
        let _ = write(self.out, value);
        self.out.end(Nest::Object);
        self.out.raw("\n");
    }

    fn name(&mut self, name: &'static str) {
        self.out.next();
        self.out.word(name);
        self.out.colon();
    }
}

/// The lines of a text that are not blank, with their numbers; all are counted.
pub fn numbered_lines(text: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let ends = memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len()));
    let lines = ends.scan(0, |start, end| {
        let line = text.get(*start..end).unwrap_or_default();
        *start = end + 1;
        Some(line)
    });
    let blank = |line: &[u8]| line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    (1..).zip(lines).filter(move |(_, line)| !blank(line))
}

/// Adds the media facts that stand beside a request; they are not looked at where the request is no object.
///
/// # Errors
/// When the facts are none, or more than the reference videos.
pub fn with_media<'a>(job: Job<'a>, media: Option<&str>) -> Result<Job<'a>, FactsError> {
    match media.filter(|_| job.body().is_object()) {
        Some(media) => job.with_facts(Facts::from_text(media.as_bytes())?),
        None => Ok(job),
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
