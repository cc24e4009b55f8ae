//! Rules on single values: model, prompt, duration, resolution, orientation, ratio, reference mode.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::body::is_blank;
use crate::near::Near;
use crate::number::Number;
use crate::table::{Cause, Cell, Duration, Field, Ratio, SCHEMA_RESOLUTIONS, Source};

pub(super) fn unknown_model<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let (Some(actual), None) = (ask.fields.text(Field::Model), ask.row)
        && ask.edition.endpoint_of(actual).is_none()
    {
        let suggestions = Near::Models(ask.edition, actual);
        let cause = Cause::UnknownModel { actual, suggestions };
        hits.add(Place::of(Field::Model), cause);
    }
}

pub(super) fn wrong_endpoint<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let (Some(actual), None) = (ask.fields.text(Field::Model), ask.row)
        && let Some(endpoint) = ask.edition.endpoint_of(actual)
    {
        let cause = Cause::WrongEndpoint { actual, endpoint };
        hits.add(Place::of(Field::Model), cause);
    }
}

pub(super) fn model_delisted<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && !route.listed.value
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(Place::of(Field::Model), cause, route.listed.sources);
    }
}

pub(super) fn empty_prompt<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if ask.fields.text(Field::Prompt).is_some_and(is_blank) {
        hits.add(Place::of(Field::Prompt), Cause::Nothing {});
    }
}

pub(super) fn prompt_too_long<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let (Some(prompt), Some((route, model))) = (ask.fields.text(Field::Prompt), ask.row) else {
        return;
    };
    let Some(limit) = route.prompt.value.max.map(|max| max as usize) else {
        return;
    };
    // A character is at least a byte, so most prompts need no counting.
    if prompt.len() > limit {
        let actual = prompt.chars().count();
        if actual > limit {
            let cause = Cause::TooMany { model: model.name, limit, actual };
            hits.add_by(Place::of(Field::Prompt), cause, route.prompt.sources);
        }
    }
}

pub(super) fn duration_out_of_range<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let (Some(actual), cell) = (ask.fields.duration(), durations(ask)) else {
        return;
    };
    let Duration { min, max, choices, .. } = cell.value;
    let is_outside = actual < f64::from(min) || actual > f64::from(max);
    if choices.is_empty() && is_outside {
        let model = ask.row.map(|(_, model)| model.name);
        let cause = Cause::DurationOutOfRange { model, min, max, actual: Number(actual) };
        hits.add_by(Place::of(Field::Duration), cause, cell.sources);
    }
}

pub(super) fn duration_not_offered<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let (Some(actual), Some((route, model))) = (ask.fields.duration(), ask.row) else {
        return;
    };
    let choices = route.duration.value.choices;
    let is_offered = choices.iter().any(|it| f64::from(*it) == actual);
    if !choices.is_empty() && !is_offered {
        let cause = Cause::DurationNotOffered {
            model: model.name,
            actual: Number(actual),
            allowed: choices,
        };
        hits.add_by(Place::of(Field::Duration), cause, route.duration.sources);
    }
}

pub(super) fn duration_contested<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let (Some(actual), Some((route, model))) = (ask.fields.duration(), ask.row) else {
        return;
    };
    let Duration { min, undisputed_from: Some(from), .. } = route.duration.value else {
        return;
    };
    let mut contested = min..from;
    if let Some(actual) = contested.find(|seconds| f64::from(*seconds) == actual) {
        let cause = Cause::DurationContested { model: model.name, actual, undisputed_from: from };
        hits.add_by(Place::of(Field::Duration), cause, route.duration.sources);
    }
}

/// The route's durations; without a route, all that any route allows.
fn durations(ask: &Ask<'_>) -> &'static Cell<Duration> {
    ask.row.map_or(ask.edition.widest_duration(), |(route, _)| &route.duration)
}

pub(super) fn resolution_not_offered<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some(actual) = ask.fields.text(Field::Resolution) else {
        return;
    };
    let (allowed, sources) = resolutions(ask);
    if !allowed.contains(&actual) {
        let model = ask.row.map(|(_, model)| model.name);
        let cause = Cause::ResolutionNotOffered { model, actual, allowed };
        hits.add_by(Place::of(Field::Resolution), cause, sources);
    }
}

pub(super) fn resolution_contested<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let (Some(actual), Some((route, model))) = (ask.fields.text(Field::Resolution), ask.row)
        && model.resolution(route).contested.contains(&actual)
    {
        let cause = Cause::ResolutionContested { model: model.name, actual };
        hits.add_by(Place::of(Field::Resolution), cause, route.resolution.sources);
    }
}

