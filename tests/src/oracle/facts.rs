//! Media facts by the contract: how they are read, refused and rounded.

use super::json::{Json, nearest};

/// The known facts of a reference video or audio.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fact {
    /// Its length.
    pub length: Option<Length>,
    /// Its size in bytes.
    pub bytes: Option<f64>,
    /// In pixels.
    pub width: Option<f64>,
    /// In pixels.
    pub height: Option<f64>,
    /// In frames per second.
    pub frame_rate: Option<f64>,
}

/// A length in whole microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Lower end.
    pub min: u64,
    /// Upper end.
    pub max: u64,
    /// Whether it was given as an interval.
    pub interval: bool,
}

/// The facts by index in the list that counts. Items past the end have none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// For the reference videos.
    pub videos: Vec<Fact>,
    /// For the reference audios, which can only have a length.
    pub audios: Vec<Fact>,
}

/// Reads the facts for a request with these numbers of reference videos and audios.
///
/// # Errors
/// If the contract calls them an input error.
pub fn read(json: &Json, videos: usize, audios: usize) -> Result<Facts, String> {
    let members = object(json, "the facts", &["reference_videos", "reference_audios"])?;
    let mut facts = Facts::default();
    for (list, value) in members.unwrap_or_default() {
        let (most, known): (usize, &[&str]) = if list == "reference_videos" {
            (videos, &["seconds", "bytes", "width", "height", "frame_rate"])
        } else {
            (audios, &["seconds"])
        };
        let entries: &[Json] = match value {
            Json::Null => &[],
            Json::Array(entries) => entries,
            _ => return Err(format!("{list} is no list")),
        };
        if entries.len() > most {
            return Err(format!("{list}: {} entries for {most} items", entries.len()));
        }
        let read: Vec<Fact> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| fact(entry, &format!("{list}, entry {index}"), known))
            .collect::<Result<_, _>>()?;
        if list == "reference_videos" {
            facts.videos = read;
        } else {
            facts.audios = read;
        }
    }
    Ok(facts)
}

fn fact(json: &Json, place: &str, known: &[&str]) -> Result<Fact, String> {
    let mut fact = Fact::default();
    for (name, value) in object(json, place, known)?.unwrap_or_default() {
        match (name.as_str(), value) {
            (_, Json::Null) => {}
            // "A length whose upper end is then 0 is no measurement."
            ("seconds", value) => fact.length = Some(length(value, place)?).filter(|it| it.max > 0),
            ("bytes", value) => fact.bytes = Some(whole(value, place)?),
            ("width", value) => fact.width = Some(whole(value, place)?),
            ("height", value) => fact.height = Some(whole(value, place)?),
            (_, value) => fact.frame_rate = Some(number(value, place)?),
        }
    }
    Ok(fact)
}

/// The members of an object, `None` for `null`.
fn object<'a>(
    json: &'a Json,
    place: &str,
    known: &[&str],
) -> Result<Option<&'a [(String, Json)]>, String> {
    match json {
        Json::Null => Ok(None),
        Json::Object(members) => {
            for (index, (name, _)) in members.iter().enumerate() {
                if !known.contains(&name.as_str()) {
                    return Err(format!("{place}: unknown member {name}"));
                }
                if members[..index].iter().any(|(before, _)| before == name) {
                    return Err(format!("{place}: repeated member {name}"));
                }
            }
            Ok(Some(members))
        }
        _ => Err(format!("{place}: wrong type")),
    }
}

fn number(json: &Json, place: &str) -> Result<f64, String> {
    match json {
        Json::Number(spelt) if nearest(spelt) < 0.0 => Err(format!("{place}: negative")),
        Json::Number(spelt) => Ok(nearest(spelt)),
        _ => Err(format!("{place}: no number")),
    }
}

fn whole(json: &Json, place: &str) -> Result<f64, String> {
    number(json, place).and_then(|number| {
        if number.fract() == 0.0 { Ok(number) } else { Err(format!("{place}: not whole")) }
    })
}

fn seconds(json: &Json, place: &str) -> Result<f64, String> {
    number(json, place).and_then(|seconds| {
        if seconds <= 86_400.0 { Ok(seconds) } else { Err(format!("{place}: more than a day")) }
    })
}

fn length(json: &Json, place: &str) -> Result<Length, String> {
    if !matches!(json, Json::Object(_)) {
        let length = microseconds(seconds(json, place)?);
        return Ok(Length { min: length, max: length, interval: false });
    }
    let members = object(json, place, &["min", "max"])?.unwrap_or_default();
    let end = |wanted: &str| match members.iter().find(|(name, _)| name == wanted) {
        Some((_, value)) => seconds(value, place),
        None => Err(format!("{place}: an interval without {wanted}")),
    };
    let (min, max) = (end("min")?, end("max")?);
    if min > max {
        return Err(format!("{place}: min above max"));
    }
    Ok(Length { min: microseconds(min), max: microseconds(max), interval: true })
}

/// Rounds to the nearest microsecond, and a tie up.
// Chosen: a number is read by its shortest decimal spelling, as the contract reads prices, so that 3.4999995 is always a tie.
#[must_use]
pub fn microseconds(seconds: f64) -> u64 {
    // Minus zero is zero.
    let spelt = seconds.abs().to_string();
    let (whole, fraction) = spelt.split_once('.').unwrap_or((&spelt, ""));
    let digits: String = fraction.chars().chain("0000000".chars()).take(7).collect();
    let tenths: u64 = format!("{whole}{digits}").parse().unwrap_or(u64::MAX);
    (tenths + 5) / 10
}
