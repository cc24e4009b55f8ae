//! The second model: the rules' specification stated once more, from its text alone.
//!
//! Nothing here knows the core's table, types or checks, and nothing here is fast or clever. Every rule of §4 is one small
//! function that answers "where does it fire?", registered in [`rules::RULES`] in the order of the page; a report is all the
//! answers sorted by place and then by that order. Where the page leaves a choice, a comment that begins "Chosen:" names it.

pub mod book;
pub mod compare;
pub mod facts;
pub mod facts_rules;
pub mod json;
pub mod material_rules;
pub mod normal;
pub mod quote;
pub mod reading_rules;
pub mod request;
pub mod rules;
pub mod scalar_rules;
pub mod table;
pub mod url;
pub mod url_rules;

use book::Book;
use facts::Facts;
use json::Json;
use request::Request;
use rules::Finding;

/// Which page is asked: each states one edition, and the later one what it changes of the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// `2026-07`.
    July,
    /// `2026-09`.
    September,
}

impl Edition {
    /// All of them, in the order of time.
    pub const ALL: [Self; 2] = [Self::July, Self::September];

    /// As a report says it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::July => "2026-07",
            Self::September => "2026-09",
        }
    }
}

/// What a report must say, without its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Which edition says it.
    pub edition: Edition,
    /// The known model that the request names.
    pub model: Option<&'static str>,
    /// Its route.
    pub route: Option<&'static str>,
    /// No finding is an error.
    pub accepted: bool,
    /// In the order of the report, the first of them.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub omitted: usize,
    /// The normalised request, there exactly when the request is accepted.
    pub normalised: Option<Json>,
}

/// What a whole job must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Of `check`.
    pub report: Expected,
    /// Of `quote`, when a book was there: the contract's shape, its findings reduced to rule, severity and path.
    pub quote: Option<serde_json::Value>,
    /// Of `compare`, with or without a book.
    pub compare: Vec<compare::Candidate>,
}

/// Which of the inputs beside the request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The media facts, and why.
    Media(String),
    /// The price book, and why.
    Prices(String),
}

/// The body as it comes in.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// JSON text in bytes, right or wrong.
    Text(&'a [u8]),
    /// A value that was parsed before.
    Value(&'a Json),
}

/// What must come out for one request with its facts and its book.
///
/// # Errors
/// When the contract says that facts or book are input errors.
pub fn answer(
    edition: Edition,
    body: Body<'_>,
    media: Option<&Json>,
    prices: Option<&Json>,
) -> Result<Answer, Refused> {
    let parsed;
    let json = match body {
        Body::Value(value) => Some(value),
        Body::Text(bytes) => {
            parsed = json::parse(bytes).ok();
            parsed.as_ref()
        }
    };
    let book = match prices {
        Some(prices) => Some(book::read(edition, prices).map_err(Refused::Prices)?),
        None => None,
    };
    let request =
        json.map_or_else(|| Request::unreadable(edition), |json| Request::decode(edition, json));
    let facts = facts_for(&request, media)?;
    Ok(answer_decoded(&request, &facts, book.as_ref()))
}

fn facts_for(request: &Request<'_>, media: Option<&Json>) -> Result<Facts, Refused> {
    match media {
        // "Facts are looked at after the body: not at all when it is no object."
        Some(media) if request.is_object() => {
            facts::read(media, request.videos().len(), request.audios().len())
                .map_err(Refused::Media)
        }
        _ => Ok(Facts::default()),
    }
}

fn answer_decoded(request: &Request<'_>, facts: &Facts, book: Option<&Book>) -> Answer {
    Answer {
        report: report(request, facts),
        quote: book.map(|book| quote::quote(request, facts, book)),
        compare: compare::compare(request, facts, book),
    }
}

/// What `check` must say about a decoded request.
#[must_use]
pub fn report(request: &Request<'_>, facts: &Facts) -> Expected {
    let findings = rules::findings(request, facts);
    let accepted = !findings.iter().any(|finding| finding.error);
    let (findings, omitted) = rules::capped(findings);
    let normalised = accepted.then(|| normal::normalise(request));
    Expected {
        edition: request.edition,
        model: request.known_model(),
        route: request.route(),
        accepted,
        findings,
        omitted,
        normalised,
    }
}
