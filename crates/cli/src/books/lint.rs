//! What is missing from a price book, misspelt, stale, or against all experience.

use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use seedance_batch::plural;
use seedance_core::table::{Route, billing_names, models};
use seedance_core::{Decimal, Lang, PriceBook};
use serde::Serialize;

use crate::plain::plain;

const SECONDS_PER_DAY: u64 = 86_400;

/// Everything that is odd about a valid price book.
#[derive(Debug, Serialize)]
pub struct Lint {
    /// Names that no route has.
    pub misspelt: Vec<Misspelt>,
    /// Names without a price.
    pub missing: Vec<String>,
    /// How old the prices are, where that is more than allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale_days: Option<u64>,
    /// In how many days they will be valid, where their date is yet to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub future_days: Option<u64>,
    /// Why the age is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_unknown: Option<AgeUnknown>,
    /// A smaller resolution that costs more than a larger one of the same model.
    pub contradictory: Vec<Contradiction>,
    /// Names that are free.
    pub free: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Misspelt {
    pub name: String,
    pub suggestions: Vec<String>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeUnknown {
    /// There is no `as_of`.
    NoDate,
    /// It does not begin with a date such as 2026-07-01.
    NotADate,
}

#[derive(Debug, Serialize)]
pub struct Contradiction {
    pub smaller: String,
    pub larger: String,
}

impl Lint {
    pub fn of(book: &PriceBook, max_age_days: u64) -> Self {
        let misspelt = book.warnings().iter();
        let free = book.prices().filter(|(_, price)| price.price.is_zero());
        let (day, age_unknown) = match book.as_of().map(date) {
            None => (None, Some(AgeUnknown::NoDate)),
            Some(None) => (None, Some(AgeUnknown::NotADate)),
            Some(day) => (day, None),
        };
        let today = today();
        let age = day.and_then(|day| today.checked_sub(day));
        Self {
            misspelt: misspelt
                .map(|warning| Misspelt {
                    name: warning.name.clone(),
                    suggestions: warning.suggestions.clone(),
                })
                .collect(),
            missing: billing_names()
                .filter(|name| book.price(name).is_none())
                .collect(),
            stale_days: age.filter(|age| *age > max_age_days),
            future_days: day
                .and_then(|day| day.checked_sub(today))
                .filter(|days| *days > 0),
            age_unknown,
            contradictory: contradictions(book),
            free: free.map(|(name, _)| name.into()).collect(),
        }
    }

    /// Whether nothing is wrong; names without a price are a choice.
    pub fn is_clean(&self) -> bool {
        self.misspelt.is_empty()
            && self.stale_days.is_none()
            && self.future_days.is_none()
            && self.contradictory.is_empty()
            && self.free.is_empty()
    }
}

fn contradictions(book: &PriceBook) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for names in ladders() {
        let priced = names
            .into_iter()
            .filter_map(|name| book.price(&name).map(|price| (name, price.price)));
        let priced: Vec<(String, Decimal)> = priced.collect();
        for pair in priced.windows(2) {
            if let [(smaller, price), (larger, higher)] = pair
                && price > higher
            {
                found.push(Contradiction {
                    smaller: smaller.clone(),
                    larger: larger.clone(),
                });
            }
        }
    }
    found
}

/// Billing names that differ in the resolution alone, which goes up.
fn ladders() -> Vec<Vec<String>> {
    let mut ladders: Vec<Vec<String>> = Vec::new();
    let mut last: Option<(&Route, usize)> = None;
    for (route, model) in models() {
        // Where a model has one resolution, the next larger one is the next model's, and the first begins anew.
        let size = route
            .models
            .iter()
            .position(|other| other.delivers == model.delivers)
            .unwrap_or(0);
        let names = model.billing_names(route);
        let goes_up = last.is_some_and(|(of, smaller)| of.id == route.id && smaller < size);
        match ladders.last_mut().filter(|_| goes_up) {
            Some(ladder) => ladder.extend(names),
            None => ladders.push(names),
        }
        last = Some((route, size));
    }
    ladders
}

/// Days since 1970 of the date at the beginning of a label.
fn date(label: &str) -> Option<u64> {
    let label = label.trim();
    let (date, rest) = label.split_at_checked(10)?;
    let is_date = date.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !is_date || rest.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let mut parts = date.split('-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1970..=9999).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    // Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era).checked_sub(719_468)
}

fn today() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / SECONDS_PER_DAY)
}

