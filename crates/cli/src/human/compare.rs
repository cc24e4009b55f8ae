//! The answer to `compare`.

use seedance_core::{Candidate, Decimal, NotPriceableReason, Quote};

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

/// The same for programs: the columns, and a row a model.
pub fn comparison(
    candidates: &[Candidate],
) -> ([&'static str; 7], impl Iterator<Item = Vec<Option<String>>>) {
    let header = ["model", "route", "accepted", "lowest", "highest", "currency", "why"];
    let rows = candidates.iter().map(|candidate| {
        let quote = candidate.quote.as_ref();
        let amount = |of: fn(&Quote) -> Option<Decimal>| Some(of(quote?)?.to_string());
        let accepted = if candidate.accepted { "yes" } else { "no" };
        let error = candidate.findings.iter().find(|finding| finding.is_error());
        vec![
            Some(candidate.model.to_string()),
            Some(candidate.route.name().into()),
            Some(accepted.into()),
            amount(Quote::lowest),
            amount(Quote::highest),
            quote.map(|quote| quote.terms().currency.to_string()),
            error.map(|error| error.message.clone()),
        ]
    });
    (header, rows)
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
        None if candidate.findings.is_empty() => String::new(),
        None => count_of(&candidate.findings),
    }
}
