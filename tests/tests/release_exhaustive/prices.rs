//! Every price: each model, resolution and duration with reference videos of up to 20 s in steps of 10 ms, the core's amount
//! against rust_decimal's. The later edition takes steps of 100 ms, and reference videos only for the models that bill them.

use rust_decimal::Decimal;
use seedance_core::Edition::{self, V2026_07, V2026_09};
use seedance_core::{Facts, Job, Lang, PriceBook, Quote};
use seedance_tests::core_side::page;
use seedance_tests::long_run::{Progress, close};
use seedance_tests::oracle::table::{
    SCHEMA_RESOLUTIONS, billing_name, billing_names, bills_first_video, default_duration,
    durations, models, resolution_is_billed, resolutions, unit,
};
use serde_json::{Map, Value, json};

/// The number of steps of 10 ms: 20 s, less in a debug build.
const STEPS: u32 = if cfg!(debug_assertions) { 20 } else { 2000 };

/// A length in steps of 10 ms, and the facts with it.
type Length = (u32, Facts);

#[test]
fn prices() {
    close("prices", compare_all(V2026_07, 1, 17));
}

#[test]
fn prices_of_the_later_edition() {
    close("prices of 2026-09", compare_all(V2026_09, 10, 32));
}

fn compare_all(edition: Edition, step: usize, longest: u32) -> Result<String, String> {
    let prices = prices_by_name(edition);
    let book = PriceBook::from_value_for(edition, &json!({ "currency": "USD", "prices": prices }));
    let book = book.map_err(|error| error.to_string())?;
    let lengths: Vec<Length> = (0..=STEPS).step_by(step).map(length).collect();
    let mut chosen: Vec<Option<&str>> = vec![None];
    chosen.extend(SCHEMA_RESOLUTIONS.map(Some));
    let mut seconds: Vec<Option<u32>> = (0..=longest).map(Some).collect();
    if edition == V2026_09 {
        seconds.push(None);
    }
    let lengths_of = |(model, route): &(&str, &str)| match edition {
        V2026_09 if !bills_first_video(route, model) => &lengths[..1],
        _ => &lengths[..],
    };
    let total: usize = models(page(edition)).map(|row| lengths_of(&row).len()).sum();
    let progress = Progress::new("prices", (total * chosen.len() * seconds.len()) as u64);
    for row in models(page(edition)) {
        for resolution in &chosen {
            for &seconds in &seconds {
                let asked =
                    Asked { edition, model: row.0, route: row.1, resolution: *resolution, seconds };
                asked.compare(lengths_of(&row), &book, &prices)?;
                progress.add(lengths_of(&row).len() as u64);
            }
        }
    }
    let seconds = progress.elapsed().as_secs_f64();
    let found = format!("{} quotes compared in {seconds:.1} s, no disagreement", progress.done());
    Ok(found)
}

/// A request, to be priced with a reference video.
struct Asked<'a> {
    edition: Edition,
    model: &'a str,
    route: &'a str,
    resolution: Option<&'a str>,
    seconds: Option<u32>,
}

impl Asked<'_> {
    fn compare(
        &self,
        lengths: &[Length],
        book: &PriceBook,
        prices: &Map<String, Value>,
    ) -> Result<(), String> {
        let video = if self.route == "full" { "asset://v" } else { "https://example.com/a.mp4" };
        let mut request =
            json!({ "model": self.model, "prompt": "x", "reference_videos": [video] });
        if let Some(resolution) = self.resolution {
            request["resolution"] = json!(resolution);
        }
        if let Some(seconds) = self.seconds {
            request["duration"] = json!(seconds);
        }
        let text = request.to_string();
        for (step, length) in lengths {
            let job = Job::new(text.as_str())
                .edition(self.edition)
                .with_facts(length.clone())
                .map_err(|error| error.to_string())?;
            let expected = self.amount(*step, prices);
            // A length of 0 is no measurement.
            let known = *step > 0 || !bills_first_video(self.route, self.model);
            let found = match job.quote(book, Lang::En) {
                Quote::Exact(exact) if known => Some(exact.amount().to_string()),
                Quote::AtLeast(least) if !known => Some(least.amount().to_string()),
                Quote::NotPriceable(_) => None,
                other => return Err(format!("{text} with {step} × 10 ms: {other:?}")),
            };
            if expected != found {
                return Err(format!(
                    "{text} with {step} × 10 ms: expected {expected:?}, found {found:?}"
                ));
            }
        }
        Ok(())
    }

    /// The amount by the text of §5, exact or at least; `None` if findings or the unit prevent a price.
    fn amount(&self, step: u32, prices: &Map<String, Value>) -> Option<String> {
        let seconds = self.seconds.map(f64::from);
        let seconds = seconds.or(default_duration(self.route))?;
        let offered = !resolution_is_billed(self.route, self.model)
            || self
                .resolution
                .is_none_or(|resolution| resolutions(Some(self.model)).contains(&resolution));
        if !durations(page(self.edition), Some(self.route)).hold(seconds) || !offered {
            return None;
        }
        let quantity = match unit(self.route) {
            "million-tokens" => return None,
            "task" => 1,
            _ if bills_first_video(self.route, self.model) => seconds as u32 + (step + 50) / 100,
            _ => seconds as u32,
        };
        let name = billing_name(self.route, self.model, self.resolution, true);
        let price: Decimal = prices[&name].as_str()?.parse().ok()?;
        Some((price * Decimal::from(quantity)).to_string())
    }
}

/// A different price for every name, with more digits than real prices have.
fn prices_by_name(edition: Edition) -> Map<String, Value> {
    billing_names(page(edition))
        .into_iter()
        .zip(1_u64..)
        .map(|((name, _), number)| (name, json!(format!("{}.{:07}", number % 5, number * 48_611))))
        .collect()
}

fn length(step: u32) -> Length {
    let facts =
        Facts::from_value(&json!({ "reference_videos": [{ "seconds": f64::from(step) / 100.0 }] }));
    (step, facts.unwrap_or_else(|error| panic!("{error}")))
}
