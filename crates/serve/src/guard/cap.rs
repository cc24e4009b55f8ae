//! The price above which a create is refused (`--max-cost`).

use seedance_core::{Decimal, Job, Lang, NotPriceableReason, PriceBook, Quote, UNKNOWN_LENGTH};

use crate::refusal::{Kind, Refusal};
use crate::text::Words;

/// `--max-cost`, and the price book that it is compared with.
#[derive(Debug)]
pub(crate) struct Cap {
    pub(crate) book: PriceBook,
    pub(crate) limit: Decimal,
    pub(crate) allow_unknown: bool,
}

impl Cap {
    /// Refuses a request that could cost more than the limit. Unless unknown prices are allowed, it also refuses a request whose
    /// highest price is unknown, and one that the rules do not accept, since prices hold only for what the rules accept.
    pub(crate) fn judge(&self, job: &Job<'_>, accepted: bool, lang: Lang) -> Result<(), Refusal> {
        let quote = job.quote(&self.book, lang);
        let known_to_cost = quote.highest().or(quote.lowest());
        let refusal = match known_to_cost {
            Some(amount) if amount > self.limit => self.over_limit(&quote, amount),
            _ if self.allow_unknown => return Ok(()),
            _ if accepted && quote.highest().is_some() => return Ok(()),
            _ => self.price_unknown(&quote, accepted),
        };
        Err(refusal.with_quote(quote, self.limit.to_string()))
    }

    fn over_limit(&self, quote: &Quote, amount: Decimal) -> Refusal {
        let (limit, currency) = (self.limit, self.book.currency());
        let (en, zh) = match quote {
            Quote::Range(_) => ("could cost", "最高可能花费"),
            Quote::AtLeast(_) => ("costs at least", "至少花费"),
            _ => ("costs", "花费"),
        };
        Kind::OverLimit.saying(words!(
            "This request {en} {amount} {currency}, above the limit of {limit} {currency} set by --max-cost; nothing was sent.",
            "该请求{zh} {amount} {currency}，超过 --max-cost 设定的上限 {limit} {currency}；没有发送。"
        ))
    }

    fn price_unknown(&self, quote: &Quote, accepted: bool) -> Refusal {
        let (limit, currency) = (self.limit, self.book.currency());
        let Words { en, zh } = match quote {
            _ if !accepted => words!(
                "is against the rules, and prices are for what these accept",
                "不符合规则，而价格只适用于符合规则的请求"
            ),
            Quote::AtLeast(least) => {
                let amount = least.amount();
                words!(
                    "costs at least {amount} {currency}, and how much more depends on the unknown length of `{UNKNOWN_LENGTH}`; say it in the header Seedance-Media",
                    "至少花费 {amount} {currency}，其余取决于 `{UNKNOWN_LENGTH}` 的未知时长；请在 Seedance-Media 请求头中给出"
                )
            }
            Quote::NotPriceable(none) if *none.reason() == NotPriceableReason::NoPrice => {
                let name = quote.terms().billing_model.as_deref().unwrap_or_default();
                words!(
                    "has no price: the price book does not name `{name}`",
                    "没有价格：价格表中没有 `{name}`"
                )
            }
            _ => words!("cannot be priced before it is sent", "在发送前无法计价"),
        };
        Kind::PriceUnknown.saying(words!(
            "This request {en}. It might exceed the limit of {limit} {currency}, so nothing was sent. Use --allow-unknown to allow such requests.",
            "该请求{zh}。可能超过上限 {limit} {currency}，因此没有发送；如需放行，请使用 --allow-unknown。"
        ))
    }
}
