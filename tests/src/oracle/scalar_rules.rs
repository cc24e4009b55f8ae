//! Rules on model, prompt, duration, resolution, orientation and ratio.

use super::request::{
    DURATION, Given, MODEL, ORIENTATION, PROMPT, RATIO, RESOLUTION, Request, is_blank,
};
use super::rules::{Places, there_if};
use super::table;

/// No model of the table.
pub fn unknown_model(r: &Request<'_>) -> Places {
    there_if(r.text(MODEL).is_some() && r.known_model().is_none(), MODEL)
}

fn prompt<'a>(r: &Request<'a>) -> Option<&'a str> {
    if let Given::Text(prompt) = r.given[PROMPT] {
        Some(prompt)
    } else {
        None
    }
}

/// Present, yet empty or white space only.
pub fn empty_prompt(r: &Request<'_>) -> Places {
    there_if(prompt(r).is_some_and(is_blank), PROMPT)
}

/// More characters than the route's maximum.
// Chosen: a blank prompt of more than 5000 characters is both empty and too long; the page does not make the two exclusive.
pub fn prompt_too_long(r: &Request<'_>) -> Places {
    let max = r.route().and_then(table::prompt_max);
    there_if(
        max.is_some_and(|max| {
            prompt(r).is_some_and(|prompt| prompt.len() > max && prompt.chars().count() > max)
        }),
        PROMPT,
    )
}

/// Outside the route's range, or outside 1–15 without a route.
pub fn duration_out_of_range(r: &Request<'_>) -> Places {
    let (least, most) = table::durations(r.route());
    there_if(
        r.duration()
            .is_some_and(|seconds| seconds < least || seconds > most),
        DURATION,
    )
}

/// `md`: 1–3.
pub fn duration_contested(r: &Request<'_>) -> Places {
    there_if(
        r.route() == Some("md")
            && r.duration()
                .is_some_and(|seconds| (1.0..=3.0).contains(&seconds)),
        DURATION,
    )
}

/// Not in the route's list.
pub fn resolution_not_offered(r: &Request<'_>) -> Places {
    there_if(
        r.text(RESOLUTION)
            .is_some_and(|resolution| !table::resolutions(r.route()).contains(&resolution)),
        RESOLUTION,
    )
}

/// A fixed route and a value of the schema's list that the model does not deliver.
pub fn resolution_ignored(r: &Request<'_>) -> Places {
    let (Some(model), Some(route), Some(resolution)) =
        (r.known_model(), r.route(), r.text(RESOLUTION))
    else {
        return Vec::new();
    };
    let listed = table::SCHEMA_RESOLUTIONS.contains(&resolution);
    there_if(
        table::is_fixed(route) && listed && table::delivers(model) != resolution,
        RESOLUTION,
    )
}

/// Neither landscape nor portrait.
pub fn orientation_not_offered(r: &Request<'_>) -> Places {
    there_if(
        r.text(ORIENTATION)
            .is_some_and(|orientation| !["landscape", "portrait"].contains(&orientation)),
        ORIENTATION,
    )
}

/// Orientation and ratio both present, whatever they say.
pub fn orientation_overridden(r: &Request<'_>) -> Places {
    there_if(
        r.text(ORIENTATION).is_some() && r.text(RATIO).is_some(),
        ORIENTATION,
    )
}

/// A closed list without it.
pub fn ratio_not_offered(r: &Request<'_>) -> Places {
    let (Some(route), Some(ratio)) = (r.route(), r.text(RATIO)) else {
        return Vec::new();
    };
    let (listed, closed) = table::ratios(route);
    there_if(closed && !listed.contains(&ratio), RATIO)
}

/// An open list without it, yet one of the two forms.
pub fn ratio_unlisted(r: &Request<'_>) -> Places {
    let (Some(route), Some(ratio)) = (r.route(), r.text(RATIO)) else {
        return Vec::new();
    };
    let (listed, closed) = table::ratios(route);
    there_if(
        !closed && !listed.contains(&ratio) && has_a_ratios_form(ratio),
        RATIO,
    )
}

/// An open list or no route, and neither of the two forms.
pub fn ratio_malformed(r: &Request<'_>) -> Places {
    let closed = r.route().is_some_and(|route| table::ratios(route).1);
    there_if(
        !closed && r.text(RATIO).is_some_and(|ratio| !has_a_ratios_form(ratio)),
        RATIO,
    )
}

/// `W:H`, each 1–99 without a leading zero, or `Adaptive`.
fn has_a_ratios_form(ratio: &str) -> bool {
    let side = |text: &str| (1..=99).any(|number: u8| number.to_string() == text);
    ratio == "Adaptive"
        || ratio
            .split_once(':')
            .is_some_and(|(width, height)| side(width) && side(height))
}
