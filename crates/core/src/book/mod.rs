//! The price book: the unit prices of a user's account, which no document publishes.

mod error;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub use self::error::{BookError, BookWarning};
use crate::body::is_blank;
use crate::decimal::{Decimal, DecimalError, PRICE_DIGITS_AFTER_POINT, PRICE_DIGITS_BEFORE_POINT};
use crate::document::{BLANK, Entry, Flaw, Node, Said, one_line};
use crate::table::{Edition, Text, Unit};
use crate::wording::echo;

/// Unit prices by billing model name, in one currency.
///
/// A book belongs to an edition, whose routes define the billing names and their units; a job of that edition is to be priced with
/// it. [`Deserialize`] reads for the default edition. Books with the same currency, label and prices are equal, whatever their
/// editions.
///
/// ```
/// use seedance_core::PriceBook;
/// let book = PriceBook::from_slice(br#"{ "currency": "USD", "prices": { "seedance2.0-mini-720p": "0.05" } }"#)?;
/// assert_eq!(book.price("seedance2.0-mini-720p").unwrap().price.to_string(), "0.05");
/// assert_eq!(book.price("seedance2.0-mini-1080p"), None);
/// # Ok::<(), seedance_core::BookError>(())
/// ```
#[derive(Clone, Debug, Eq, Serialize)]
pub struct PriceBook {
    /// The edition whose routes define the billing names and their units.
    #[serde(skip)]
    edition: Edition,
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    /// Sorted by billing name.
    #[serde(serialize_with = "by_name")]
    prices: Vec<(String, UnitPrice)>,
    #[serde(skip)]
    warnings: Vec<BookWarning>,
}

// Warnings are not compared: they follow from the names, and their order is that of the text, which not every reader keeps.
impl PartialEq for PriceBook {
    fn eq(&self, other: &Self) -> bool {
        (&self.currency, &self.as_of, &self.prices)
            == (&other.currency, &other.as_of, &other.prices)
    }
}

/// The price of one unit, such as a second or a task: made from a [`Decimal`], or from a [`Decimal`] and its [`Unit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitPrice {
    /// The price, with its digits as they were written.
    pub price: Decimal,
    /// The unit that the book states for the price, if any. It never contradicts the route of the book's edition.
    pub per: Option<Unit>,
}

impl From<Decimal> for UnitPrice {
    fn from(price: Decimal) -> Self {
        Self { price, per: None }
    }
}

impl From<(Decimal, Unit)> for UnitPrice {
    fn from((price, per): (Decimal, Unit)) -> Self {
        let per = Some(per);
        Self { price, per }
    }
}

impl PriceBook {
    /// A book without prices, for the default edition.
    ///
    /// ```
    /// use seedance_core::{Decimal, PriceBook};
    /// let mut book = PriceBook::new("USD")?;
    /// book.insert("seedance2.0-mini-720p", "0.05".parse::<Decimal>()?)?;
    /// assert_eq!(serde_json::to_string(&book)?, r#"{"currency":"USD","prices":{"seedance2.0-mini-720p":"0.05"}}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the currency is blank.
    pub fn new(currency: &str) -> Result<Self, BookError> {
        Self::new_for(Edition::default(), currency)
    }

    /// As [`PriceBook::new`], for an edition.
    ///
    /// # Errors
    /// As [`PriceBook::new`].
    pub fn new_for(edition: Edition, currency: &str) -> Result<Self, BookError> {
        Ok(Self {
            edition,
            currency: labelled("currency", currency)?,
            as_of: None,
            prices: Vec::new(),
            warnings: Vec::new(),
        })
    }

    /// Sets the label that says how old the prices are.
    ///
    /// # Errors
    /// When the label is blank.
    pub fn set_as_of(&mut self, label: &str) -> Result<(), BookError> {
        self.as_of = Some(labelled("as_of", label)?);
        Ok(())
    }

