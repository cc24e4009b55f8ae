//! The price book: unit prices that a user's account has and that no document publishes.

mod error;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub use self::error::{BookError, BookWarning};
use crate::body::is_blank;
use crate::decimal::{Decimal, DecimalError};
use crate::document::{Entry, Flaw, Node, What, one_line};
use crate::message::echo;
use crate::table::{Edition, Text, Unit};

/// Unit prices by billing model name, in one currency.
///
/// ```
/// use seedance_core::PriceBook;
/// let book = PriceBook::from_text(br#"{ "currency": "USD", "prices": { "seedance2.0-mini-720p": "0.05" } }"#)?;
/// assert_eq!(book.price("seedance2.0-mini-720p").unwrap().price.to_string(), "0.05");
/// assert_eq!(book.price("seedance2.0-mini-1080p"), None);
/// # Ok::<(), seedance_core::BookError>(())
/// ```
#[derive(Clone, Debug, Eq)]
pub struct PriceBook {
    // Shared with the quotes, so that a quote copies neither.
    currency: Arc<str>,
    as_of: Option<Arc<str>>,
    /// Sorted by billing name.
    prices: Vec<(String, UnitPrice)>,
    warnings: Vec<BookWarning>,
}

// The warnings follow from the names; only their order is that of the text, which not every reader keeps.
impl PartialEq for PriceBook {
    fn eq(&self, other: &Self) -> bool {
        (&self.currency, &self.as_of, &self.prices)
            == (&other.currency, &other.as_of, &other.prices)
    }
}

/// What one second or one task costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitPrice {
    /// The price, with its digits as they were written.
    pub price: Decimal,
    /// What the book says that the price is for; it never contradicts the route.
    pub per: Option<Unit>,
}

impl PriceBook {
    /// Reads a price book from JSON text.
    ///
    /// # Errors
    /// [`BookError`] names the first entry that is not as the contract has it.
    pub fn from_text(text: &[u8]) -> Result<Self, BookError> {
        Self::from_text_for(Edition::default(), text)
    }

    /// The same for an edition, whose routes say which names there are and how they are charged.
    ///
    /// # Errors
    /// As [`PriceBook::from_text`].
    pub fn from_text_for(edition: Edition, text: &[u8]) -> Result<Self, BookError> {
        Self::from_node(edition, &Node::from_text(text).map_err(BookError)?)
    }

    /// Reads a price book from a parsed value.
    ///
    /// # Errors
    /// As [`PriceBook::from_text`].
    pub fn from_value(value: &Value) -> Result<Self, BookError> {
        Self::from_value_for(Edition::default(), value)
    }

    /// The same for an edition.
    ///
    /// # Errors
    /// As [`PriceBook::from_text`].
    pub fn from_value_for(edition: Edition, value: &Value) -> Result<Self, BookError> {
        Self::from_node(edition, &Node::from_value(value))
    }

    /// The label that the amounts carry; it is compared, never converted.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The label that says how old the prices are.
    #[must_use]
    pub fn as_of(&self) -> Option<&str> {
        self.as_of.as_deref()
    }

    pub(crate) const fn shared_currency(&self) -> &Arc<str> {
        &self.currency
    }

    pub(crate) const fn shared_as_of(&self) -> Option<&Arc<str>> {
        self.as_of.as_ref()
    }

    /// The price of exactly this billing name.
    #[must_use]
    pub fn price(&self, billing_name: &str) -> Option<&UnitPrice> {
        let place = self
            .prices
            .binary_search_by(|(name, _)| name.as_str().cmp(billing_name));
        self.prices.get(place.ok()?).map(|(_, price)| price)
    }

    /// All prices, sorted by billing name.
    #[must_use]
    pub fn prices(&self) -> impl ExactSizeIterator<Item = (&str, &UnitPrice)> {
        self.prices
            .iter()
            .map(|(name, price)| (name.as_str(), price))
    }

    /// Names that no route can produce: kept, but no request will ever ask for them.
    #[must_use]
    pub fn warnings(&self) -> &[BookWarning] {
        &self.warnings
    }

    fn from_node(edition: Edition, node: &Node) -> Result<Self, BookError> {
        Self::read(edition, &Entry::document(node)).map_err(BookError)
    }

