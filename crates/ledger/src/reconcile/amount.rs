//! Reads amounts and currencies as bills write them.

use seedance_core::{Decimal, DecimalError};

use crate::problem::Problem;
use crate::signed::Signed;

/// Reads an amount such as `-$1,234.50`, `(0.30)` or `0,30 元`: a number with at most one sign and with a currency on either side,
/// whatever word that is. A minus sign or brackets mark a refund. `currency` is the bill's name for it, or blank. If
/// the bill may have decimal commas, a point may separate thousands.
///
/// # Errors
/// When the text is not an amount, can be read as two different ones, or names two currencies.
pub fn read(
    text: &str,
    currency: &str,
    may_have_commas: bool,
) -> Result<(Signed, Option<String>), Problem> {
    let not_an_amount = |error: DecimalError| Problem::not_an_amount(text, &error.to_string());
    let in_brackets = text.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let bare = in_brackets.unwrap_or(text);
    let number = bare.trim_matches(|c: char| !c.is_ascii_digit());
    let (before, behind) = bare.split_once(number).unwrap_or_default();

    let count = |signs: &[char]| before.matches(signs).count() + behind.matches(signs).count();
    let minus = count(&['-', '−']) + usize::from(in_brackets.is_some());
    let is_sign = |c: char| c.is_whitespace() || "+-−".contains(c);
    let [before, behind, currency] = [before, behind, currency].map(|it| it.trim_matches(is_sign));
    let in_word = |c: char| c.is_alphabetic() || c.is_whitespace() || "$€£¥￥₩₽".contains(c);
    if minus + count(&['+']) > 1 || !before.chars().chain(behind.chars()).all(in_word) {
        return Err(not_an_amount(DecimalError::NotADecimal));
    }

    let amount = plain(number, may_have_commas).ok_or_else(|| {
        problem!(
            "the amount `{text}` can be read in two ways; write it without a thousands separator, or with a fourth decimal place",
            "金额 `{text}` 有两种读法，请去掉千位分隔符，或写出第四位小数"
        )
    })?;
    let amount: Decimal = amount.parse().map_err(not_an_amount)?;
    Ok((Signed::new(amount, minus > 0), sole_currency([before, behind, currency])?))
}

/// The number without thousands separators, with a point before its decimals, as in `1,234.50`, `1.234,50`, `1 234,50`,
/// `1'234.50` and `0,30`. A number with any other groups is returned unchanged and then cannot be parsed. `None` if the number can be
/// read in two ways, as `1,234` can.
fn plain(number: &str, may_have_commas: bool) -> Option<String> {
    // The last separator stands before the decimals, unless it occurs several times.
    let last = number.chars().rev().find(|c| matches!(c, '.' | ','));
    let point = last.filter(|last| number.matches(*last).count() == 1);
    let is_doubtful = point.is_some_and(|point| point == ',' || may_have_commas);
    if is_doubtful && without_separator(number).is_some() {
        return None;
    }
    let (whole, decimals) = point.and_then(|it| number.split_once(it)).unwrap_or((number, ""));
    let whole = without_separator(whole).unwrap_or_else(|| whole.into());
    Some(if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") })
}

/// Joins groups of three digits; `None` if there are none.
fn without_separator(whole: &str) -> Option<String> {
    let separator = whole.chars().find(|c| ",. \u{a0}\u{202f}'’".contains(*c))?;
    let mut groups = whole.split(separator);
    let is_first = groups.next().is_some_and(|it| (1..=3).contains(&it.len()) && it != "0");
    (is_first && groups.all(|it| it.len() == 3)).then(|| whole.replace(separator, ""))
}

/// The names of some currencies: code, signs and words. A sign may belong to several.
const CURRENCIES: [&[&str]; 10] = [
    &["USD", "US$", "$", "美元"],
    &["CAD", "CA$", "C$", "$"],
    &["AUD", "AU$", "A$", "$"],
    &["HKD", "HK$", "$", "港元", "港币"],
    &["SGD", "SG$", "S$", "$"],
    &["TWD", "NT$", "$"],
    &["CNY", "RMB", "CN¥", "¥", "￥", "元", "人民币"],
    &["JPY", "JP¥", "¥", "￥", "日元"],
    &["EUR", "€", "欧元"],
    &["GBP", "£", "英镑"],
];

/// Whether two names may mean one currency.
pub fn may_be(one: &str, other: &str) -> bool {
    let is_among = |names: &&[&str], name| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    one.eq_ignore_ascii_case(other)
        || CURRENCIES.iter().any(|names| is_among(names, one) && is_among(names, other))
}

/// The currency that is named in several places: the last name counts.
fn sole_currency(names: [&str; 3]) -> Result<Option<String>, Problem> {
    let mut names = names.into_iter().filter(|name| !name.is_empty()).rev();
    let Some(last) = names.next() else {
        return Ok(None);
    };
    match names.find(|name| !may_be(name, last)) {
        Some(other) => Err(problem!(
            "the amount is in two currencies, {other} and {last}",
            "同一金额有两种币种：{other}、{last}"
        )),
        None => Ok(Some(last.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_bills_write_them() {
        for (text, expected) in [
            ("0.30", "0.30"),
            (" 0.30 ", "0.30"),
            ("-0.30", "-0.30"),
            ("−0.30", "-0.30"),
            ("0.30-", "-0.30"),
            ("(0.30)", "-0.30"),
            ("($0.30)", "-0.30 $"),
            ("-$0.30", "-0.30 $"),
            ("$-0.30", "-0.30 $"),
            ("+0.30", "0.30"),
            ("-0", "0"),
            ("3e-1", "0.3"),
            ("$0.30", "0.30 $"),
            ("￥1", "1 ￥"),
            ("0.30 元", "0.30 元"),
            ("US$ 1.5", "1.5 US$"),
            ("$1.5 usd", "1.5 usd"),
            ("0.30 JimiCoin", "0.30 JimiCoin"),
            ("1,234.50", "1234.50"),
            ("1,234,567", "1234567"),
            ("1.234,50", "1234.50"),
            ("1.234.567", "1234567"),
            ("1 234,5", "1234.5"),
            ("1'234.50", "1234.50"),
            ("0,30", "0.30"),
            ("0,300", "0.300"),
            ("12,3456", "12.3456"),
            ("0.30 USD", "0.30 USD"),
            ("CNY 2", "2 CNY"),
        ] {
            let (amount, currency) =
                read(text, "", false).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            let currency = currency.map(|it| format!(" {it}")).unwrap_or_default();
            assert_eq!(format!("{amount}{currency}"), expected, "{text}");
        }
        for text in [
            "",
            "x",
            "1,23,4",
            "1..2",
            "1,234.567,8",
            "--",
            "1 2",
            "0.3.0",
            "12 USD 3",
            "n/a",
            ".30",
            "5.",
            "(-0.30)",
            "--0.55",
            "-0.55-",
            "-$-1",
            "+-1",
            "(0.30)-",
        ] {
            assert!(read(text, "", false).unwrap_err().en.contains("not a valid amount"), "{text}");
        }
        for (text, may_have_commas) in
            [("1,234", false), ("12,345", false), ("-$1,234", false), ("1.234", true)]
        {
            let error = read(text, "", may_have_commas).unwrap_err();
            assert!(error.en.contains("in two ways"), "{text}");
        }
        for text in ["1.234", "0.300", "1,234.567"] {
            assert!(read(text, "", text != "1.234").is_ok(), "{text}");
        }
    }
}
