//! The summary of a batch.

use seedance_core::{Decimal, Lang, Quote, Report};
use serde_json::{Value, json};

/// Counts and totals of a part of a batch; parts can be added in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    accepted: u64,
    refused: u64,
    exact: u64,
    range: u64,
    at_least: u64,
    not_priceable: u64,
    errors: u64,
    /// The exact sums of the lower and of the upper ends of all amounts; [`Decimal::MAX`] once a sum no longer fits.
    min: Decimal,
    max: Decimal,
}

impl Tally {
    /// Counts a report.
    pub fn report(&mut self, report: &Report<'_>) {
        match report.accepted {
            true => self.accepted += 1,
            false => self.refused += 1,
        }
    }

    /// Counts a quote and adds its amounts.
    pub fn quote(&mut self, quote: &Quote) {
        match quote {
            Quote::Exact(_) => self.exact += 1,
            Quote::Range(_) => self.range += 1,
            Quote::AtLeast(_) => self.at_least += 1,
            _ => self.not_priceable += 1,
        }
        if let Some(lowest) = quote.lowest() {
            self.add_amounts(lowest, quote.highest().unwrap_or(lowest));
        }
    }

    fn add_amounts(&mut self, min: Decimal, max: Decimal) {
        self.min = self.min.checked_add(min).unwrap_or(Decimal::MAX);
        self.max = self.max.checked_add(max).unwrap_or(Decimal::MAX);
    }

    /// Whether the sums are exact. The upper sum is never the smaller one, so it is the first that no longer fits.
    fn adds_up(&self) -> bool {
        self.max != Decimal::MAX
    }

    /// Counts a line that is not a job.
    pub fn error(&mut self) {
        self.errors += 1;
    }

    /// Adds the counts and totals of another part of the batch.
    pub fn add(&mut self, other: &Self) {
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.exact += other.exact;
        self.range += other.range;
        self.at_least += other.at_least;
        self.not_priceable += other.not_priceable;
        self.errors += other.errors;
        self.add_amounts(other.min, other.max);
    }

    /// Whether every line was accepted or priced.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.refused == 0 && self.not_priceable == 0 && self.errors == 0
    }

    /// The summary as one sentence: of a batch of quotes in this currency or, without a currency, of a batch of checks.
    pub fn in_words(&self, currency: Option<&str>, lang: Lang) -> String {
        let Self { accepted, refused, exact, range, at_least, not_priceable, errors, .. } = self;
        let priced = exact + range + at_least;
        let jobs = accepted + refused + priced + not_priceable + errors;
        let [en_jobs, en_errors, en_range] = [(jobs, "job"), (*errors, "error"), (*range, "range")]
            .map(|(it, noun)| plural(it, noun));
        let Some(currency) = currency else {
            return lang.pick(
                format!("{en_jobs}: {accepted} accepted, {refused} not accepted, {en_errors}"),
                format!(
                    "共 {jobs} 个请求：{accepted} 个校验通过，{refused} 个校验未通过，{errors} 个出错"
                ),
            );
        };
        let total = self.total(currency, lang);
        lang.pick(
            format!(
                "{en_jobs}: {priced} priced ({exact} exact, {en_range}, {at_least} minimum only), {not_priceable} not priceable, {en_errors}; {total}"
            ),
            format!(
                "共 {jobs} 个请求：{priced} 个已报价（{exact} 个确切价，{range} 个区间价，{at_least} 个仅有下限），{not_priceable} 个无法报价，{errors} 个出错；{total}"
            ),
        )
    }

    /// The summary for programs: of a batch of quotes in this currency or, without a currency, of a batch of checks. An end of
    /// the total that is not known is `null`.
    pub fn in_numbers(&self, currency: Option<&str>) -> Value {
        let Self { accepted, refused, exact, range, at_least, not_priceable, errors, .. } = self;
        // In alphabetical order, which serde_json has anyway unless a program switches on its feature `preserve_order`.
        let Some(currency) = currency else {
            return json!({ "accepted": accepted, "errors": errors, "refused": refused });
        };
        let min = self.adds_up().then_some(self.min);
        let max = Some(self.max).filter(|_| self.adds_up() && *at_least == 0);
        json!({
            "at_least": at_least,
            "currency": currency,
            "errors": errors,
            "exact": exact,
            "not_priceable": not_priceable,
            "range": range,
            "total": { "max": max, "min": min },
        })
    }

    fn total(&self, currency: &str, lang: Lang) -> String {
        if !self.adds_up() {
            return lang.pick("the total is too large to add up", "合计过大，无法相加").into();
        }
        let (total, min, max) = (lang.pick("total", "合计"), self.min, self.max);
        match (self.at_least > 0, min == max) {
            (false, true) => format!("{total} {max} {currency}"),
            (false, false) => format!("{total} {min} {} {max} {currency}", lang.pick("to", "至")),
            (true, _) => format!("{total}{} {min} {currency}", lang.pick(" at least", "至少")),
        }
    }
}

/// A count with its English noun: `1 job`, `2 jobs`.
#[must_use]
pub fn plural(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(amount: &str) -> Tally {
        let amount = amount.parse().unwrap();
        Tally { exact: 1, min: amount, max: amount, ..Tally::default() }
    }

    #[test]
    fn a_total_is_exact_or_none() {
        let mut tally = exact("0.50");
        tally.add(&exact("1.250"));
        assert_eq!(
            tally.in_words(Some("USD"), Lang::En),
            "2 jobs: 2 priced (2 exact, 0 ranges, 0 minimum only), 0 not priceable, 0 errors; total 1.750 USD"
        );
        tally.add(&exact("340282366920938463463374607431768211454"));
        tally.add(&exact("0.1"));
        assert_eq!(
            tally.in_words(Some("USD"), Lang::Zh),
            "共 4 个请求：4 个已报价（4 个确切价，0 个区间价，0 个仅有下限），0 个无法报价，0 个出错；合计过大，无法相加"
        );
        let numbers = tally.in_numbers(Some("USD"));
        assert_eq!(numbers["total"], json!({ "min": null, "max": null }));
    }
}
