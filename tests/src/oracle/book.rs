//! Price books by the contract: how they are read, and which are refused.

use rust_decimal::Decimal;

use super::json::{Json, is_number, nearest};
use super::request::is_blank;
use super::{Edition, table};

/// The unit prices of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Any text that is not blank.
    pub currency: String,
    /// An optional label, such as a date.
    pub as_of: Option<String>,
    /// Billing names and their prices, in the order of the book.
    pub prices: Vec<(String, Decimal)>,
    /// Names that no route can bill under.
    pub strangers: Vec<String>,
}

impl Book {
    /// The price of this exact name.
    #[must_use]
    pub fn price(&self, name: &str) -> Option<Decimal> {
        self.prices.iter().find(|(known, _)| known == name).map(|(_, price)| *price)
    }
}

/// Reads a price book.
///
/// # Errors
/// If the contract calls it an input error, with the entry's name.
// Chosen: `prices` is required, and no member may be `null`: the page allows that only for facts.
pub fn read(edition: Edition, json: &Json) -> Result<Book, String> {
    let members = object(json, "the book", &["currency", "as_of", "prices"])?;
    let member =
        |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let label = |wanted: &str| match member(wanted) {
        None => Ok(None),
        Some(Json::String(text)) if !is_blank(text) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{wanted} is blank or no string")),
    };
    let currency = label("currency")?.ok_or("no currency")?;
    let Some(Json::Object(entries)) = member("prices") else {
        return Err("no prices".into());
    };
    let mut prices: Vec<(String, Decimal)> = Vec::new();
    for (name, entry) in entries {
        if prices.iter().any(|(before, _)| before == name) {
            return Err(format!("{name} is given twice"));
        }
        prices.push((name.clone(), price(edition, name, entry)?));
    }
    let producible = table::billing_names(edition);
    let strangers = prices
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !producible.iter().any(|(known, _)| known == *name))
        .cloned()
        .collect();
    Ok(Book { currency, as_of: label("as_of")?, prices, strangers })
}

fn object<'a>(json: &'a Json, place: &str, known: &[&str]) -> Result<&'a [(String, Json)], String> {
    let Json::Object(members) = json else {
        return Err(format!("{place} is no object"));
    };
    for (index, (name, _)) in members.iter().enumerate() {
        if !known.contains(&name.as_str())
            || members[..index].iter().any(|(before, _)| before == name)
        {
            return Err(format!("{place}: unknown or repeated member {name}"));
        }
    }
    Ok(members)
}

fn price(edition: Edition, name: &str, entry: &Json) -> Result<Decimal, String> {
    let Json::Object(_) = entry else {
        return amount(name, entry);
    };
    let members = object(entry, name, &["price", "per"])?;
    let price = members
        .iter()
        .find(|(member, _)| member == "price")
        .ok_or_else(|| format!("{name}: no price"))?;
    if let Some((_, per)) = members.iter().find(|(member, _)| member == "per") {
        let Json::String(per) = per else {
            return Err(format!("{name}: per is no string"));
        };
        let unit = table::billing_names(edition)
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, unit)| unit);
        let units = ["second", "task", "million-tokens"];
        if !units.contains(&per.as_str()) || unit.is_some_and(|unit| unit != per) {
            return Err(format!("{name}: per {per}"));
        }
    }
    amount(name, &price.1)
}

fn amount(name: &str, json: &Json) -> Result<Decimal, String> {
    let plain = match json {
        Json::String(text) => expand(text),
        // "Taken by its shortest decimal spelling."
        Json::Number(spelt) => expand(&format!("{}", nearest(spelt))),
        _ => None,
    };
    plain.and_then(|plain| plain.parse().ok()).ok_or_else(|| format!("{name}: no price"))
}

/// A number of JSON's grammar without a sign, in plain decimal notation with at most 12 digits before and 12 after the point.
// Chosen: leading zeros before the point do not count as digits.
#[must_use]
pub fn expand(text: &str) -> Option<String> {
    if !is_number(text) {
        return None;
    }
    let (coefficient, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = coefficient.split_once('.').unwrap_or((coefficient, ""));
    let digits = format!("{whole}{fraction}");
    let exponent: i64 = exponent.parse().ok()?;
    // How many digits are after the point once the exponent is applied.
    let after = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    let zero = digits.bytes().all(|b| b == b'0');
    if after > 12 || (after < -12 && !zero) {
        return None;
    }
    let after = if zero { after.max(0) } else { after };
    let digits = if after < 0 {
        format!("{digits}{}", "0".repeat(after.unsigned_abs().try_into().ok()?))
    } else {
        digits
    };
    let scale = usize::try_from(after.max(0)).ok()?;
    let padded = format!("{}{digits}", "0".repeat(scale));
    let (before, behind) = padded.split_at(padded.len() - scale);
    let before = before.trim_start_matches('0');
    if before.len() > 12 {
        return None;
    }
    let before = if before.is_empty() { "0" } else { before };
    Some(if scale == 0 { before.to_owned() } else { format!("{before}.{behind}") })
}