pub(super) fn resolution_ignored<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let (Some(actual), Some((route, model))) = (ask.fields.text(Field::Resolution), ask.row) else {
        return;
    };
    let (allowed, _) = resolutions(ask);
    if let Some(delivered) = model.delivers
        && allowed.contains(&actual)
        && delivered != actual
    {
        let cause = Cause::ResolutionIgnored { model: model.name, actual, delivered };
        hits.add_by(Place::of(Field::Resolution), cause, route.resolution.sources);
    }
}

/// The resolutions to choose from, with their sources: the schema's if the model has no choice or there is no route.
fn resolutions(ask: &Ask<'_>) -> (&'static [&'static str], &'static [Source]) {
    let chosen = ask.row.map(|(route, model)| (model.resolution(route), route.resolution.sources));
    match chosen {
        Some((resolution, sources)) if !resolution.is_fixed() => (resolution.offered, sources),
        _ => (SCHEMA_RESOLUTIONS, ask.edition.schema()),
    }
}

pub(super) fn orientation_not_offered<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some(actual) = ask.fields.text(Field::Orientation) else {
        return;
    };
    let allowed = Field::Orientation.info().choices;
    if !allowed.contains(&actual) {
        let cause = Cause::NotAmong { actual, allowed: allowed.to_vec() };
        hits.add(Place::of(Field::Orientation), cause);
    }
}

pub(super) fn orientation_overridden<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if ask.has(Field::Orientation) && ask.has(Field::Ratio) {
        hits.add(Place::of(Field::Orientation), Cause::Nothing {});
    }
}

pub(super) fn ratio_not_offered<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((actual, cell, model)) = unlisted_ratio(ask)
        && cell.value.closed
    {
        let cause = Cause::RatioNotListed { model, actual, allowed: cell.value.list };
        hits.add_by(ask.place(Field::Ratio), cause, cell.sources);
    }
}

pub(super) fn ratio_unlisted<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((actual, cell, model)) = unlisted_ratio(ask)
        && !cell.value.closed
        && is_ratio(ask, actual)
    {
        let cause = Cause::RatioNotListed { model, actual, allowed: cell.value.list };
        hits.add_by(ask.place(Field::Ratio), cause, cell.sources);
    }
}

/// A ratio that the route does not list, with the route's cell for ratios and the model's name.
fn unlisted_ratio<'a>(ask: &Ask<'a>) -> Option<(&'a str, &'static Cell<Ratio>, &'static str)> {
    let (ratio, (route, model)) = (ask.text(Field::Ratio)?, ask.row?);
    let is_listed = route.ratio.value.list.contains(&ratio);
    (!is_listed).then_some((ratio, &route.ratio, model.name))
}

pub(super) fn ratio_malformed<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some(actual) = ask.text(Field::Ratio) else {
        return;
    };
    let ratios = ask.row.map(|(route, _)| route.ratio.value);
    let is_settled = ratios.is_some_and(|it| it.closed || it.list.contains(&actual));
    if !is_settled && !is_ratio(ask, actual) {
        let allowed = ratios.map_or_else(|| ask.edition.common_ratios(), |it| it.list.to_vec());
        hits.add(ask.place(Field::Ratio), Cause::NotAmong { actual, allowed });
    }
}

pub(super) fn ratio_needs_references<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let references = [Field::Images, Field::ReferenceVideos, Field::ReferenceAudios];
    if let (Some(actual), Some((route, model))) = (ask.text(Field::Ratio), ask.row)
        && route.ratio.value.with_references.contains(&actual)
        && !references.iter().any(|field| ask.has(*field))
    {
        let cause = Cause::RatioNeedsReferences { model: model.name, actual };
        hits.add_by(ask.place(Field::Ratio), cause, route.ratio.sources);
    }
}

pub(super) fn reference_mode_not_offered<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let (Some(actual), Some((route, model))) = (ask.text(Field::ReferenceMode), ask.row)
        && route.takes_extra(Field::ReferenceMode)
        && !route.extras.value.reference_modes.contains(&actual)
    {
        let cause = Cause::ReferenceModeNotOffered {
            model: model.name,
            actual,
            allowed: route.extras.value.reference_modes,
        };
        hits.add_by(Place::of(Field::ReferenceMode), cause, route.extras.sources);
    }
}

/// Whether a text is `W:H`, each 1–99 without a leading zero, or a word that counts as a ratio.
pub(crate) fn is_ratio(ask: &Ask<'_>, text: &str) -> bool {
    let is_side =
        |side: &str| matches!(side.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']);
    ask.ratio_words().contains(&text)
        || text.split_once(':').is_some_and(|(w, h)| is_side(w) && is_side(h))
}
