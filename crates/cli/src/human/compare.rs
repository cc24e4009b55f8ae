//! The answer to `compare`.

use seedance_core::{Candidate, NotPriceableReason, Quote};

use super::quote::price_line;
use super::report::count_of;
use super::table::table;
use crate::lang::{pick, say};
use crate::plain::plain;

/// One row a model: the verdict, the price, and the first thing that speaks against it.
pub fn compare(candidates: &[Candidate]) -> String {
    let header = ["MODEL", "ROUTE", "RESULT", "PRICE", "NOTE"];
    let zh = ["模型", "线路", "校验结果", "价格", "说明"];
    let rows = candidates.iter().map(|candidate| {
        let verdict = match candidate.accepted {
            true => pick("accepted", "校验通过"),
            false => pick("not accepted", "校验未通过"),
        };
        let price = candidate.quote.as_ref().map(price);
        [
            candidate.model.to_string(),
            candidate.route.name().into(),
            verdict.into(),
            price.unwrap_or_default(),
            why(candidate),
        ]
    });
    table(pick(header, zh), rows)
}

fn price(quote: &Quote) -> String {
    match quote {
        Quote::NotPriceable(refused) => match refused.reason() {
            NotPriceableReason::NoPrice => {
                let name = plain(quote.terms().billing_model.as_deref().unwrap_or_default());
                say!("no price for {name}", "没有 {name} 的价格")
            }
            _ => pick("no quote", "无法报价").into(),
        },
        priced => price_line(priced),
    }
}

/// The first error, or how many warnings there are.
fn why(candidate: &Candidate) -> String {
    match candidate.findings.iter().find(|finding| finding.is_error()) {
        Some(error) => plain(&error.message).into_owned(),
        None => count_of(&candidate.findings),
    }
}