    /// Sets the price of a billing name, and returns its previous price.
    ///
    /// # Errors
    /// When the price has more than 12 digits before or after the point, or not the route's unit. The book is then unchanged.
    pub fn insert(
        &mut self,
        billing_name: &str,
        price: impl Into<UnitPrice>,
    ) -> Result<Option<UnitPrice>, BookError> {
        let UnitPrice { price, per } = price.into();
        let per = per.map(|per| ("per".into(), Node::Text(per.name().into())));
        let price = [("price".into(), Node::Text(price.to_string()))];
        let node = Node::Object(price.into_iter().chain(per).collect());
        let document = Entry::document(&node);
        let prices = document.inner("prices", &node);
        let entry = prices.inner(billing_name, &node);
        let price = unit_price(self.edition, &entry).map_err(BookError)?;
        match self.place(billing_name) {
            Ok(place) => {
                let old = self.prices.get_mut(place);
                Ok(old.map(|(_, old)| mem::replace(old, price)))
            }
            Err(place) => {
                self.prices.insert(place, (billing_name.into(), price));
                self.warnings.extend(warning(self.edition, billing_name));
                Ok(None)
            }
        }
    }

    /// Reads a price book from JSON text.
    ///
    /// # Errors
    /// [`BookError`] names the first entry that is not valid.
    pub fn from_slice(text: &[u8]) -> Result<Self, BookError> {
        Self::from_slice_for(Edition::default(), text)
    }

    /// As [`PriceBook::from_slice`], for an edition.
    ///
    /// # Errors
    /// As [`PriceBook::from_slice`].
    pub fn from_slice_for(edition: Edition, text: &[u8]) -> Result<Self, BookError> {
        Self::from_node(edition, &Node::from_slice(text).map_err(BookError)?)
    }

    /// Reads a price book that is not completely filled in. Also returns the names whose price is blank, in the text's order.
    ///
    /// # Errors
    /// As [`PriceBook::from_slice`], except that a price may be blank.
    pub fn from_draft(edition: Edition, text: &[u8]) -> Result<(Self, Vec<String>), BookError> {
        let mut blank = Vec::new();
        let node = Node::from_slice(text).map_err(BookError)?;
        let book = Self::read(edition, &Entry::document(&node), Some(&mut blank));
        Ok((book.map_err(BookError)?, blank))
    }

    /// Reads a price book from a parsed value.
    ///
    /// # Errors
    /// As [`PriceBook::from_slice`].
    pub fn from_value(value: &Value) -> Result<Self, BookError> {
        Self::from_value_for(Edition::default(), value)
    }

    /// As [`PriceBook::from_value`], for an edition.
    ///
    /// # Errors
    /// As [`PriceBook::from_slice`].
    pub fn from_value_for(edition: Edition, value: &Value) -> Result<Self, BookError> {
        Self::from_node(edition, &Node::from_value(value))
    }

    /// The label of the currency that the prices are in; it is compared, never converted.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The label that says how old the prices are.
    #[must_use]
    pub fn as_of(&self) -> Option<&str> {
        self.as_of.as_deref()
    }

    /// The price of exactly this billing name.
    #[must_use]
    pub fn price(&self, billing_name: &str) -> Option<&UnitPrice> {
        let place = self.place(billing_name).ok()?;
        self.prices.get(place).map(|(_, price)| price)
    }

    fn place(&self, billing_name: &str) -> Result<usize, usize> {
        self.prices.binary_search_by(|(name, _)| name.as_str().cmp(billing_name))
    }

    /// All prices, sorted by billing name.
    #[must_use]
    pub fn prices(&self) -> impl ExactSizeIterator<Item = (&str, &UnitPrice)> {
        self.prices.iter().map(|(name, price)| (name.as_str(), price))
    }

    /// The names that are not a billing name of any route of the book's edition. They are kept, but no request of that edition
    /// will ever use their prices.
    #[must_use]
    pub fn warnings(&self) -> &[BookWarning] {
        &self.warnings
    }

    fn from_node(edition: Edition, node: &Node) -> Result<Self, BookError> {
        Self::read(edition, &Entry::document(node), None).map_err(BookError)
    }

