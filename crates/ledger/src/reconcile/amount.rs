//! Reads amounts as bills write them.

use seedance_core::{Decimal, DecimalError};

use super::currency;
use crate::problem::Problem;
use crate::signed::Signed;

/// Reads an amount and the currency that is written with it, if any: whatever word stands beside the number. A minus sign or
/// brackets mark a refund; thousands separators are accepted if the amount can be read in only one way.
///
/// # Errors
/// When the text is not a number, can be read as two different ones, or names two currencies.
pub fn read(text: &str) -> Result<(Signed, Option<String>), Problem> {
    // In spreadsheets a leading apostrophe marks a cell as text.
    let bare = text.trim().trim_start_matches('\'');
    let in_brackets = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (bare, mut is_negative) = (in_brackets.unwrap_or(bare), in_brackets.is_some());
    let is_label = |c: char| c.is_alphabetic() || "$€£¥￥₩₽".contains(c) || c.is_whitespace();
    let mut currency = None;
    let mut rest = bare;
    // Two passes: a minus sign may be outside the currency or between the currency and the number.
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
            for word in [before, behind] {
                currency = currency::joined(currency, currency::named(Some(word)))?;
            }
            rest = number;
        }
    }
    if is_ambiguous(rest) {
        return Err(problem!(
            "the amount `{text}` can be read in two ways; write it without a thousands separator",
            "金额 `{text}` 有两种读法，请去掉千位分隔符"
        ));
    }
    let plain = without_separators(rest).unwrap_or_else(|| rest.to_owned());
    let not_an_amount = |error: DecimalError| Problem::not_an_amount(text, &error.to_string());
    let amount: Decimal = plain.parse().map_err(not_an_amount)?;
    Ok((Signed::new(amount, is_negative), currency))
}

/// Whether a single comma may be a thousands separator or a decimal point, as in `1,234`.
fn is_ambiguous(number: &str) -> bool {
    let is_single = number.matches(',').count() == 1 && !number.contains('.');
    is_single && groups(number, ',').is_some()
}

/// Removes thousands separators and makes the decimal separator a point, as in `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`
/// and `0,30`. `None` if the text is not such a number.
fn without_separators(number: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    // The decimal point is the last of `.` and `,` if both occur, else the one that occurs exactly once.
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

/// Removes the separators; `None` unless they separate groups of three digits.
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
            ("￥1", "1 ¥"),
            ("0.30 元", "0.30 元"),
            ("US$ 1.5", "1.5 USD"),
            ("$1.5 usd", "1.5 USD"),
            ("0.30 JimiCoin", "0.30 JimiCoin"),
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
            assert!(read(text).unwrap_err().en.contains("not a valid amount"), "{text}");
        }
        for text in ["1,234", "12,345", "-$1,234"] {
            assert!(read(text).unwrap_err().en.contains("in two ways"), "{text}");
        }
    }
}
