//! The price above which a create is not passed on.

use seedance_core::{Decimal, Job, Lang, NotPriceableReason, PriceBook, Quote, UNKNOWN_LENGTH};

use crate::refusal::{Charge, Kind, Refusal};

/// `--max-cost` and what it goes by.
#[derive(Debug)]
pub(crate) struct Cap {
    book: PriceBook,
    limit: Decimal,
    allow_unknown: bool,
}

impl Cap {
    pub(crate) fn new(book: PriceBook, limit: Decimal, allow_unknown: bool) -> Self {
        Self {
            book,
            limit,
            allow_unknown,
        }
    }

    pub(crate) fn limit(&self) -> String {
        self.limit.to_string()
    }

    pub(crate) fn allows_unknown(&self) -> bool {
        self.allow_unknown
    }

    /// Refuses an accepted request that could cost more than the limit, or of which nobody knows that it could not.
    pub(crate) fn judge(&self, job: &Job<'_>, lang: Lang) -> Result<(), Refusal> {
        let quote = job.quote(&self.book, lang);
        let known_to_cost = quote.highest().or(quote.lowest());
        let refusal = match known_to_cost {
            Some(amount) if amount > self.limit => self.over_limit(&quote, amount),
            _ if quote.highest().is_some() || self.allow_unknown => return Ok(()),
            _ => self.price_unknown(&quote),
        };
        Err(refusal
            .with_quote(quote, self.limit())
            .with_charge(Charge::None))
    }

    fn over_limit(&self, quote: &Quote, amount: Decimal) -> Refusal {
        let (limit, currency) = (self.limit, self.book.currency());
        let (en, zh) = match quote {
            Quote::Range(_) => ("could cost", "最高可能花费"),
            Quote::AtLeast(_) => ("costs at least", "至少花费"),
            _ => ("costs", "花费"),
        };
        Refusal::new(Kind::OverLimit).saying(
            format!("This request {en} {amount} {currency}, above the limit of {limit} {currency} set by --max-cost; nothing was sent."),
            format!("该请求{zh} {amount} {currency}，超过 --max-cost 设定的上限 {limit} {currency}；没有发送。"),
        )
    }

    fn price_unknown(&self, quote: &Quote) -> Refusal {
        let (limit, currency) = (self.limit, self.book.currency());
        let (en, zh) = match quote.lowest() {
            Some(amount) => (
                format!(
                    "costs at least {amount} {currency}, and how much more depends on the unknown length of `{UNKNOWN_LENGTH}`; say it in the header Seedance-Media"
                ),
                format!(
                    "至少花费 {amount} {currency}，其余取决于 `{UNKNOWN_LENGTH}` 的未知时长；请在 Seedance-Media 请求头中给出"
                ),
            ),
            // A rule that was allowed, or what only the API counts.
            None if !has_no_price(quote) => (
                "cannot be priced before it is sent".to_owned(),
                "在发送前无法计价".to_owned(),
            ),
            None => {
                let name = quote.terms().billing_model.as_deref().unwrap_or_default();
                (
                    format!("has no price: the price book does not name `{name}`"),
                    format!("没有价格：价格表中没有 `{name}`"),
                )
            }
        };
        Refusal::new(Kind::PriceUnknown).saying(
            format!("This request {en}. It might exceed the limit of {limit} {currency}, so nothing was sent. Use --allow-unknown to allow such requests."),
            format!("该请求{zh}。可能超过上限 {limit} {currency}，因此没有发送；如需放行，请使用 --allow-unknown。"),
        )
    }
}

/// Whether all that is missing is a price in the book.
fn has_no_price(quote: &Quote) -> bool {
    matches!(quote, Quote::NotPriceable(quote) if *quote.reason() == NotPriceableReason::NoPrice)
}
