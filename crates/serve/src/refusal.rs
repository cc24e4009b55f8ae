//! The companion's own error answers: one JSON shape, a kind that a program can branch on, a sentence in both languages.

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use seedance_core::{Lang, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::attempt::{AttemptId, DraftHash};
use crate::text::{self, Words};

pub(crate) use kind::{ChargeRisk, Kind};

mod kind;

/// An error answer of the companion itself, as opposed to one of the API.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Refusal {
    error: Box<Body>,
}

/// An error answer as JSON: `code` and `msg`, which clients of the API look for, and the companion's own members.
#[derive(Serialize)]
pub(crate) struct Spoken<'a, T> {
    pub(crate) code: i32,
    pub(crate) msg: &'a str,
    #[serde(flatten)]
    pub(crate) own: &'a T,
}

/// The API's codes for a bad key, bad parameters, and a fault of a server.
const BAD_KEY: i32 = 20001;
pub(crate) const BAD_PARAMETERS: i32 = 20002;
const SERVER_FAULT: i32 = -1;
/// Where a task may have been made: a code that readers of the API's answers take neither for success nor for a refusal.
const UNKNOWN_OUTCOME: i32 = 409;

#[skip_serializing_none]
#[derive(Clone, Debug, Serialize)]
struct Body {
    kind: Kind,
    message: Words,
    charge: Option<ChargeRisk>,
    upstream: Option<UpstreamFacts>,
    quote: Option<Quote>,
    max_cost: Option<String>,
    repeats: Option<Earlier>,
}

/// What the API or the storage sent instead of a usable answer.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct UpstreamFacts {
    pub(crate) status: Option<u16>,
    pub(crate) content_type: Option<String>,
    pub(crate) cause: Option<String>,
    /// The beginning of the response, with the key redacted.
    pub(crate) received: Option<String>,
}

/// The earlier attempt that a refused request would repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Earlier {
    pub(crate) attempt: AttemptId,
    pub(crate) draft: DraftHash,
    /// When it ended or, if a crash lost its end, when it began; in seconds since 1970.
    pub(crate) at: u64,
}

impl Refusal {
    /// States the charge, in the message as well. A kind with a charge of its own says it already.
    pub(crate) fn with_charge(mut self, charge: ChargeRisk) -> Self {
        if self.error.charge.is_some() {
            return self;
        }
        let Words { en, zh } = &self.error.message;
        self.error.message = match charge {
            ChargeRisk::None => words!("{en} Nothing was charged.", "{zh}没有扣费。"),
            ChargeRisk::Possible => words!(
                "{en} The task may have been created and charged. Check the console before you send it again.",
                "{zh}任务可能已创建并计费，重新发送前请先到控制台确认。"
            ),
        };
        self.error.charge = Some(charge);
        self
    }

    pub(crate) fn with_upstream(mut self, facts: UpstreamFacts) -> Self {
        self.error.upstream = Some(facts);
        self
    }

    pub(crate) fn with_quote(mut self, quote: Quote, max_cost: String) -> Self {
        self.error.quote = Some(quote);
        self.error.max_cost = Some(max_cost);
        self
    }

    pub(crate) fn with_repeated(mut self, earlier: Earlier) -> Self {
        self.error.repeats = Some(earlier);
        self
    }

    /// The status of the kind. If there may be a charge it is 409, after which clients do not retry by themselves.
    pub(crate) fn status(&self) -> StatusCode {
        match self.error.charge {
            Some(ChargeRisk::Possible) => StatusCode::CONFLICT,
            Some(ChargeRisk::None) | None => self.error.kind.status(),
        }
    }

    pub(crate) fn to_json(&self, lang: Lang) -> String {
        let may_have_made_one = matches!(self.error.charge, Some(ChargeRisk::Possible))
            || self.error.kind == Kind::PossibleRepeat;
        let code = match self.status() {
            _ if may_have_made_one => UNKNOWN_OUTCOME,
            StatusCode::UNAUTHORIZED => BAD_KEY,
            status if status.is_server_error() => SERVER_FAULT,
            _ => BAD_PARAMETERS,
        };
        let Words { en, zh } = &self.error.message;
        text::json(&Spoken { code, msg: lang.pick(en, zh), own: self })
    }
}

impl Kind {
    /// A refusal with a message of its own, such as one that names values.
    pub(crate) fn saying(self, message: Words) -> Refusal {
        let error = Box::new(Body {
            kind: self,
            message,
            charge: self.charge(),
            upstream: None,
            quote: None,
            max_cost: None,
            repeats: None,
        });
        Refusal { error }
    }

    /// `Ok` if this holds, otherwise a refusal of this kind.
    pub(crate) fn unless(self, holds: bool) -> Result<(), Refusal> {
        if holds { Ok(()) } else { Err(self.into()) }
    }
}

impl From<Kind> for Refusal {
    fn from(kind: Kind) -> Self {
        kind.saying(kind.words())
    }
}

/// The body is still missing: `routes::around` writes it, in the caller's language.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Extension(self)).into_response()
    }
}

/// For `routes::check::judge`, which can also fail with a report.
impl From<Refusal> for Box<Response> {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.into_response())
    }
}
