//! The price above which a create is refused (`--max-cost`), and fields that could change what is made and charged although the
//! core only warns about them.

use seedance_core::{
    Decimal, Field, Finding, Job, Lang, NotPriceableReason, Param, PriceBook, Quote, RuleId,
    UNKNOWN_LENGTH,
};
use unicase::UniCase;

use crate::refusal::{Kind, Refusal};
use crate::text::Words;

/// How many characters of a field's name a message shows.
const MAX_SHOWN: usize = 64;

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
        let is_known = accepted && quote.highest().is_some();
        let mut refusal = match quote.highest().or(quote.lowest()) {
            Some(amount) if amount > self.limit => self.over_limit(amount),
            _ if is_known || self.allow_unknown => return Ok(()),
            _ => self.price_unknown(&quote, accepted),
        };
        refusal.error.max_cost = Some(self.limit);
        refusal.error.quote = Some(quote);
        Err(refusal)
    }

    fn over_limit(&self, amount: Decimal) -> Refusal {
        let (limit, currency) = (self.limit, self.book.currency());
        Kind::OverLimit.saying(words!(
            "This request could cost {amount} {currency}, above the limit of {limit} {currency} set by --max-cost; nothing was sent.",
            "该请求可能花费 {amount} {currency}，超过 --max-cost 设定的上限 {limit} {currency}；没有发送。"
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

/// Refuses a field that differs from a known one only in case, since another reader may take it for that one. If
/// `refuses_unknown`, refuses every field that is not documented for the model.
pub(crate) fn judge_fields(findings: &[Finding], refuses_unknown: bool) -> Result<(), Refusal> {
    for finding in findings {
        let (RuleId::UnknownField | RuleId::FieldNotForModel, Some(Param::Text(name))) =
            (finding.rule, finding.params.get("field"))
        else {
            continue;
        };
        // A client's text: its beginning, without what a terminal could obey.
        let shown: String = name.escape_debug().take(MAX_SHOWN).collect();
        if let Some(field) = differs_in_case(name) {
            return Err(Kind::AmbiguousField.saying(words!(
                "Field `{shown}` differs from `{field}` only in case, so another program may read it as `{field}`. Remove or rename it; nothing was sent.",
                "字段 `{shown}` 与 `{field}` 仅大小写不同，其他程序可能会把它当作 `{field}`。请移除或改名；本次没有发送。"
            )));
        }
        if refuses_unknown {
            return Err(Kind::UnknownField.saying(words!(
                "Field `{shown}` is not documented for this model: it might change the price, and --max-cost is set, so nothing was sent. Remove it, or use --allow-unknown to allow such requests.",
                "没有文档为该模型列出字段 `{shown}`：它可能影响价格，而已设置 --max-cost，因此没有发送。请移除该字段；如需放行，请使用 --allow-unknown。"
            )));
        }
    }
    Ok(())
}

/// The field whose name differs from this one in case alone; all fields have lowercase names.
fn differs_in_case(name: &str) -> Option<&'static str> {
    let field = Field::named(&UniCase::new(name).to_folded_case())?.name();
    // The exact name of a field of another edition is merely unknown here.
    (field != name).then_some(field)
}
