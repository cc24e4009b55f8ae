//! The rules on model, prompt, duration, resolution, orientation, ratio and reference mode.

use super::Edition::{July, September};
use super::request::{
    DURATION, Given, MODEL, ORIENTATION, PROMPT, RATIO, REFERENCE_MODE, RESOLUTION, Request,
    is_blank,
};
use super::rules::{Places, there_if};
use super::table::{self, Durations};

/// If the name is of no known model: whether it belongs to another endpoint.
fn stranger(r: &Request<'_>) -> Option<bool> {
    let named = r.text(MODEL).filter(|_| r.known().is_none());
    named.map(|model| table::is_of_another_endpoint(r.edition, model))
}

/// No model of the table.
pub fn unknown_model(r: &Request<'_>) -> Places {
    there_if(stranger(r) == Some(false), MODEL)
}

/// No model of the table, but one of another of the vendor's endpoints.
pub fn wrong_endpoint(r: &Request<'_>) -> Places {
    there_if(stranger(r) == Some(true), MODEL)
}

/// A model whose route is no longer listed.
pub fn model_delisted(r: &Request<'_>) -> Places {
    let route = r.route();
    there_if(route.is_some_and(|route| !table::is_listed(r.edition, route)), MODEL)
}

fn prompt<'a>(r: &Request<'a>) -> Option<&'a str> {
    if let Given::Text(prompt) = r.given[PROMPT] { Some(prompt) } else { None }
}

/// A prompt that is empty or only white space.
pub fn empty_prompt(r: &Request<'_>) -> Places {
    there_if(prompt(r).is_some_and(is_blank), PROMPT)
}

/// More characters than the route takes.
// Chosen: a blank prompt of more than 5000 characters is both empty and too long; the page does not make the two exclusive.
pub fn prompt_too_long(r: &Request<'_>) -> Places {
    let max = r.route().and_then(|route| table::prompt_max(r.edition, route));
    there_if(
        max.is_some_and(|max| {
            prompt(r).is_some_and(|prompt| prompt.len() > max && prompt.chars().count() > max)
        }),
        PROMPT,
    )
}

/// If the duration is not one of the route's: whether these are a set.
fn refused_by_set(r: &Request<'_>) -> Option<bool> {
    let durations = table::durations(r.edition, r.route());
    let refused = r.duration().is_some_and(|seconds| !durations.hold(seconds));
    refused.then_some(matches!(durations, Durations::Set(_)))
}

/// Outside of the route's range; without a route, outside of the range of all routes.
pub fn duration_out_of_range(r: &Request<'_>) -> Places {
    there_if(refused_by_set(r) == Some(false), DURATION)
}

/// Not in the route's set.
pub fn duration_not_offered(r: &Request<'_>) -> Places {
    there_if(refused_by_set(r) == Some(true), DURATION)
}

/// `md` of `2026-07`: 1–3 seconds.
pub fn duration_contested(r: &Request<'_>) -> Places {
    there_if(
        (r.edition, r.route()) == (July, Some("md"))
            && r.duration().is_some_and(|seconds| (1.0..=3.0).contains(&seconds)),
        DURATION,
    )
}

/// Not in the route's list.
pub fn resolution_not_offered(r: &Request<'_>) -> Places {
    there_if(
        r.text(RESOLUTION)
            .is_some_and(|resolution| !table::resolutions(r.known_model()).contains(&resolution)),
        RESOLUTION,
    )
}

/// A model that always delivers one resolution, and another value of the schema's list.
pub fn resolution_ignored(r: &Request<'_>) -> Places {
    let (Some((model, route)), Some(resolution)) = (r.known(), r.text(RESOLUTION)) else {
        return Vec::new();
    };
    let listed = table::SCHEMA_RESOLUTIONS.contains(&resolution);
    let delivers = table::delivers(route, model);
    there_if(listed && delivers.is_some_and(|delivers| delivers != resolution), RESOLUTION)
}

