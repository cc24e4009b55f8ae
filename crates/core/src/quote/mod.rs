//! What a request costs: unit price × quantity, exact to the last digit.

mod wire;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Lang;
use crate::book::PriceBook;
use crate::check::Hits;
use crate::decimal::Decimal;
use crate::finding::Finding;
use crate::findings::{self, Findings};
use crate::order::{Order, Part, Quantity, billing_model};
use crate::table::{Basis, Edition, RouteId, Unit};

/// What a request costs: one of four kinds of answer, each a type of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Quote {
    /// The cost is known to the last digit.
    Exact(Exact),
    /// Both ends are known: a length was given as an interval.
    Range(Range),
    /// Only the lower end is known: the length of a reference video is unknown.
    AtLeast(AtLeast),
    /// The request cannot be priced.
    NotPriceable(NotPriceable),
}

/// A cost that is known to the last digit.
#[derive(Debug, Clone, PartialEq)]
pub struct Exact(Priced);

/// A cost between two ends, both of which are possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Range(Priced);

/// A cost of which only the lower end is known.
#[derive(Debug, Clone, PartialEq)]
pub struct AtLeast(Priced);

/// What all kinds of known cost have in common.
#[derive(Debug, Clone, PartialEq)]
struct Priced {
    terms: Terms,
    quantity: Quantity,
    amount: Quantity<Decimal>,
    parts: Vec<Part>,
}

/// A quote without a cost, and the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct NotPriceable {
    terms: Terms,
    reason: Reason,
    omitted: usize,
}

/// Why a request cannot be priced.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// These errors affect the price.
    Findings(Vec<Finding>),
    /// The price book has no price for the billing name.
    NoPrice,
    /// The charge depends on usage, which is known only after the video is made.
    BilledByUsage,
}

/// What a quote is based on. What is not known is `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Terms {
    /// The edition of the rules.
    pub edition: Edition,
    /// The model, if the rule table has it.
    pub model: Option<Cow<'static, str>>,
    /// The model's route.
    pub route: Option<RouteId>,
    /// The billing name, under which the price book must have the price.
    pub billing_model: Option<String>,
    /// Whether a page of the vendor states the billing name, or it is inferred.
    pub basis: Option<Basis>,
    /// The unit that the unit price is for.
    pub unit: Option<Unit>,
    /// The price of one unit.
    pub unit_price: Option<Decimal>,
    /// The price book's currency.
    pub currency: String,
    /// The price book's label for how old its prices are.
    pub as_of: Option<String>,
}

impl Quote {
    /// What the quote is based on.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        match self {
            Self::NotPriceable(quote) => &quote.terms,
            Self::Exact(Exact(quote))
            | Self::Range(Range(quote))
            | Self::AtLeast(AtLeast(quote)) => &quote.terms,
        }
    }

    /// The least that the request costs; `None` when it cannot be priced.
    #[must_use]
    pub fn lowest(&self) -> Option<Decimal> {
        Some(self.priced()?.amount.min())
    }

    /// The most that the request costs; `None` when that is not known.
    #[must_use]
    pub fn highest(&self) -> Option<Decimal> {
        self.priced()?.amount.max()
    }

    /// The parts of the quantity; none when the request cannot be priced.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        self.priced().map_or(&[], |quote| &quote.parts)
    }

    const fn priced(&self) -> Option<&Priced> {
        match self {
            Self::Exact(Exact(quote))
            | Self::Range(Range(quote))
            | Self::AtLeast(AtLeast(quote)) => Some(quote),
            Self::NotPriceable(_) => None,
        }
    }
}

impl Exact {
    /// The number of units: billable seconds, or one task.
    #[must_use]
    pub fn quantity(&self) -> u64 {
        self.0.quantity.min()
    }

    /// Unit price × quantity, with the unit price's own digits after the point.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        self.0.amount.min()
    }
}