/// The lint for people.
pub fn show_lint(lint: &Lint, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut shown = String::new();
    for misspelt in &lint.misspelt {
        let name = plain(&misspelt.name);
        let meant = misspelt.suggestions.join(", ");
        let _ = match (meant.is_empty(), zh) {
            (false, true) => writeln!(
                shown,
                "名称有误：没有任何线路会产生 `{name}`；相近的名称：{meant}"
            ),
            (false, false) => writeln!(shown, "misspelt: no route has `{name}`; near it: {meant}"),
            (true, true) => writeln!(shown, "名称有误：没有任何线路会产生 `{name}`"),
            (true, false) => writeln!(shown, "misspelt: no route has `{name}`"),
        };
    }
    for pair in &lint.contradictory {
        let _ = match zh {
            true => writeln!(
                shown,
                "价格矛盾：`{}` 比分辨率更高的 `{}` 还贵",
                pair.smaller, pair.larger
            ),
            false => writeln!(
                shown,
                "contradictory: `{}` costs more than the larger `{}`",
                pair.smaller, pair.larger
            ),
        };
    }
    for name in &lint.free {
        let name = plain(name);
        let _ = if zh {
            writeln!(shown, "价格为零：`{name}`")
        } else {
            writeln!(shown, "free: `{name}` has the price 0")
        };
    }
    if let Some(days) = lint.stale_days {
        let _ = if zh {
            writeln!(shown, "过期：价格已有 {days} 天")
        } else {
            writeln!(shown, "stale: the prices are {} old", plural(days, "day"))
        };
    }
    if let Some(days) = lint.future_days {
        let _ = if zh {
            writeln!(shown, "日期在未来：`as_of` 还有 {days} 天才到")
        } else {
            writeln!(
                shown,
                "from the future: `as_of` is {} ahead",
                plural(days, "day")
            )
        };
    }
    match (lint.age_unknown, zh) {
        (None, _) => {}
        (Some(AgeUnknown::NoDate), false) => {
            shown.push_str("note: without `as_of` nobody knows how old the prices are\n")
        }
        (Some(AgeUnknown::NoDate), true) => {
            shown.push_str("提示：没有 `as_of`，无法得知价格日期\n")
        }
        (Some(AgeUnknown::NotADate), false) => {
            shown.push_str("note: `as_of` does not begin with a date such as 2026-07-01\n")
        }
        (Some(AgeUnknown::NotADate), true) => {
            shown.push_str("提示：`as_of` 开头不是 2026-07-01 这样的日期\n")
        }
    }
    if !lint.missing.is_empty() {
        let missing = lint.missing.join(", ");
        let _ = if zh {
            writeln!(shown, "没有价格：{missing}")
        } else {
            writeln!(shown, "without a price: {missing}")
        };
    }
    if lint.is_clean() {
        shown.push_str(match (lint.missing.is_empty(), zh) {
            (true, false) => "nothing is wrong\n",
            (true, true) => "没有发现问题\n",
            (false, false) => "nothing is wrong with the prices that are there\n",
            (false, true) => "已有的价格没有发现问题\n",
        });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates() {
        for (label, days) in [
            ("1970-01-01", Some(0)),
            ("2000-02-29", Some(11_016)),
            ("2000-03-01", Some(11_017)),
            ("2026-07-01, made up", Some(20_635)),
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
            assert_eq!(date(label), days, "{label}");
        }
    }
}
