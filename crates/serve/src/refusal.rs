//! The companion's own error answers: one JSON shape, a kind that a program can branch on, a sentence in both languages.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;

pub(crate) use kind::Kind;
use kind::Text;

mod kind;

/// An answer of the companion that says why there is no other.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Refusal {
    error: Box<Body>,
}

#[derive(Clone, Debug, Serialize)]
struct Body {
    kind: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    charge: Option<Charge>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<UpstreamFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_cost: Option<String>,
    #[serde(skip)]
    status: StatusCode,
}

#[derive(Clone, Debug, Serialize)]
struct Message {
    en: Cow<'static, str>,
    zh: Cow<'static, str>,
}

/// What a refused create may have cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Charge {
    /// The API was not asked.
    None,
    /// The API was asked, and whether it began is unknown.
    Possible,
}

/// What came back instead of an answer that may be passed on.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct UpstreamFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cause: Option<String>,
}

impl Refusal {
    pub(crate) fn new(kind: Kind) -> Self {
        let Text {
            name,
            status,
            en,
            zh,
        } = kind.text();
        let message = Message {
            en: en.into(),
            zh: zh.into(),
        };
        let status = StatusCode::from_u16(status).expect("the table holds valid statuses");
        let error = Box::new(Body {
            kind: name,
            message,
            charge: None,
            upstream: None,
            quote: None,
            max_cost: None,
            status,
        });
        Self { error }
    }

    /// With sentences that name the values at hand.
    pub(crate) fn saying(
        mut self,
        en: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.error.message = Message {
            en: en.into(),
            zh: zh.into(),
        };
        self
    }

    pub(crate) fn with_charge(mut self, charge: Charge) -> Self {
        self.error.charge = Some(charge);
        self
    }

    pub(crate) fn with_upstream(mut self, facts: UpstreamFacts) -> Self {
        self.error.upstream = Some(facts);
        self
    }

    pub(crate) fn with_quote(mut self, quote: Box<RawValue>, max_cost: String) -> Self {
        self.error.quote = Some(quote);
        self.error.max_cost = Some(max_cost);
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.error.status
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a refusal is plain data")
    }
}

impl From<Kind> for Refusal {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(self)).into_response()
    }
}
