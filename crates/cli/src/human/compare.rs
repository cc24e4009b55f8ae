//! The answer of `compare`, for people.

use seedance_core::{Candidate, NotPriceableReason, Quote};

use super::quote::price_line;
use super::report::count_of;
use super::table::{LabelledColumn, table};
use crate::lang::{pick, say};
use crate::plain::plain;

/// One row per model: the verdict, the price, and the first error or the number of warnings.
const COLUMNS: [LabelledColumn<Candidate>; 5] = [
    ("MODEL", "模型", |row| row.model.to_string()),
    ("ROUTE", "线路", |row| row.route.name().into()),
    ("RESULT", "校验结果", |row| match row.accepted {
        true => pick("accepted", "校验通过").into(),
        false => pick("not accepted", "校验未通过").into(),
    }),
    ("PRICE", "价格", |row| row.quote.as_ref().map(price).unwrap_or_default()),
    ("NOTE", "说明", why),
];

/// The models as a table.
pub fn compare(candidates: &[Candidate]) -> String {
    table(&COLUMNS, candidates)
}

fn price(quote: &Quote) -> String {
    match quote {
        Quote::NotPriceable(refused) => match refused.reason() {
            NotPriceableReason::NoPrice => {
                let name = plain(quote.terms().billing_model.as_deref().unwrap_or_default());
                say!("no price for {name}", "没有 {name} 的价格")
            }
            NotPriceableReason::BilledByUsage => pick("by usage", "按用量计费").into(),
            _ => pick("no quote", "无法报价").into(),
        },
        priced => price_line(priced),
    }
}

/// The first error, or else the number of warnings.
fn why(candidate: &Candidate) -> String {
    match candidate.findings.iter().find(|finding| finding.is_error()) {
        Some(error) => plain(&error.message),
        None => count_of(&candidate.findings),
    }
}
