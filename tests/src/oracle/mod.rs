//! The second model: the specification of the rules implemented once more, from its text alone.
//!
//! Nothing here uses the core's table, types or checks, and nothing here is fast or clever. Every rule of §4 is a small function
//! that returns where it fires, registered in [`rules::RULES`] in the order of the page. A report is all these places, sorted by
//! place and then by that order. Where the page leaves a choice, a comment that begins with "Chosen:" names the one made here.

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

/// The page that applies. Each page specifies one edition; the later one says what it changes of the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// `2026-07`.
    July,
    /// `2026-09`.
    September,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: [Self; 2] = [Self::July, Self::September];

    /// The edition's name in a report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::July => "2026-07",
            Self::September => "2026-09",
        }
    }
}

/// What a report must say, without messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The edition of the report.
    pub edition: Edition,
    /// The model that the request names, if it is known.
    pub model: Option<&'static str>,
    /// The model's route.
    pub route: Option<&'static str>,
    /// Whether no finding is an error.
    pub accepted: bool,
    /// The first findings, in the order of the report.
    pub findings: Vec<Finding>,
    /// How many findings are left out.
    pub omitted: usize,
    /// The normalised request, if the request is accepted.
    pub normalised: Option<Json>,
}

/// The expected answers about a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer of `check`.
    pub report: Expected,
    /// The answer of `quote`, if there is a book: in the contract's shape, with findings reduced to rule, severity and path.
    pub quote: Option<serde_json::Value>,
    /// The answer of `compare`, with a book or without.
    pub compare: Vec<compare::Candidate>,
}

/// The input beside the request that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The media facts, and why.
    Media(String),
    /// The price book, and why.
    Prices(String),
}

/// A body.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// JSON text as bytes, valid or not.
    Text(&'a [u8]),
    /// A value that is already parsed.
    Value(&'a Json),
}

/// The expected answers about a request with its facts and its book.
///
/// # Errors
/// If the contract calls the facts or the book an input error.
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

/// The expected answer of `check` about a decoded request.
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
