//! The answers of `quote` and `compare`, for people.

use itertools::Itertools;
use seedance_core::table::{Basis, Unit};
use seedance_core::{
    Candidate, Field, Length, NotPriceableReason, Part, PriceBook, Quantity, Quote, Terms,
};
use seedance_ledger::signed::range;

use super::report::count_of;
use super::table::{LabelledColumn, table};
use crate::input::Document;
use crate::lang::{lang, pick, say};
use crate::output::plain;

/// The price with its arithmetic, or why there is none.
pub fn quote(quote: &Quote, book: &PriceBook, document: &Document) -> String {
    if let Quote::NotPriceable(refused) = quote {
        let NotPriceableReason::Findings(findings) = refused.reason() else {
            return no_price(quote.terms(), book);
        };
        let shown = super::findings::findings(findings, refused.omitted(), document);
        let no_quote = pick("no quote: ", "无法报价：");
        return shown + no_quote + &count_of(findings) + "\n";
    }
    let mut shown = price_line(quote) + "\n" + &goes_by(quote.terms());
    for part in quote.parts() {
        shown += &format!("  {}\n", part_line(part, quote.terms().unit));
    }
    if !matches!(quote, Quote::Exact(_)) {
        let facts = r#"{"reference_videos":[{"seconds":3.2}]}"#;
        shown += &say!(
            "  for an exact price, give this video's length with `--media`: {facts}\n",
            "  要得到确切价格，请用 `--media` 给出该视频的时长：{facts}\n"
        );
    }
    shown
}

/// The arithmetic in one line: `0.05 × (8 + 3) = 0.55 USD`.
fn price_line(quote: &Quote) -> String {
    let terms = quote.terms();
    let price = terms.unit_price.unwrap_or_default();
    let currency = plain(&terms.currency);
    let quantity = match quote.parts() {
        [only] => quantity(only.quantity),
        parts => format!("({})", parts.iter().map(|part| quantity(part.quantity)).join(" + ")),
    };
    let equals = if quote.highest().is_some() { "= " } else { "" };
    let amount = quote.lowest().map(|lowest| range(lowest, quote.highest())).unwrap_or_default();
    format!("{price} × {quantity} {equals}{amount} {currency}")
}

fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::AtLeast { .. } => "?".into(),
        known => range(known.min(), known.max()),
    }
}

fn goes_by(terms: &Terms) -> String {
    let name = plain(terms.billing_model.as_deref().unwrap_or_default());
    let unit = terms.unit.map(billed).unwrap_or_default();
    let basis = match terms.basis {
        Some(Basis::Inferred) => pick("billing name inferred", "计费模型名为推断"),
        _ => pick("billing name documented", "计费模型名有文档依据"),
    };
    let as_of = terms.as_of.as_deref().map(plain);
    let as_of = as_of.map(|day| say!(", prices as of {day}", "，价格日期 {day}"));
    let as_of = as_of.unwrap_or_default();
    say!("  {name}, {unit} ({basis}){as_of}\n", "  {name}，{unit}（{basis}）{as_of}\n")
}

/// What one unit price buys.
fn billed(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => pick("per second", "按秒"),
        Unit::Task => pick("per task", "按次"),
        Unit::MillionTokens => pick("per million tokens", "按百万 token"),
    }
}

/// A part of the quantity, with the field that it comes from: `8 s  duration (/duration)`.
fn part_line(part: &Part, unit: Option<Unit>) -> String {
    let unit = match unit {
        Some(Unit::Task) => pick("task", "次"),
        _ => pick("s", "秒"),
    };
    let measured = part.seconds.map(|length| {
        let [min, max] = [length.min(), length.max()].map(Length::in_seconds);
        let length = range(min, Some(max));
        say!(", measured {length} s", "，实测 {length} 秒")
    });
    let (units, of) = (quantity(part.quantity), &part.of);
    let (title, measured) = (title(of), measured.unwrap_or_default());
    say!("{units} {unit}  {title} ({of}{measured})", "{units} {unit}  {title}（{of}{measured}）")
}

/// The title of the field that a pointer leads to, in lower case.
fn title(pointer: &str) -> String {
    let name = pointer.split('/').nth(1).and_then(Field::named);
    let title = name.map_or("", |field| field.info().title.get(lang()));
    title.to_lowercase()
}

fn no_price(terms: &Terms, book: &PriceBook) -> String {
    let name = plain(terms.billing_model.as_deref().unwrap_or_default());
    if terms.unit == Some(Unit::MillionTokens) {
        let price = terms.unit_price.map(|price| {
            let currency = plain(&terms.currency);
            say!(" at {price} {currency} per million tokens", "，每百万 token {price} {currency}")
        });
        let price = price.unwrap_or_default();
        return say!(
            "no quote: `{name}` is billed by the tokens that the task uses{price}\n",
            "无法报价：`{name}` 按任务所用的 token 计费{price}\n"
        );
    }
    let meant = book.warnings().iter().find(|warning| warning.suggestions.contains(&name));
    let mut shown = say!(
        "no quote: the price book has no price for `{name}`\n",
        "无法报价：价格表里没有 `{name}` 的单价\n"
    );
    if let Some(warning) = meant {
        let written = plain(&warning.name);
        shown += &say!(
            "  the price book has `{written}`; is that a typo?\n",
            "  价格表里有 `{written}`，是否写错了名称？\n"
        );
    }
    shown
}

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
                let name = quote.terms().billing_model.as_deref().unwrap_or_default();
                say!("no price for {name}", "没有 {name} 的单价")
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
        Some(error) => error.message.clone(),
        None => count_of(&candidate.findings),
    }
}
