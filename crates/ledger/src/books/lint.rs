//! Finds missing, misspelt, stale and implausible prices in a price book.

use std::collections::BTreeSet;

use itertools::Itertools;
use seedance_core::{BookWarning, Edition, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;
use time::Date;
use time::macros::format_description;

/// What is questionable about a valid price book.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Lint {
    /// Names that no route bills under.
    pub misspelt: Vec<BookWarning>,
    /// Names whose price is blank; only names that the jobs use, if jobs were given.
    pub to_fill_in: Vec<String>,
    /// Names that the book does not have; only names that the jobs use, if jobs were given.
    pub missing: Vec<String>,
    /// How many further names have no price but are not used by any job; `None` if no jobs were given.
    pub unused: Option<usize>,
    /// The age of the prices in days, if it exceeds the allowed age.
    pub stale_days: Option<u64>,
    /// How many days ahead the book's date is, if it is more than a day in the future.
    pub future_days: Option<u64>,
    /// Why the age of the prices is unknown.
    pub age_unknown: Option<AgeUnknown>,
    /// Pairs of billing names of one model where the smaller resolution costs more than the larger one.
    pub contradictory: Vec<Contradiction>,
    /// Names whose price is zero.
    pub free: Vec<String>,
}

/// Why the age of the prices is unknown.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeUnknown {
    /// The book has no `as_of`.
    NoDate,
    /// The `as_of` does not begin with a date such as 2026-07-01.
    NotADate,
}

/// Two billing names of one model whose prices contradict their resolutions.
#[derive(Debug, Serialize)]
pub struct Contradiction {
    /// The billing name of the smaller resolution, which costs more.
    pub smaller: String,
    /// The billing name of the larger resolution.
    pub larger: String,
}

impl Lint {
    /// Checks a book. `to_fill_in` lists the names whose price is still blank, `today` is the date that ages are counted to, and
    /// `used` holds the billing names of the jobs, if there are any.
    #[must_use]
    pub fn of(
        edition: Edition,
        book: &PriceBook,
        to_fill_in: Vec<String>,
        max_age_days: u64,
        today: Date,
        used: Option<&BTreeSet<String>>,
    ) -> Self {
        let free = book.prices().filter(|(_, price)| price.price.is_zero());
        let (day, age_unknown) = match book.as_of().map(date) {
            None => (None, Some(AgeUnknown::NoDate)),
            Some(None) => (None, Some(AgeUnknown::NotADate)),
            Some(day) => (day, None),
        };
        let age = day.map(|day| (today - day).whole_days());
        let days = |days: i64| u64::try_from(days).ok();
        let is_missing = |name: &String| book.price(name).is_none() && !to_fill_in.contains(name);
        let is_used = |name: &String| used.is_none_or(|used| used.contains(name));
        let (missing, unused): (Vec<String>, Vec<String>) =
            edition.billing_names().filter(is_missing).partition(is_used);
        let (to_fill_in, blank): (Vec<String>, Vec<String>) =
            to_fill_in.into_iter().partition(is_used);
        Self {
            misspelt: book.warnings().to_vec(),
            to_fill_in,
            missing,
            unused: used.map(|_| unused.len() + blank.len()),
            stale_days: age.and_then(days).filter(|age| *age > max_age_days),
            // One day is tolerated: in another time zone it may already be tomorrow.
            future_days: age.and_then(|age| days(-age)).filter(|days| *days > 1),
            age_unknown,
            contradictory: contradictions(edition, book),
            free: free.map(|(name, _)| name.into()).collect(),
        }
    }

    /// Whether nothing is wrong. An unknown age does not count, and a missing name only if jobs use it: a book need not list every name
    /// or have a date.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        (self.unused.is_none() || self.missing.is_empty())
            && self.misspelt.is_empty()
            && self.to_fill_in.is_empty()
            && self.stale_days.is_none()
            && self.future_days.is_none()
            && self.contradictory.is_empty()
            && self.free.is_empty()
    }
}

/// Compares the prices of names that differ only in their resolution.
fn contradictions(edition: Edition, book: &PriceBook) -> Vec<Contradiction> {
    let resolutions = edition.models().flat_map(|(route, model)| {
        model.resolution(route).offered.iter().copied().chain(model.delivers)
    });
    let resolutions = resolutions.collect_vec();
    // Orders 480p, 720p, 1080p, 2k, 4k.
    let size = |resolution: &'static str| (resolution.ends_with('k'), resolution.len(), resolution);
    let priced = edition.billing_names().filter_map(|name| {
        let resolution = resolutions.iter().copied().find(|it| name.contains(it))?;
        Some((name.replace(resolution, ""), size(resolution), book.price(&name)?.price, name))
    });
    let pairs = priced.sorted().tuple_windows();
    let contradictory = pairs.filter(|(lower, higher)| lower.0 == higher.0 && lower.2 > higher.2);
    contradictory.map(|((.., smaller), (.., larger))| Contradiction { smaller, larger }).collect()
}

/// Parses the date that a label begins with.
fn date(label: &str) -> Option<Date> {
    let label = label.trim();
    let (date, rest) = label.split_at_checked(10)?;
    let is_longer_number = rest.starts_with(|next: char| next.is_ascii_digit());
    let read = Date::parse(date, format_description!("[year]-[month]-[day]")).ok();
    read.filter(|_| !is_longer_number)
}

#[cfg(test)]
mod tests {
    use seedance_core::{Decimal, table::Unit};
    use time::macros::date;

    use super::*;

    #[test]
    fn no_larger_resolution_is_cheaper() {
        let mut book = PriceBook::new("USD").unwrap();
        let names = ["sd2_mx_720p", "sd2_mx_1080p", "sd2_mx_2k", "sd2_mx_4k"];
        for (name, price) in names.into_iter().zip(["4", "3", "2", "1"]) {
            book.insert(name, (price.parse::<Decimal>().unwrap(), Unit::Second)).unwrap();
        }
        let found = contradictions(Edition::V2026_07, &book);
        let found = found.iter().map(|it| (it.smaller.as_str(), it.larger.as_str()));
        assert_eq!(found.collect_vec(), names.into_iter().tuple_windows().collect_vec());
    }

    #[test]
    fn reads_dates() {
        for (label, expected) in [
            ("1970-01-01", Some(date!(1970 - 01 - 01))),
            ("2000-02-29", Some(date!(2000 - 02 - 29))),
            ("2026-07-01, made up", Some(date!(2026 - 07 - 01))),
            ("2026-13-01", None),
            ("2026-02-29", None),
            ("2026-04-31", None),
            ("July 2026", None),
            ("made up", None),
            ("２０２６-07-01", None),
            ("2026-08-244", None),
            ("2026-+8-04", None),
            ("2026-08-2", None),
        ] {
            assert_eq!(date(label), expected, "{label}");
        }
    }
}