/// `sp` of `2026-09`: 480p.
pub fn resolution_contested(r: &Request<'_>) -> Places {
    let contested = (r.edition, r.route()) == (September, Some("sp"));
    there_if(contested && r.text(RESOLUTION) == Some("480p"), RESOLUTION)
}

/// Neither landscape nor portrait.
pub fn orientation_not_offered(r: &Request<'_>) -> Places {
    there_if(
        r.text(ORIENTATION)
            .is_some_and(|orientation| !["landscape", "portrait"].contains(&orientation)),
        ORIENTATION,
    )
}

/// Orientation and ratio both present, whatever their values.
pub fn orientation_overridden(r: &Request<'_>) -> Places {
    there_if(r.text(ORIENTATION).is_some() && r.ratio().is_some(), ORIENTATION)
}

/// What the route says about the ratio that counts, or a request without a route.
enum Verdict {
    /// The ratio is fine.
    Fine,
    /// The list is closed and does not contain the ratio.
    NotOffered,
    /// The list is open and does not contain the ratio, which has a valid form.
    Unlisted,
    /// The list is open, or there is no route, and the ratio has no valid form.
    Malformed,
}

fn verdict(r: &Request<'_>, ratio: &str) -> Verdict {
    let (listed, closed) = match r.route() {
        Some(route) => table::ratios(r.edition, route),
        None => (&["adaptive"][..usize::from(r.edition == September)], false),
    };
    // Chosen: `auto` is a form of an open list, and a request without a route has none.
    let is_auto = r.edition == September && r.route().is_some() && ratio == "auto";
    if listed.contains(&ratio) {
        Verdict::Fine
    } else if closed {
        Verdict::NotOffered
    } else if !is_auto && !has_a_ratios_form(ratio) {
        Verdict::Malformed
    } else if r.route().is_some() {
        Verdict::Unlisted
    } else {
        Verdict::Fine
    }
}

fn ratio_where(r: &Request<'_>, fires: impl Fn(Verdict) -> bool) -> Places {
    let ratio = r.ratio();
    there_if(ratio.is_some_and(|ratio| fires(verdict(r, ratio))), r.counting(RATIO))
}

/// A ratio that is not in a closed list.
pub fn ratio_not_offered(r: &Request<'_>) -> Places {
    ratio_where(r, |verdict| matches!(verdict, Verdict::NotOffered))
}

/// A ratio of a valid form that is not in an open list.
pub fn ratio_unlisted(r: &Request<'_>) -> Places {
    ratio_where(r, |verdict| matches!(verdict, Verdict::Unlisted))
}

/// A ratio without a valid form, where the list is open or there is no route.
pub fn ratio_malformed(r: &Request<'_>) -> Places {
    ratio_where(r, |verdict| matches!(verdict, Verdict::Malformed))
}

/// `W:H`, each 1–99 without a leading zero, or `Adaptive`.
fn has_a_ratios_form(ratio: &str) -> bool {
    let side = |text: &str| (1..=99).any(|number: u8| number.to_string() == text);
    ratio == "Adaptive"
        || ratio.split_once(':').is_some_and(|(width, height)| side(width) && side(height))
}

/// `standard`: `adaptive` without images, videos and audios. Frames are not references.
pub fn ratio_needs_references(r: &Request<'_>) -> Places {
    let without = r.images().is_empty() && r.videos().is_empty() && r.audios().is_empty();
    there_if(
        r.route() == Some("standard") && r.ratio() == Some("adaptive") && without,
        r.counting(RATIO),
    )
}

/// Not one of the route's modes.
pub fn reference_mode_not_offered(r: &Request<'_>) -> Places {
    let modes = r.route().and_then(table::reference_modes);
    let (Some(modes), Some(mode)) = (modes, r.text(REFERENCE_MODE)) else {
        return Vec::new();
    };
    there_if(!modes.contains(&mode), REFERENCE_MODE)
}
