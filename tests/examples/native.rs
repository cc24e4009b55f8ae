//! The native core's answers for the suites in `tests/js`, which compare the package's answers with them.
//!
//! `native jobs EDITION SEED COUNT` prints seeded jobs, one per line, and `native requests EDITION SEED COUNT` the first bodies
//! of the seed's jobs that are parsed values. `native answers` reads jobs and prints the core's answer to each.

use std::io::{self, BufRead, BufWriter, Write};

use seedance_core::{Body, Edition, Facts, Job, Lang, PriceBook};
use seedance_tests::generate;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match words.as_slice() {
        ["jobs", edition, seed, count] => {
            for job in generate::jobs(edition.parse()?, seed.parse()?, count.parse()?) {
                line(&mut out, &job)?;
            }
        }
        ["requests", edition, seed, count] => {
            for request in generate::requests(edition.parse()?, seed.parse()?, count.parse()?) {
                line(&mut out, &request)?;
            }
        }
        ["answers"] => {
            for job in io::stdin().lock().lines() {
                line(&mut out, &answer(&serde_json::from_str(&job?)?))?;
            }
        }
        _ => {
            return Err(
                "use: native jobs EDITION SEED COUNT | native requests EDITION SEED COUNT | native answers".into(),
            );
        }
    }
    Ok(out.flush()?)
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Outcome {
    serde_json::to_writer(&mut *out, value)?;
    Ok(out.write_all(b"\n")?)
}

/// A body in one of three forms, its other inputs, and whether to compare it on every model.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    edition: Edition,
    #[serde(default, deserialize_with = "even_null")]
    request: Option<Box<RawValue>>,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    #[serde(default, deserialize_with = "even_null")]
    media: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "even_null")]
    prices: Option<Box<RawValue>>,
    #[serde(default)]
    lang: Lang,
    #[serde(default)]
    compare: bool,
}

/// Keeps a `null` that was given, unlike a missing member.
fn even_null<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Refused { error: String },
    Answers(serde_json::Map<String, serde_json::Value>),
}

fn answer(asked: &Asked) -> Said {
    answers(asked).unwrap_or_else(|error| Said::Refused { error: error.to_string() })
}

fn answers(asked: &Asked) -> Outcome<Said> {
    let body = match asked {
        Asked { request: Some(request), .. } => Body::from(request.get()),
        Asked { text: Some(text), .. } => Body::from(text.as_str()),
        Asked { bytes, .. } => Body::from(bytes.as_deref().unwrap_or_default()),
    };
    let book = asked
        .prices
        .as_ref()
        .map(|prices| PriceBook::from_slice_for(asked.edition, prices.get().as_bytes()))
        .transpose()
        .map_err(|error| error.message(asked.lang))?;
    let facts = asked.media.as_ref().filter(|_| body.is_object());
    let facts = facts
        .map(|media| Facts::from_slice(media.get().as_bytes()))
        .transpose()
        .map_err(|error| error.message(asked.lang))?
        .unwrap_or_default();
    let job = Job::new(body)
        .edition(asked.edition)
        .with_facts(facts)
        .map_err(|error| error.message(asked.lang))?;
    let mut answers = serde_json::Map::new();
    answers.insert("check".into(), serde_json::to_value(job.check(asked.lang))?);
    if let Some(book) = &book {
        answers.insert("quote".into(), serde_json::to_value(job.quote(book, asked.lang))?);
    }
    if asked.compare {
        answers.insert(
            "compare".into(),
            serde_json::to_value(job.compare(book.as_ref(), asked.lang))?,
        );
    }
    Ok(Said::Answers(answers))
}
