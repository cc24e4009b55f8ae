//! The price book: unit prices that a user's account has and that no document publishes.

mod error;

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use self::error::Problem;
pub use self::error::{BookError, BookWarning};
use crate::decimal::{Decimal, DecimalError};
use crate::node::{Kind, Node, ShapeError, child};
use crate::table::{Unit, billing_names, billing_unit};

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
        Self::from_node(Node::from_text(text)?)
    }

    /// Reads a price book from a parsed value.
    ///
    /// # Errors
    /// As [`PriceBook::from_text`].
    pub fn from_value(value: &Value) -> Result<Self, BookError> {
        Self::from_node(Node::from_value(value))
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

    fn from_node(node: Node) -> Result<Self, BookError> {
        let (mut currency, mut as_of, mut entries) = (None, None, None);
        for (name, value) in node.members("", &["currency", "as_of", "prices"])? {
            match name.as_str() {
                "currency" => currency = Some(label(value, "/currency")?),
                "as_of" => as_of = Some(label(value, "/as_of")?),
                _ => entries = Some(value.entries("/prices")?),
            }
        }
        let currency = currency.ok_or_else(|| ShapeError::missing("", "currency"))?;
        let entries = entries.ok_or_else(|| ShapeError::missing("", "prices"))?;
        let warnings = entries
            .iter()
            .filter_map(|(name, _)| warning(name))
            .collect();
        let mut prices = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let price = unit_price(&name, value)?;
            prices.push((name, price));
        }
        prices.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self {
            currency,
            as_of,
            prices,
            warnings,
        })
    }
}

fn label(value: Node, path: &str) -> Result<Arc<str>, BookError> {
    let text = value.text(path)?;
    if text.chars().all(char::is_whitespace) {
        return Err(BookError(Problem::Blank { path: path.into() }));
    }
    Ok(text.into())
}

fn unit_price(name: &str, value: Node) -> Result<UnitPrice, BookError> {
    let path = child("/prices", name);
    let Node::Object(_) = value else {
        return Ok(UnitPrice {
            price: decimal(value, &path)?,
            per: None,
        });
    };
    let (mut price, mut per) = (None, None);
    for (member, value) in value.members(&path, &["price", "per"])? {
        let path = format!("{path}/{member}");
        if member == "price" {
            price = Some(decimal(value, &path)?)
        } else {
            per = Some(unit(name, value, path)?)
        }
    }
    let price = price.ok_or_else(|| ShapeError::missing(&path, "price"))?;
    Ok(UnitPrice { price, per })
}

fn decimal(value: Node, path: &str) -> Result<Decimal, BookError> {
    let price = match &value {
        Node::Text(text) => Decimal::from_price(text),
        Node::Number(number) => Decimal::from_price_number(*number),
        other => return Err(other.wrong_type(path, Kind::Price).into()),
    };
    price.map_err(|error| {
        let path = path.into();
        let written = written(&value);
        BookError(match error {
            DecimalError::TooManyDigits => Problem::TooManyDigits { path, written },
            DecimalError::NotADecimal => Problem::NotAPrice { path, written },
        })
    })
}

/// What a message shows of a refused price: enough to find it, never a megabyte.
fn written(value: &Node) -> Option<String> {
    const SHOWN: usize = 40;
    match value {
        Node::Text(text) if text.chars().count() > SHOWN => Some(
            text.chars()
                .take(SHOWN)
                .chain(core::iter::once('…'))
                .collect(),
        ),
        Node::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn unit(name: &str, value: Node, path: String) -> Result<Unit, BookError> {
    let per = match value.text(&path)?.as_str() {
        "second" => Unit::Second,
        "task" => Unit::Task,
        _ => return Err(BookError(Problem::UnknownUnit { path })),
    };
    match billing_unit(name) {
        Some(route) if route != per => Err(BookError(Problem::OtherUnit { path, route })),
        _ => Ok(per),
    }
}

fn warning(name: &str) -> Option<BookWarning> {
    if billing_unit(name).is_some() {
        return None;
    }
    Some(BookWarning {
        name: name.into(),
        suggestions: crate::near::misses(name, billing_names()),
    })
}

impl<'de> Deserialize<'de> for PriceBook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(Node::deserialize(deserializer)?).map_err(D::Error::custom)
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