    fn read(edition: Edition, book: &Entry<'_>) -> Result<Self, Flaw> {
        let (mut currency, mut as_of, mut entries) = (None, None, None);
        for member in book.members(&["currency", "as_of", "prices"])? {
            match member.name {
                "currency" => currency = Some(label(&member)?),
                "as_of" => as_of = Some(label(&member)?),
                _ => entries = Some((member, member.entries()?)),
            }
        }
        let currency: &str = currency.ok_or_else(|| book.lacks("currency"))?;
        let (all, entries) = entries.ok_or_else(|| book.lacks("prices"))?;
        let (mut prices, mut warnings) = (Vec::new(), Vec::new());
        for (name, value) in entries {
            let price = unit_price(edition, &all.inner(name, value))?;
            prices.push((name.clone(), price));
            if edition.billing_unit(name).is_none() {
                warnings.push(warning(edition, name));
            }
        }
        prices.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self {
            currency: currency.into(),
            as_of: as_of.map(Arc::from),
            prices,
            warnings,
        })
    }
}

fn label<'a>(entry: &Entry<'a>) -> Result<&'a str, Flaw> {
    let text = entry.text()?;
    if is_blank(text) {
        return Err(entry.flaw(What::Blank));
    }
    Ok(text)
}

fn unit_price(edition: Edition, entry: &Entry<'_>) -> Result<UnitPrice, Flaw> {
    let (mut price, mut per) = (None, None);
    if !matches!(entry.value, Node::Object(_)) {
        let price = decimal(entry)?;
        return Ok(UnitPrice { price, per });
    }
    for member in entry.members(&["price", "per"])? {
        if member.name == "price" {
            price = Some(decimal(&member)?);
        } else {
            per = Some(unit(edition, entry.name, &member)?);
        }
    }
    let price = price.ok_or_else(|| entry.lacks("price"))?;
    Ok(UnitPrice { price, per })
}

fn decimal(entry: &Entry<'_>) -> Result<Decimal, Flaw> {
    let price = match entry.value {
        Node::Text(text) => Decimal::from_price(text),
        Node::Number(number) => Decimal::from_price_number(*number),
        _ => {
            return Err(entry.is_not(Text {
                en: "a price (`\"0.05\"`, `0.05` or `{\"price\": \"0.05\"}`)",
                zh: "价格（如 `\"0.05\"`、`0.05` 或 `{\"price\": \"0.05\"}`）",
            }));
        }
    };
    let written = match entry.value {
        Node::Text(price) => Some(alloc::format!("`{}`", one_line(&echo(price)))),
        _ => None,
    };
    price.map_err(|error| {
        entry.flaw(match error {
            DecimalError::TooManyDigits => What::TooManyDigits { written },
            DecimalError::NotADecimal => What::NotAPrice { written },
        })
    })
}

fn unit(edition: Edition, name: &str, entry: &Entry<'_>) -> Result<Unit, Flaw> {
    let per = Unit::named(entry.text()?).ok_or_else(|| entry.flaw(What::NoUnit))?;
    match edition.billing_unit(name) {
        Some(route) if route != per => Err(entry.flaw(What::OtherUnit {
            route: route.name(),
        })),
        _ => Ok(per),
    }
}

fn warning(edition: Edition, name: &str) -> BookWarning {
    BookWarning {
        name: name.into(),
        suggestions: crate::near::misses(name, edition.billing_names()),
    }
}

impl<'de> Deserialize<'de> for PriceBook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(Edition::default(), &Node::deserialize(deserializer)?)
            .map_err(D::Error::custom)
    }
}

impl Serialize for PriceBook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut book =
            serializer.serialize_struct("PriceBook", 2 + usize::from(self.as_of.is_some()))?;
        book.serialize_field("currency", &*self.currency)?;
        if let Some(as_of) = &self.as_of {
            book.serialize_field("as_of", &**as_of)?;
        }
        book.serialize_field("prices", &ByName(self))?;
        book.end()
    }
}

struct ByName<'b>(&'b PriceBook);

impl Serialize for ByName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.prices())
    }
}

impl Serialize for UnitPrice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(per) = self.per else {
            return self.price.serialize(serializer);
        };
        let mut entry = serializer.serialize_struct("UnitPrice", 2)?;
        entry.serialize_field("price", &self.price)?;
        entry.serialize_field("per", &per)?;
        entry.end()
    }
}

#[cfg(test)]
mod tests;
