//! Amounts as bills write them.

use seedance_core::{Decimal, DecimalError};

use crate::problem::Problem;
use crate::signed::Signed;

/// Reads an amount and the currency that is written with it: with a sign or in brackets where it is a refund, with thousands
/// separators where they cannot be anything else.
///
/// # Errors
/// When it is no number, or one of two.
pub fn read(text: &str) -> Result<(Signed, Option<String>), Problem> {
    // A spreadsheet writes an apostrophe before what it should take for text.
    let bare = text.trim().trim_start_matches('\'');
    let in_brackets = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (bare, mut is_negative) = (in_brackets.unwrap_or(bare), in_brackets.is_some());
    let is_label = |c: char| c.is_alphabetic() || "$€£¥￥₩₽".contains(c) || c.is_whitespace();
    let mut label = String::new();
    let mut rest = bare;
    // A sign may stand before or behind the currency, and behind the number.
    for _ in 0..2 {
        for sign in ['-', '−', '+'] {
            let unsigned = rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign));
            if let Some(unsigned) = unsigned {
                is_negative ^= sign != '+';
                rest = unsigned;
                break;
            }
        }
        let number = rest.trim_matches(is_label);
        if let Some((before, behind)) = rest.split_once(number).filter(|_| !number.is_empty()) {
            label.push_str(before.trim());
            label.push_str(behind.trim());
            rest = number;
        }
    }
    if is_ambiguous(rest) {
        return Err(Problem::AmbiguousAmount { amount: text.to_owned() });
    }
    let plain = without_separators(rest).unwrap_or_else(|| rest.to_owned());
    let amount: Decimal = plain.parse().map_err(|error: DecimalError| Problem::NotAnAmount {
        amount: text.to_owned(),
        error: error.to_string(),
    })?;
    let is_code = label.len() == 3 && label.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_named = is_code || SIGNS.iter().any(|(sign, _)| *sign == label);
    Ok((Signed::new(amount, is_negative), is_named.then_some(label)))
}

/// The currencies that a sign may stand for, the most likely first.
const SIGNS: [(&str, &[&str]); 8] = [
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"]),
    ("US$", &["USD"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["CNY", "RMB", "CNH", "JPY"]),
    ("￥", &["CNY", "RMB", "CNH", "JPY"]),
    ("元", &["CNY", "RMB", "CNH"]),
    ("₩", &["KRW"]),
];

/// Whether what a bill names may be the currency of a price book: the same, or a sign of it. What a sign stands for is known of
/// these currencies alone, so that it does not speak against a book in points, say.
pub fn may_be(named: &str, currency: &str) -> bool {
    /// A code stands for itself.
    fn meant<'a>(name: &'a &'a str) -> &'a [&'a str] {
        let sign = SIGNS.iter().find(|(sign, _)| sign == name);
        sign.map_or(std::slice::from_ref(name), |(_, codes)| codes)
    }
    let codes = meant(&currency);
    let is_known = |code: &&str| SIGNS.iter().any(|(_, codes)| codes.contains(code));
    let is_sign = SIGNS.iter().any(|(sign, _)| *sign == named);
    meant(&named).iter().any(|code| codes.contains(code)) || is_sign && !codes.iter().any(is_known)
}

/// Whether a single comma may part thousands as well as tenths: `1,234` can be read in two ways.
fn is_ambiguous(number: &str) -> bool {
    let is_single = number.matches(',').count() == 1 && !number.contains('.');
    is_single && groups(number, ',').is_some()
}

/// The number with nothing but its point: `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50` and `0,30` can be read in one way. `None`
/// where it has none.
fn without_separators(number: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    // What stands once, or last of both, is the point.
    let point = match (number.rfind('.'), number.rfind(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (None, Some(comma)) if number.matches(',').count() == 1 => Some(comma),
        (Some(point), None) if number.matches('.').count() == 1 => Some(point),
        _ => None,
    };
    let (whole, rest) = match point {
        Some(point) => (number.get(..point)?, number.get(point + 1..)),
        None => (number, None),
    };
    let whole = match whole.chars().find(|c| !c.is_ascii_digit()) {
        None => whole.to_owned(),
        Some(separator) if is_separator(separator) => groups(whole, separator)?,
        Some(_) => return None,
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    match rest {
        Some(rest) if is_digits(rest) => Some(format!("{whole}.{rest}")),
        Some(_) => None,
        None => Some(whole),
    }
}

/// The digits without their separators, where these part groups of three.
fn groups(number: &str, separator: char) -> Option<String> {
    let mut groups = number.split(separator);
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next()?;
    let is_first = (1..=3).contains(&first.len()) && is_digits(first) && first != "0";
    let are_groups = groups.all(|group| group.len() == 3 && is_digits(group));
    (is_first && are_groups).then(|| number.replace(separator, ""))
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
            ("$0.30", "0.30 $"),
            ("￥1", "1 ￥"),
            ("0.30 元", "0.30 元"),
            ("US$ 1.5", "1.5 US$"),
            ("'0.30", "0.30"),
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
            let (amount, currency) = read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            let currency = currency.map(|it| format!(" {it}")).unwrap_or_default();
            assert_eq!(format!("{amount}{currency}"), expected, "{text}");
        }
        for text in ["", "x", "1,23,4", "1..2", "1,234.567,8", "--", "1 2", "0.3.0", "12 USD 3"] {
            assert!(matches!(read(text), Err(Problem::NotAnAmount { .. })), "{text}");
        }
        for text in ["1,234", "12,345", "-$1,234"] {
            assert!(matches!(read(text), Err(Problem::AmbiguousAmount { .. })), "{text}");
        }
    }
}
