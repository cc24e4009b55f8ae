//! What is missing from a price book, misspelt, stale, or against all experience.

use std::collections::BTreeSet;

use itertools::Itertools;
use seedance_core::{BookWarning, Edition, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;
use time::Date;
use time::macros::format_description;

/// Everything that is odd about a valid price book.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Lint {
    /// Names that no route has.
    pub misspelt: Vec<BookWarning>,
    /// Names whose price is blank; of the jobs' names, where jobs were given.
    pub to_fill_in: Vec<String>,
    /// Names without a price; of the jobs' names, where jobs were given.
    pub missing: Vec<String>,
    /// How many further names have no price, which no job needs.
    pub unused: Option<usize>,
    /// How old the prices are, where that is more than allowed.
    pub stale_days: Option<u64>,
    /// In how many days they will be valid, where their date is yet to come.
    pub future_days: Option<u64>,
    /// Why the age is not known.
    pub age_unknown: Option<AgeUnknown>,
    /// A smaller resolution that costs more than a larger one of the same model.
    pub contradictory: Vec<Contradiction>,
    /// Names that are free.
    pub free: Vec<String>,
}

/// Why nobody knows how old the prices are.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeUnknown {
    /// There is no `as_of`.
    NoDate,
    /// It does not begin with a date such as 2026-07-01.
    NotADate,
}

/// Two billing names of one model whose prices contradict their resolutions.
#[derive(Debug, Serialize)]
pub struct Contradiction {
    /// That of the smaller resolution, which costs more.
    pub smaller: String,
    /// That of the larger one.
    pub larger: String,
}

impl Lint {
    /// `to_fill_in` are the names whose price is still blank, `today` is the day on which the book is looked at, and `used` what the
    /// jobs are billed by, where there are jobs.
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
        // Somewhere it may be tomorrow already.
        let ahead = age.map(|age| -age).filter(|days| *days > 1);
        let days = |days: i64| u64::try_from(days).ok().filter(|days| *days > 0);
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
            future_days: ahead.and_then(days),
            age_unknown,
            contradictory: contradictions(edition, book),
            free: free.map(|(name, _)| name.into()).collect(),
        }
    }

    /// Whether nothing is wrong; names without a price are a choice.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.misspelt.is_empty()
            && self.to_fill_in.is_empty()
            && self.stale_days.is_none()
            && self.future_days.is_none()
            && self.contradictory.is_empty()
            && self.free.is_empty()
    }
}

fn contradictions(edition: Edition, book: &PriceBook) -> Vec<Contradiction> {
    let ladders = ladders(edition).into_iter().flat_map(|names| {
        let priced = names.into_iter().filter_map(|name| Some((book.price(&name)?.price, name)));
        priced.tuple_windows().collect_vec()
    });
    let contradictory = ladders.filter(|((price, _), (higher, _))| price > higher);
    contradictory.map(|((_, smaller), (_, larger))| Contradiction { smaller, larger }).collect()
}

/// Billing names that differ in the resolution alone, which goes up.
fn ladders(edition: Edition) -> Vec<Vec<String>> {
    let rungs = edition.models().map(|(route, model)| {
        // Where a model has one resolution, the next larger one is the next model's, and the first begins anew.
        let size = route.models.iter().position(|other| other.delivers == model.delivers);
        (route.id, size, model.billing_names(route))
    });
    let ladders = rungs.coalesce(|lower, higher| {
        if lower.0 != higher.0 || lower.1 >= higher.1 {
            return Err((lower, higher));
        }
        Ok((higher.0, higher.1, [lower.2, higher.2].concat()))
    });
    ladders.map(|(_, _, names)| names).collect()
}

/// The date at the beginning of a label.
fn date(label: &str) -> Option<Date> {
    let label = label.trim();
    let (date, rest) = label.split_at_checked(10)?;
    let is_longer_number = rest.starts_with(|next: char| next.is_ascii_digit());
    let read = Date::parse(date, format_description!("[year]-[month]-[day]")).ok();
    read.filter(|_| !is_longer_number)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

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