impl Range {
    /// The fewest and the most units.
    #[must_use]
    pub fn quantity(&self) -> (u64, u64) {
        ends(self.0.quantity)
    }

    /// The lowest and the highest amount.
    #[must_use]
    pub fn amount(&self) -> (Decimal, Decimal) {
        ends(self.0.amount)
    }
}

fn ends<N: Copy>(range: Quantity<N>) -> (N, N) {
    (range.min(), range.max().unwrap_or(range.min()))
}

impl AtLeast {
    /// The fewest units.
    #[must_use]
    pub fn quantity(&self) -> u64 {
        self.0.quantity.min()
    }

    /// The lowest amount.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        self.0.amount.min()
    }
}

impl NotPriceable {
    /// Why the request cannot be priced.
    #[must_use]
    pub const fn reason(&self) -> &Reason {
        &self.reason
    }

    /// How many findings that affect the price were left out, beyond [`MAX_FINDINGS`](crate::MAX_FINDINGS).
    #[must_use]
    pub const fn omitted(&self) -> usize {
        self.omitted
    }
}

/// Prices a request, with messages in `lang`.
pub(crate) fn quote(found: &Hits<'_>, book: &PriceBook, lang: Lang) -> Quote {
    let terms = terms(found, book);
    let (reason, omitted) = match (Order::of(found), terms.unit_price) {
        (Some(Order::Units(parts)), Some(unit_price)) => return priced(terms, unit_price, parts),
        (Some(Order::Units(_)), None) => (Reason::NoPrice, 0),
        (Some(Order::Usage), _) => (Reason::BilledByUsage, 0),
        (None, _) => {
            let Findings { findings, omitted } = findings::of(found, found.stopping(), lang);
            (Reason::Findings(findings), omitted)
        }
    };
    Quote::NotPriceable(NotPriceable { terms, reason, omitted })
}

fn terms(found: &Hits<'_>, book: &PriceBook) -> Terms {
    let row = found.ask.row;
    let billing_model = billing_model(found);
    let unit = row.map(|(route, _)| route.unit.value);
    let price = billing_model.as_deref().and_then(|name| book.price(name));
    // A book that was read for another edition may state another unit.
    let price = price.filter(|price| price.per.is_none() || price.per == unit);
    Terms {
        edition: found.ask.edition,
        model: row.map(|(_, model)| Cow::Borrowed(model.name)),
        route: row.map(|(route, _)| route.id),
        basis: row.map(|(route, _)| route.basis.value),
        unit,
        unit_price: price.map(|price| price.price),
        billing_model,
        currency: book.currency().into(),
        as_of: book.as_of().map(String::from),
    }
}

fn priced(terms: Terms, price: Decimal, mut parts: Vec<Part>) -> Quote {
    let (mut min, mut max) = (0, Some(0));
    for Part { quantity, .. } in &parts {
        min += quantity.min();
        max = max.zip(quantity.max()).map(|(sum, units)| sum + units);
    }
    let quantity = match max {
        None => Quantity::AtLeast { min },
        Some(max) if max == min => Quantity::Exact(min),
        Some(max) => Quantity::Between { min, max },
    };
    // A price has at most 24 digits and the quantity of a request at most six, so the product fits 128 bits. Only a quote that is
    // read back can have more.
    let amount = quantity.map(|units| price.checked_mul(units).unwrap_or(Decimal::MAX));
    if let Quantity::Between { .. } = quantity {
        for part in &mut parts {
            let (min, max) = ends(part.quantity);
            part.quantity = Quantity::Between { min, max };
        }
    }
    let quote = Priced { terms, quantity, amount, parts };
    match quantity {
        Quantity::Exact(_) => Quote::Exact(Exact(quote)),
        Quantity::Between { .. } => Quote::Range(Range(quote)),
        Quantity::AtLeast { .. } => Quote::AtLeast(AtLeast(quote)),
    }
}
