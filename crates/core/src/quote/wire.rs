//! Quotes as the contract writes them. Reading one back checks its arithmetic.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AtLeast, Exact, NotPriceable, Part, Priced, Quantity, Quote, Range, Reason, Terms, UNKNOWN,
    priced,
};
use crate::decimal::Decimal;
use crate::finding::Finding;
use crate::table::{Basis, EDITION, RouteId, Unit};

impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let terms = self.terms();
        let mut object = serializer.serialize_struct("Quote", MEMBERS)?;
        object.serialize_field("kind", self.kind())?;
        object.serialize_field("edition", EDITION)?;
        object.serialize_field("model", &terms.model)?;
        object.serialize_field("route", &terms.route)?;
        field(&mut object, "billing_model", terms.billing_model.as_ref())?;
        field(&mut object, "basis", terms.basis.as_ref())?;
        field(&mut object, "unit", terms.unit.as_ref())?;
        field(&mut object, "unit_price", terms.unit_price.as_ref())?;
        field(&mut object, "quantity", self.quantity().as_ref())?;
        field(&mut object, "amount", self.amount().as_ref())?;
        object.serialize_field("currency", &*terms.currency)?;
        field(&mut object, "as_of", terms.as_of.as_deref())?;
        match self {
            Self::Exact(Exact(Priced { parts, .. })) => object.serialize_field("parts", parts)?,
            Self::Range(Range(Priced { parts, .. }))
            | Self::AtLeast(AtLeast(Priced { parts, .. })) => {
                object.serialize_field("parts", parts)?;
                object.serialize_field("unknown", UNKNOWN)?;
            }
            Self::NotPriceable(NotPriceable { reason, .. }) => match reason {
                Reason::NoPrice => object.serialize_field("reason", NO_PRICE)?,
                Reason::Findings(findings) => {
                    object.serialize_field("reason", FINDINGS)?;
                    object.serialize_field("findings", findings)?;
                }
            },
        }
        object.end()
    }
}

/// The most members that a quote has.
const MEMBERS: usize = 14;
const NO_PRICE: &str = "no-price";
const FINDINGS: &str = "findings";

/// An amount as it is written: one, or the ends that are known.
#[derive(Serialize)]
#[serde(untagged)]
enum Amount {
    Exact(Decimal),
    Between { min: Decimal, max: Decimal },
    AtLeast { min: Decimal },
}

impl Quote {
    /// The kind, as the contract names it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Range(_) => "range",
            Self::AtLeast(_) => "at-least",
            Self::NotPriceable(_) => "not-priceable",
        }
    }
}

/// A member that is absent where it is not known.
pub(crate) fn field<O: SerializeStruct, T: Serialize + ?Sized>(
    object: &mut O,
    name: &'static str,
    value: Option<&T>,
) -> Result<(), O::Error> {
    match value {
        Some(value) => object.serialize_field(name, value),
        None => object.skip_field(name),
    }
}

/// Every member that any kind of quote has.
#[derive(Deserialize)]
struct Wire {
    kind: String,
    model: Option<String>,
    route: Option<RouteId>,
    billing_model: Option<String>,
    basis: Option<Basis>,
    unit: Option<Unit>,
    unit_price: Option<Decimal>,
    currency: String,
    as_of: Option<String>,
    quantity: Option<Quantity>,
    amount: Option<serde_json::Value>,
    parts: Option<Vec<Part>>,
    reason: Option<String>,
    findings: Option<Vec<Finding>>,
}

impl<'de> Deserialize<'de> for Quote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let terms = Terms {
            model: wire.model.map(Cow::Owned),
            route: wire.route,
            billing_model: wire.billing_model,
            basis: wire.basis,
            unit: wire.unit,
            unit_price: wire.unit_price,
            currency: wire.currency.into(),
            as_of: wire.as_of.map(Into::into),
        };
        let quote = match (
            wire.reason.as_deref(),
            wire.findings,
            wire.parts,
            wire.unit_price,
        ) {
            (Some(NO_PRICE), None, None, None) => Self::NotPriceable(NotPriceable {
                terms,
                reason: Reason::NoPrice,
            }),
            (Some(FINDINGS), Some(findings), None, _) => Self::NotPriceable(NotPriceable {
                terms,
                reason: Reason::Findings(findings),
            }),
            (None, None, Some(parts), Some(price)) => priced(terms, price, parts),
            _ => return Err(D::Error::custom("this is none of the four kinds of quote")),
        };
        let adds_up = quote.kind() == wire.kind
            && quote.quantity() == wire.quantity
            && wire.amount
                == quote
                    .amount()
                    .and_then(|amount| serde_json::to_value(amount).ok());
        if adds_up {
            Ok(quote)
        } else {
            Err(D::Error::custom(
                "the quote does not add up: kind, quantity and amount must follow from its parts",
            ))
        }
    }
}

impl Quote {
    fn quantity(&self) -> Option<Quantity> {
        let (min, max) = self.priced()?.quantity;
        Some(match self {
            Self::Exact(_) => Quantity::Exact(min),
            Self::Range(_) => Quantity::Between { min, max },
            _ => Quantity::AtLeast { min },
        })
    }

    fn amount(&self) -> Option<Amount> {
        let (min, max) = self.priced()?.amount;
        Some(match self {
            Self::Exact(_) => Amount::Exact(min),
            Self::Range(_) => Amount::Between { min, max },
            _ => Amount::AtLeast { min },
        })
    }
}
