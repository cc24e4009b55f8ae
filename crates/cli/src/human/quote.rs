//! The answer to `quote`.

use std::fmt::Write;

use seedance_core::table::{Basis, Unit};
use seedance_core::{Field, Lang, NotPriceableReason, Part, PriceBook, Quantity, Quote, Terms};

use super::findings::Shown;
use super::report::count_of;
use crate::input::Document;
use crate::plain::plain;

/// What it costs with its arithmetic, or what stops the price.
pub fn quote(quote: &Quote, book: &PriceBook, document: &Document, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut shown = String::new();
    if let Quote::NotPriceable(refused) = quote {
        if let NotPriceableReason::Findings(findings) = refused.reason() {
            let text = String::from_utf8_lossy(&document.text);
            shown.push_str(&Shown::new(document, &text, lang).all(findings, refused.omitted()));
            let counts = count_of(findings, lang);
            let _ = if zh {
                writeln!(shown, "无法报价：{counts}")
            } else {
                writeln!(shown, "no quote: {counts}")
            };
        } else {
            shown.push_str(&no_price(quote.terms(), book, lang));
        }
        return shown;
    }
    let _ = writeln!(shown, "{}", price_line(quote));
    shown.push_str(&goes_by(quote.terms(), lang));
    for part in quote.parts() {
        let _ = writeln!(shown, "  {}", part_line(part, quote.terms().unit, lang));
    }
    if !matches!(quote, Quote::Exact(_)) {
        let facts = r#"{"reference_videos":[{"seconds":3.2}]}"#;
        let _ = match zh {
            true => writeln!(
                shown,
                "  要得到确切价格，请用 `--media` 给出该视频的时长：{facts}"
            ),
            false => writeln!(
                shown,
                "  for an exact price, give this video's length with `--media`: {facts}"
            ),
        };
    }
    shown
}

/// The arithmetic in one line: `0.05 × (8 + 3) = 0.55 USD`.
pub fn price_line(quote: &Quote) -> String {
    let terms = quote.terms();
    let price = terms.unit_price.unwrap_or_default();
    let currency = plain(&terms.currency);
    let quantity = match quote.parts() {
        [only] => quantity(only.quantity),
        parts => format!(
            "({})",
            parts
                .iter()
                .map(|part| quantity(part.quantity))
                .collect::<Vec<_>>()
                .join(" + ")
        ),
    };
    match (quote, quote.lowest()) {
        (Quote::Range(range), _) => format!(
            "{price} × {quantity} = {}…{} {currency}",
            range.amount().0,
            range.amount().1
        ),
        (Quote::AtLeast(_), Some(lowest)) => format!("{price} × {quantity} ≥ {lowest} {currency}"),
        (_, Some(amount)) => format!("{price} × {quantity} = {amount} {currency}"),
        (_, None) => String::new(),
    }
}

fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::Exact(units) => units.to_string(),
        Quantity::Between { min, max } if min == max => min.to_string(),
        Quantity::Between { min, max } => format!("{min}…{max}"),
        Quantity::AtLeast { .. } => "?".into(),
    }
}

fn goes_by(terms: &Terms, lang: Lang) -> String {
    let name = plain(terms.billing_model.as_deref().unwrap_or_default());
    let as_of = terms.as_of.as_deref().map(plain);
    let zh = lang == Lang::Zh;
    let unit = match (terms.unit, zh) {
        (Some(Unit::Task), false) => "per task",
        (Some(Unit::Task), true) => "按次",
        (_, false) => "per second",
        (_, true) => "按秒",
    };
    let basis = match (terms.basis, zh) {
        (Some(Basis::Inferred), false) => "billing name inferred",
        (Some(Basis::Inferred), true) => "计费模型名为推断",
        (_, false) => "billing name documented",
        (_, true) => "计费模型名有文档依据",
    };
    match (as_of, zh) {
        (None, false) => format!("  {name}, {unit} ({basis})\n"),
        (None, true) => format!("  {name}，{unit}（{basis}）\n"),
        (Some(as_of), false) => format!("  {name}, {unit} ({basis}), prices as of {as_of}\n"),
        (Some(as_of), true) => format!("  {name}，{unit}（{basis}），价格日期 {as_of}\n"),
    }
}

/// What a part of the quantity is, with its pointer: `8 s  duration (/duration)`.
fn part_line(part: &Part, unit: Option<Unit>, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let unit = match (unit, zh) {
        (Some(Unit::Task), false) => "task",
        (Some(Unit::Task), true) => "次",
        (_, false) => "s",
        (_, true) => "秒",
    };
    let measured = part.seconds.map(|length| {
        let seconds = |micros: u64| {
            format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        };
        let (min, max) = (seconds(length.min()), seconds(length.max()));
        let length = if min == max {
            min
        } else {
            format!("{min}…{max}")
        };
        match zh {
            true => format!("，实测 {length} 秒"),
            false => format!(", measured {length} s"),
        }
    });
    let (units, of) = (quantity(part.quantity), &part.of);
    let (title, measured) = (title(of, lang), measured.unwrap_or_default());
    match zh {
        true => format!("{units} {unit}  {title}（{of}{measured}）"),
        false => format!("{units} {unit}  {title} ({of}{measured})"),
    }
}

/// The name of the field that a pointer leads to.
fn title(pointer: &str, lang: Lang) -> String {
    let name = pointer.split('/').nth(1).and_then(Field::named);
    let title = name.map_or("", |field| field.info().title.get(lang));
    title.to_lowercase()
}

fn no_price(terms: &Terms, book: &PriceBook, lang: Lang) -> String {
    let name = plain(terms.billing_model.as_deref().unwrap_or_default()).into_owned();
    let meant = book
        .warnings()
        .iter()
        .find(|warning| warning.suggestions.contains(&name));
    let zh = lang == Lang::Zh;
    let mut shown = match zh {
        true => format!("无法报价：价格表里没有 `{name}` 的单价\n"),
        false => format!("no quote: the price book has no price for `{name}`\n"),
    };
    if let Some(warning) = meant {
        let written = plain(&warning.name);
        let _ = match zh {
            true => writeln!(shown, "  价格表里有 `{written}`，是否写错了名称？"),
            false => writeln!(shown, "  the price book has `{written}`; is that a typo?"),
        };
    }
    shown
}