    /// Reads a book. With `blank`, the names whose price is blank are added to it; without, a blank price is a flaw.
    fn read(
        edition: Edition,
        book: &Entry<'_>,
        mut blank: Option<&mut Vec<String>>,
    ) -> Result<Self, Flaw> {
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
            match (unit_price(edition, &all.inner(name, value)), &mut blank) {
                (Ok(price), _) => prices.push((name.clone(), price)),
                (Err(flaw), Some(blank)) if flaw.what == BLANK => blank.push(name.clone()),
                (Err(flaw), _) => return Err(flaw),
            }
            warnings.extend(warning(edition, name));
        }
        prices.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Self {
            edition,
            currency: currency.into(),
            as_of: as_of.map(String::from),
            prices,
            warnings,
        })
    }
}

/// Checks a label that does not come from a document.
fn labelled(name: &str, text: &str) -> Result<String, BookError> {
    let node = Node::Text(text.into());
    let document = Entry::document(&node);
    let entry = document.inner(name, &node);
    label(&entry).map(String::from).map_err(BookError)
}

fn label<'a>(entry: &Entry<'a>) -> Result<&'a str, Flaw> {
    let text = entry.text()?;
    if is_blank(text) {
        return Err(entry.flaw(BLANK));
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
        Node::Text(text) if is_blank(text) => return Err(entry.flaw(BLANK)),
        Node::Text(text) => Decimal::from_price(text),
        Node::Number(number) => Decimal::from_price_number(*number),
        _ => {
            return Err(entry.is_not(Text::new(
                "a price (`\"0.05\"`, `0.05` or `{\"price\": \"0.05\"}`)",
                "价格（如 `\"0.05\"`、`0.05` 或 `{\"price\": \"0.05\"}`）",
            )));
        }
    };
    price.map_err(|error| {
        let written = match entry.value {
            Node::Text(price) => Said::Plain(alloc::format!("`{}` ", one_line(&echo(price)))),
            _ => Said::Words(Text::new("the number ", "该数字")),
        };
        let what = match error {
            DecimalError::TooManyDigits => Text::new(
                "{written}has too many digits: at most {before} before and {after} after the decimal point",
                "{written}位数过多：小数点前最多 {before} 位，小数点后最多 {after} 位",
            ),
            DecimalError::NotADecimal => Text::new(
                "{written}is not a price; write a plain decimal such as `\"0.05\"`",
                "{written}不是有效的价格，请写成不带正负号和货币符号的小数，例如 `\"0.05\"`",
            ),
        };
        let flaw = entry.flaw(what).with("written", written);
        let flaw = flaw.with_text("before", PRICE_DIGITS_BEFORE_POINT);
        flaw.with_text("after", PRICE_DIGITS_AFTER_POINT)
    })
}

fn unit(edition: Edition, name: &str, entry: &Entry<'_>) -> Result<Unit, Flaw> {
    const NO_UNIT: Text = Text::new(
        "must be `second`, `task` or `million-tokens`",
        "只能是 `second`（按秒）、`task`（按次）或 `million-tokens`（按百万 token）",
    );
    const OTHER_UNIT: Text = Text::new(
        "must be `{route}`: the route bills this name that way",
        "应为 `{route}`：该线路按此单位计费",
    );
    let per = Unit::named(entry.text()?).ok_or_else(|| entry.flaw(NO_UNIT))?;
    match edition.billing_unit(name) {
        Some(route) if route != per => Err(entry.flaw(OTHER_UNIT).with_text("route", route.name())),
        _ => Ok(per),
    }
}

/// A warning, if no route of the edition has the billing name.
fn warning(edition: Edition, name: &str) -> Option<BookWarning> {
    edition.billing_unit(name).is_none().then(|| {
        let instead = edition.instead_of(name);
        BookWarning {
            name: name.into(),
            suggestions: match instead {
                [] => crate::near::misses(name, edition.billing_names(), |known| known),
                _ => instead.iter().copied().map(String::from).collect(),
            },
            is_withdrawn: !instead.is_empty(),
        }
    })
}

impl<'de> Deserialize<'de> for PriceBook {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(Edition::default(), &Node::deserialize(deserializer)?)
            .map_err(D::Error::custom)
    }
}

/// Writes the prices as an object with one member per billing name.
fn by_name<S: Serializer>(
    prices: &[(String, UnitPrice)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(prices.iter().map(|(name, price)| (name, price)))
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
