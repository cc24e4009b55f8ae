//! Reads amounts as bills write them.

use seedance_core::{Decimal, DecimalError};

use super::currency;
use crate::problem::Problem;
use crate::signed::Signed;

/// Reads an amount: a number, beside it at most one sign and a currency on either side, whatever word that is. A minus sign or
/// brackets around the whole mark a refund. Thousands separators are accepted if the amount can be read in only one way; in a
/// bill with decimal commas a point may be such a separator, too.
///
/// # Errors
/// When the text is not an amount, can be read as two different ones, or names two currencies.
pub fn read(text: &str, has_commas: bool) -> Result<(Signed, Option<String>), Problem> {
    let not_an_amount = |why: &str| Problem::not_an_amount(text, why);
    // In spreadsheets a leading apostrophe marks a cell as text.
    let bare = text.trim().trim_start_matches('\'');
    let in_brackets = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let bare = in_brackets.unwrap_or(bare);
    let number = number_in(bare);
    let (before, behind) = bare.split_once(number).unwrap_or_default();
    let mut minus = usize::from(in_brackets.is_some());
    let mut signs = minus;
    let mut currency = None;
    for beside in [before, behind] {
        minus += beside.matches(MINUS).count();
        signs += beside.matches(MINUS).count() + beside.matches('+').count();
        let word =
            beside.trim_matches(|c: char| c.is_whitespace() || c == '+' || MINUS.contains(&c));
        let is_label = |c: char| c.is_alphabetic() || c.is_whitespace() || "$€£¥￥₩₽".contains(c);
        if !word.chars().all(is_label) {
            return Err(not_an_amount(&DecimalError::NotADecimal.to_string()));
        }
        if ["CR", "DR"].iter().any(|credit| credit.eq_ignore_ascii_case(word)) {
            return Err(problem!(
                "`{word}` in the amount `{text}` may mean a credit or a debit; write a refund with a minus sign",
                "金额 `{text}` 中的 `{word}` 含义不明，退款请用负号表示"
            ));
        }
        currency = currency::joined(currency, currency::named(Some(word)))?;
    }
    if signs > 1 {
        return Err(problem!(
            "`{text}` is not a valid amount: it has more than one sign",
            "金额 `{text}` 无效：正负号不止一个"
        ));
    }
    if is_ambiguous(number, has_commas) {
        return Err(problem!(
            "the amount `{text}` can be read in two ways; write it without a thousands separator, or with a fourth decimal place",
            "金额 `{text}` 有两种读法，请去掉千位分隔符，或写出第四位小数"
        ));
    }
    let plain = without_separators(number).unwrap_or_else(|| number.to_owned());
    let amount: Decimal =
        plain.parse().map_err(|error: DecimalError| not_an_amount(&error.to_string()))?;
    Ok((Signed::new(amount, minus > 0), currency))
}

const MINUS: [char; 2] = ['-', '−'];

/// Whether an amount certainly has a comma as its decimal point.
pub fn has_decimal_comma(text: &str) -> bool {
    let number = number_in(text);
    let point = point_of(number).and_then(|point| number.get(point..));
    point.is_some_and(|point| point.starts_with(',')) && !is_ambiguous(number, false)
}

/// From the first digit to the last.
fn number_in(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_ascii_digit())
}

/// Whether a single comma may be a thousands separator or a decimal point, as in `1,234`; or a single point.
fn is_ambiguous(number: &str, may_be_point: bool) -> bool {
    let may_be = |separator: char, other: char| {
        let is_single = number.matches(separator).count() == 1 && !number.contains(other);
        is_single && groups(number, separator).is_some()
    };
    may_be(',', '.') || may_be_point && may_be('.', ',')
}

/// The place of the decimal point: the last of `.` and `,` if both occur, else the one that occurs exactly once.
fn point_of(number: &str) -> Option<usize> {
    match (number.rfind('.'), number.rfind(',')) {
        (Some(point), Some(comma)) => Some(point.max(comma)),
        (None, Some(comma)) if number.matches(',').count() == 1 => Some(comma),
        (Some(point), None) if number.matches('.').count() == 1 => Some(point),
        _ => None,
    }
}

/// Removes thousands separators and makes the decimal separator a point, as in `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`
/// and `0,30`. `None` if the text is not such a number.
fn without_separators(number: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let (whole, rest) = match point_of(number) {
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
            let (amount, currency) =
                read(text, false).unwrap_or_else(|error| panic!("{text}: {error:?}"));
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
            assert!(read(text, false).unwrap_err().en.contains("not a valid amount"), "{text}");
        }
        let signs = read("(-0.30)", false).unwrap_err();
        assert_eq!(signs.zh, "金额 `(-0.30)` 无效：正负号不止一个");
        for text in ["0.30CR", "Dr 0.30"] {
            assert!(read(text, false).unwrap_err().en.contains("may mean a credit"), "{text}");
        }
        for text in ["1,234", "12,345", "-$1,234"] {
            assert!(read(text, false).unwrap_err().en.contains("in two ways"), "{text}");
        }
    }

    #[test]
    fn a_point_in_a_bill_with_decimal_commas() {
        for text in ["0,30", "1.234,50 €", "-12,3456", "0,300"] {
            assert!(has_decimal_comma(text), "{text}");
        }
        for text in ["", "1,234", "1,234.50", "1,234,567", "0.30", "x, y"] {
            assert!(!has_decimal_comma(text), "{text}");
        }
        for text in ["1.234", "$12.345"] {
            assert!(read(text, true).unwrap_err().en.contains("in two ways"), "{text}");
            assert!(read(text, false).is_ok(), "{text}");
        }
        for text in ["0.300", "1.2340", "1.23", "1.234,5", "1234", "0,30"] {
            assert!(read(text, true).is_ok(), "{text}");
        }
    }
}
