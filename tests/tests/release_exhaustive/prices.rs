//! Every price: each model, resolution and duration with each length of a reference video in steps of 10 ms up to 20 s,
//! the core's amount against rust_decimal's.

use rust_decimal::Decimal;

use seedance_core::{Edition, Facts, Job, Lang, PriceBook, Quote};
use seedance_tests::long_run::{Progress, close};
use seedance_tests::oracle::table::{
    MODELS, SCHEMA_RESOLUTIONS, billing_name, durations, is_fixed, resolutions, route_of, unit,
};
use serde_json::{Map, Value, json};

/// 20 s in steps of 10 ms.
const STEPS: u32 = if cfg!(debug_assertions) { 20 } else { 2000 };

#[test]
fn prices() {
    close("prices", compare_all());
}

fn compare_all() -> Result<String, String> {
    let (book, prices) = book();
    let lengths: Vec<Facts> = (0..=STEPS).map(length).collect();
    let mut chosen: Vec<Option<&str>> = vec![None];
    chosen.extend(SCHEMA_RESOLUTIONS.map(Some));
    let progress = Progress::new(
        "prices",
        (MODELS.len() * chosen.len() * 18 * lengths.len()) as u64,
    );
    for &(model, _) in MODELS {
        for resolution in &chosen {
            for seconds in 0..=17 {
                compare(model, *resolution, seconds, &lengths, &book, &prices)?;
                progress.add(lengths.len() as u64);
            }
        }
    }
    let seconds = progress.elapsed().as_secs_f64();
    let found = format!(
        "{} quotes compared in {seconds:.1} s, no disagreement",
        progress.done()
    );
    Ok(found)
}

fn compare(
    model: &str,
    resolution: Option<&str>,
    seconds: u32,
    lengths: &[Facts],
    book: &PriceBook,
    prices: &Map<String, Value>,
) -> Result<(), String> {
    let video = if model.starts_with("sd2") {
        "asset://v"
    } else {
        "https://example.com/a.mp4"
    };
    let mut request =
        json!({ "model": model, "prompt": "x", "duration": seconds, "reference_videos": [video] });
    if let Some(resolution) = resolution {
        request["resolution"] = json!(resolution);
    }
    let text = request.to_string();
    for (step, length) in (0_u32..).zip(lengths) {
        let job = Job::new(text.as_str())
            .with_facts(length.clone())
            .map_err(|error| error.to_string())?;
        let expected = amount(model, resolution, seconds, step, prices);
        let found = match job.quote(book, Lang::En) {
            Quote::Exact(exact) if is_known(model, step) => Some(exact.amount().to_string()),
            Quote::AtLeast(least) if !is_known(model, step) => Some(least.amount().to_string()),
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

/// Whether all that counts is known: a length of 0 is no measurement.
fn is_known(model: &str, step: u32) -> bool {
    model != "seedance2.0-mini-video" || step > 0
}

/// What it costs by the words of §5, at least or exactly, `None` where its findings stop the price.
fn amount(
    model: &str,
    resolution: Option<&str>,
    seconds: u32,
    step: u32,
    prices: &Map<String, Value>,
) -> Option<String> {
    let route = route_of(model)?;
    let (least, most) = durations(Some(route));
    let offered = is_fixed(route)
        || resolution.is_none_or(|resolution| resolutions(Some(route)).contains(&resolution));
    if f64::from(seconds) < least || f64::from(seconds) > most || !offered {
        return None;
    }
    let quantity = match unit(route) {
        "task" => 1,
        _ if model == "seedance2.0-mini-video" => seconds + (step + 50) / 100,
        _ => seconds,
    };
    let price: Decimal = prices[&billing_name(model, resolution)]
        .as_str()?
        .parse()
        .ok()?;
    Some((price * Decimal::from(quantity)).to_string())
}

/// A different price under every name, some with more digits than any real one.
fn book() -> (PriceBook, Map<String, Value>) {
    let prices: Map<String, Value> = Edition::default()
        .billing_names()
        .zip(1_u64..)
        .map(|(name, number)| {
            (
                name,
                json!(format!("{}.{:07}", number % 5, number * 48_611)),
            )
        })
        .collect();
    let book = PriceBook::from_value(&json!({ "currency": "USD", "prices": prices }));
    (book.unwrap_or_else(|error| panic!("{error}")), prices)
}

fn length(step: u32) -> Facts {
    let facts =
        Facts::from_value(&json!({ "reference_videos": [{ "seconds": f64::from(step) / 100.0 }] }));
    facts.unwrap_or_else(|error| panic!("{error}"))
}
