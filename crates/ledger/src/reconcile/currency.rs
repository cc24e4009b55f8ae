//! Currencies as bills name them: by a code, a sign or a word.

use crate::problem::Problem;

/// Signs and words, each with the currencies that it may stand for.
const WORDS: [(&str, &[&str]); 29] = [
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"]),
    ("US$", &["USD"]),
    ("CA$", &["CAD"]),
    ("C$", &["CAD"]),
    ("AU$", &["AUD"]),
    ("A$", &["AUD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("SG$", &["SGD"]),
    ("S$", &["SGD"]),
    ("NT$", &["TWD"]),
    ("美元", &["USD"]),
    ("港元", &["HKD"]),
    ("港币", &["HKD"]),
    ("€", &["EUR"]),
    ("欧元", &["EUR"]),
    ("£", &["GBP"]),
    ("英镑", &["GBP"]),
    ("¥", &["CNY", "CNH", "JPY"]),
    ("￥", &["CNY", "CNH", "JPY"]),
    ("CN¥", &["CNY"]),
    ("JP¥", &["JPY"]),
    ("日元", &["JPY"]),
    ("元", &["CNY", "CNH"]),
    ("人民币", &["CNY"]),
    ("RMB", &["CNY"]),
    ("₩", &["KRW"]),
    ("韩元", &["KRW"]),
    ("₽", &["RUB"]),
];

/// The currencies that a name may stand for; a code or an unknown word stands for itself.
fn meant<'a>(name: &'a &'a str) -> &'a [&'a str] {
    let word = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name));
    word.map_or(std::slice::from_ref(name), |(_, codes)| codes)
}

/// Whether two names may stand for one currency.
pub fn may_be(one: &str, other: &str) -> bool {
    let codes = meant(&other);
    let is_other = |code: &&str| codes.iter().any(|other| other.eq_ignore_ascii_case(code));
    meant(&one).iter().any(is_other)
}

/// The currency that a bill names: its code, if the name stands for one only. `None` if the name is blank.
pub fn named(name: Option<&str>) -> Option<String> {
    let name = name?.trim().replace('￥', "¥");
    let is_code = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    match meant(&name.as_str()) {
        [""] => None,
        [code] if is_code => Some(code.to_ascii_uppercase()),
        [code] => Some((*code).into()),
        _ => Some(name),
    }
}

/// The currency that is named in two places: by the name that may stand for fewer currencies.
///
/// # Errors
/// When the names stand for two currencies.
pub fn joined(one: Option<String>, other: Option<String>) -> Result<Option<String>, Problem> {
    let meanings = |name: &String| meant(&name.as_str()).len();
    match (one, other) {
        (Some(one), Some(other)) if !may_be(&one, &other) => Err(problem!(
            "the amount is in two currencies, {one} and {other}",
            "同一金额有两种币种：{one}、{other}"
        )),
        // A sign may stand for several currencies: the other name then says more.
        (Some(one), Some(other)) if meanings(&one) > meanings(&other) => Ok(Some(other)),
        (one, other) => Ok(one.or(other)),
    }
}
