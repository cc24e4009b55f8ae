//! Quotes as the contract writes them. Reading one back checks its arithmetic.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AtLeast, Exact, NotPriceable, Part, Quantity, Quote, Range, Reason, Terms, UNKNOWN, priced,
};
use crate::decimal::Decimal;
use crate::finding::Finding;
use crate::table::{Basis, EDITION, RouteId, Unit};

impl Serialize for Quote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Quote", MEMBERS)?;
        object.serialize_field("kind", self.kind())?;
        self.terms().serialize_into(&mut object)?;
        match self {
            Self::Exact(Exact {
                quantity,
                amount,
                parts,
                ..
            }) => {
                object.serialize_field("quantity", quantity)?;
                object.serialize_field("amount", amount)?;
                object.serialize_field("parts", parts)?;
            }
            Self::Range(Range {
                quantity,
                amount,
                parts,
                ..
            }) => {
                object.serialize_field(
                    "quantity",
                    &Ends {
                        min: quantity.0,
                        max: Some(quantity.1),
                    },
                )?;
                object.serialize_field(
                    "amount",
                    &Ends {
                        min: amount.0,
                        max: Some(amount.1),
                    },
                )?;
                object.serialize_field("parts", parts)?;
                object.serialize_field("unknown", UNKNOWN)?;
            }
            Self::AtLeast(AtLeast {
                quantity,
                amount,
                parts,
                ..
            }) => {
                object.serialize_field(
                    "quantity",
                    &Ends {
                        min: *quantity,
                        max: None,
                    },
                )?;
                object.serialize_field(
                    "amount",
                    &Ends {
                        min: *amount,
                        max: None,
                    },
                )?;
                object.serialize_field("parts", parts)?;
                object.serialize_field("unknown", UNKNOWN)?;
            }
            Self::NotPriceable(NotPriceable {
                reason: Reason::NoPrice,
                ..
            }) => {
                object.serialize_field("reason", NO_PRICE)?;
            }
            Self::NotPriceable(NotPriceable {
                reason: Reason::Findings(findings),
                ..
            }) => {
                object.serialize_field("reason", FINDINGS)?;
                object.serialize_field("findings", findings)?;
            }
        }
        object.end()
    }
}

/// The most members that a quote has.
const MEMBERS: usize = 14;
const NO_PRICE: &str = "no-price";
const FINDINGS: &str = "findings";

#[derive(Serialize)]
struct Ends<T> {
    min: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<T>,
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

impl Terms {
    fn serialize_into<O: SerializeStruct>(&self, object: &mut O) -> Result<(), O::Error> {
        object.serialize_field("edition", EDITION)?;
        object.serialize_field("model", &self.model)?;
        object.serialize_field("route", &self.route)?;
        field(object, "billing_model", self.billing_model.as_ref())?;
        field(object, "basis", self.basis.as_ref())?;
        field(object, "unit", self.unit.as_ref())?;
        field(object, "unit_price", self.unit_price.as_ref())?;
        object.serialize_field("currency", &*self.currency)?;
        field(object, "as_of", self.as_of.as_deref())
    }
}

/// A member that is absent where it is not known.
fn field<O: SerializeStruct, T: Serialize + ?Sized>(
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
            && quote.amount_as_written() == wire.amount;
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
        match self {
            Self::Exact(quote) => Some(Quantity::Exact(quote.quantity)),
            Self::Range(quote) => Some(Quantity::Between {
                min: quote.quantity.0,
                max: quote.quantity.1,
            }),
            Self::AtLeast(quote) => Some(Quantity::AtLeast {
                min: quote.quantity,
            }),
            Self::NotPriceable(_) => None,
        }
    }

    fn amount_as_written(&self) -> Option<serde_json::Value> {
        let ends = match self {
            Self::Exact(quote) => return serde_json::to_value(quote.amount).ok(),
            Self::Range(quote) => Ends {
                min: quote.amount.0,
                max: Some(quote.amount.1),
            },
            Self::AtLeast(quote) => Ends {
                min: quote.amount,
                max: None,
            },
            Self::NotPriceable(_) => return None,
        };
        serde_json::to_value(ends).ok()
    }
}
