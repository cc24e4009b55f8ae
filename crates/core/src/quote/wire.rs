//! The JSON form of quotes. Reading a quote back checks its arithmetic.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{NotPriceable, Quote, Reason, Terms, priced};
use crate::decimal::Decimal;
use crate::finding::Finding;
use crate::findings::is_zero;
use crate::order::{Part, Quantity, UNKNOWN};
use crate::table::{Basis, Edition, RouteId, Unit};

/// The most units that a part may have in a quote that is read back. No request has nearly as many, and the sum of as many parts
/// as fit into memory stays within a `u64`.
const MOST_UNITS: u64 = u32::MAX as u64;

/// Every member that any kind of quote has.
#[derive(Serialize, Deserialize)]
struct Wire<'q> {
    kind: Cow<'q, str>,
    edition: Edition,
    model: Option<Cow<'q, str>>,
    route: Option<RouteId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_model: Option<Cow<'q, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_price: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Quantity<Decimal>>,
    currency: Cow<'q, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Cow<'q, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Cow<'q, [Part]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Cow<'q, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Why>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Cow<'q, [Finding]>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    truncated: Option<bool>,
    #[serde(default, skip_serializing_if = "is_zero")]
    omitted: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Why {
    Findings,
    NoPrice,
    BilledByUsage,
}

impl Quote {
    /// The name of the kind, as in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Range(_) => "range",
            Self::AtLeast(_) => "at-least",
            Self::NotPriceable(_) => "not-priceable",
        }
    }

    fn wire(&self) -> Wire<'_> {
        let (terms, priced) = (self.terms(), self.priced());
        let (reason, findings, omitted) = match self {
            Self::NotPriceable(NotPriceable { reason, omitted, .. }) => match reason {
                Reason::NoPrice => (Some(Why::NoPrice), None, 0),
                Reason::BilledByUsage => (Some(Why::BilledByUsage), None, 0),
                Reason::Findings(findings) => (Some(Why::Findings), Some(findings), *omitted),
            },
            _ => (None, None, 0),
        };
        Wire {
            kind: Cow::Borrowed(self.kind()),
            edition: terms.edition,
            model: terms.model.as_deref().map(Cow::Borrowed),
            route: terms.route,
            billing_model: terms.billing_model.as_deref().map(Cow::Borrowed),
            basis: terms.basis,
            unit: terms.unit,
            unit_price: terms.unit_price,
            quantity: priced.map(|quote| quote.quantity),
            amount: priced.map(|quote| quote.amount),
            currency: Cow::Borrowed(&terms.currency),
            as_of: terms.as_of.as_deref().map(Cow::Borrowed),
            parts: priced.map(|quote| Cow::Borrowed(quote.parts.as_slice())),
            unknown: matches!(self, Self::Range(_) | Self::AtLeast(_))
                .then_some(Cow::Borrowed(UNKNOWN)),
            reason,
            findings: findings.map(|findings| Cow::Borrowed(findings.as_slice())),
            truncated: (omitted > 0).then_some(true),
            omitted,
        }
    }
}

impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.wire().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Quote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let terms = Terms {
            edition: wire.edition,
            model: wire.model.map(|model| Cow::Owned(model.into_owned())),
            route: wire.route,
            billing_model: wire.billing_model.map(Cow::into_owned),
            basis: wire.basis,
            unit: wire.unit,
            unit_price: wire.unit_price,
            currency: wire.currency.into(),
            as_of: wire.as_of.map(Into::into),
        };
        let not_priceable = |terms, reason| {
            Self::NotPriceable(NotPriceable { terms, reason, omitted: wire.omitted })
        };
        let parts: Option<Vec<Part>> = wire.parts.map(Cow::into_owned);
        let is_absurd = |Part { quantity, .. }: &Part| {
            quantity.min().max(quantity.max().unwrap_or_default()) > MOST_UNITS
        };
        if parts.iter().flatten().any(is_absurd) {
            return Err(D::Error::custom("a part of the quote has more units than any request"));
        }
        let quote = match (wire.reason, wire.findings, parts, wire.unit_price) {
            (Some(Why::NoPrice), None, None, None) => not_priceable(terms, Reason::NoPrice),
            (Some(Why::BilledByUsage), None, None, _) => {
                not_priceable(terms, Reason::BilledByUsage)
            }
            (Some(Why::Findings), Some(findings), None, _) => {
                not_priceable(terms, Reason::Findings(findings.into_owned()))
            }
            (None, None, Some(parts), Some(price)) => priced(terms, price, parts),
            _ => return Err(D::Error::custom("this is none of the four kinds of quote")),
        };
        let written = quote.wire();
        // By their spelling: an amount has as many digits after the point as the unit price.
        let spelled =
            |amount: Option<Quantity<Decimal>>| amount.map(|it| it.map(|it| it.to_string()));
        let adds_up = (written.kind, written.quantity, spelled(written.amount))
            == (wire.kind, wire.quantity, spelled(wire.amount));
        if adds_up {
            Ok(quote)
        } else {
            Err(D::Error::custom(
                "the quote does not add up: kind, quantity and amount must follow from its parts",
            ))
        }
    }
}
