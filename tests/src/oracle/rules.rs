//! The rules of §4 in the order that both pages share, and how a report is made from them.

use super::facts::Facts;
use super::request::{Place, Request, Shape, at};
use super::{
    facts_rules as f, material_rules as m, reading_rules as r, scalar_rules as s, url_rules as u,
};

/// The places where a rule fires.
pub type Places = Vec<Place>;

/// What a rule is applied to.
#[derive(Debug, Clone, Copy)]
pub enum Ask {
    /// Any body, even one that is not an object.
    Body(fn(&Request<'_>) -> Places),
    /// An object.
    Object(fn(&Request<'_>) -> Places),
    /// An object and the media facts.
    Facts(fn(&Request<'_>, &Facts) -> Places),
}
use Ask::{Body, Facts as WithFacts, Object};

const E: bool = true;
const W: bool = false;

/// Every rule: its id, whether it is an error, and its function.
pub const RULES: &[(&str, bool, Ask)] = &[
    ("invalid-json", E, Body(r::invalid_json)),
    ("body-not-object", E, Body(r::body_not_object)),
    ("duplicate-field", E, Object(r::duplicate_field)),
    ("unknown-field", W, Object(r::unknown_field)),
    ("missing-field", E, Object(r::missing_field)),
    ("wrong-type", E, Object(r::wrong_type)),
    ("empty-field", W, Object(r::empty_field)),
    ("empty-item", E, Object(r::empty_item)),
    ("unknown-model", E, Object(s::unknown_model)),
    ("wrong-endpoint", E, Object(s::wrong_endpoint)),
    ("model-delisted", W, Object(s::model_delisted)),
    ("empty-prompt", E, Object(s::empty_prompt)),
    ("prompt-too-long", E, Object(s::prompt_too_long)),
    ("duration-out-of-range", E, Object(s::duration_out_of_range)),
    ("duration-not-offered", E, Object(s::duration_not_offered)),
    ("duration-contested", W, Object(s::duration_contested)),
    ("resolution-not-offered", E, Object(s::resolution_not_offered)),
    ("resolution-ignored", W, Object(s::resolution_ignored)),
    ("resolution-contested", W, Object(s::resolution_contested)),
    ("orientation-not-offered", E, Object(s::orientation_not_offered)),
    ("orientation-overridden", W, Object(s::orientation_overridden)),
    ("ratio-not-offered", E, Object(s::ratio_not_offered)),
    ("ratio-unlisted", W, Object(s::ratio_unlisted)),
    ("ratio-malformed", E, Object(s::ratio_malformed)),
    ("ratio-needs-references", E, Object(s::ratio_needs_references)),
    ("images-with-frames", E, Object(m::images_with_frames)),
    ("too-many-images", E, Object(m::too_many_images)),
    ("frame-pair-incomplete", E, Object(m::frame_pair_incomplete)),
    ("last-frame-alone", W, Object(m::last_frame_alone)),
    ("frames-not-supported", E, Object(m::frames_not_supported)),
    ("last-frame-needs-first", E, Object(m::last_frame_needs_first)),
    ("image-expected", W, Object(m::image_expected)),
    ("videos-not-supported", E, Object(m::videos_not_supported)),
    ("too-many-videos", E, Object(m::too_many_videos)),
    ("videos-with-frames", E, Object(m::videos_with_frames)),
    ("videos-contested", W, Object(m::videos_contested)),
    ("video-expected", W, Object(m::video_expected)),
    ("video-required", E, Object(m::video_required)),
    ("audios-not-supported", E, Object(m::audios_not_supported)),
    ("too-many-audios", E, Object(m::too_many_audios)),
    ("audio-unpaired", E, Object(m::audio_unpaired)),
    ("audio-with-frames", E, Object(m::audio_with_frames)),
    ("audio-with-frames-contested", W, Object(m::audio_with_frames_contested)),
    ("scheme-not-accepted", E, Object(u::scheme_not_accepted)),
    ("scheme-contested", W, Object(u::scheme_contested)),
    ("url-malformed", E, Object(u::url_malformed)),
    ("host-not-public", E, Object(u::host_not_public)),
    ("url-suspect", W, Object(u::url_suspect)),
    ("gif-not-accepted", E, Object(u::gif_not_accepted)),
    ("image-in-videos", E, Object(u::image_in_videos)),
    ("videos-too-long", E, WithFacts(f::videos_too_long)),
    ("videos-too-short", W, WithFacts(f::videos_too_short)),
    ("videos-too-large", E, WithFacts(f::videos_too_large)),
    ("video-size-out-of-range", E, WithFacts(f::video_size_out_of_range)),
    ("video-size-contested", W, WithFacts(f::video_size_contested)),
    ("frame-rate-out-of-range", E, WithFacts(f::frame_rate_out_of_range)),
    ("frame-rate-contested", W, WithFacts(f::frame_rate_contested)),
    ("audios-too-long", E, WithFacts(f::audios_too_long)),
    ("reference-mode-not-offered", E, Object(s::reference_mode_not_offered)),
    ("field-not-for-model", W, Object(r::field_not_for_model)),
    ("alias-overridden", W, Object(r::alias_overridden)),
];

/// A finding of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Rule id.
    pub rule: &'static str,
    /// Whether it is an error.
    pub error: bool,
    /// Its place.
    pub place: Place,
    /// The place as a JSON Pointer.
    pub path: String,
}

/// The most findings in a report, in a candidate of a comparison and in a quote.
pub const MOST: usize = 1000;

/// The first [`MOST`] findings, and how many are left out.
// Chosen: the findings that stay are the first in order.
#[must_use]
pub fn capped(mut findings: Vec<Finding>) -> (Vec<Finding>, usize) {
    let omitted = findings.len().saturating_sub(MOST);
    findings.truncate(MOST);
    (findings, omitted)
}

/// All findings in the order of the report, without a limit.
#[must_use]
pub fn findings(request: &Request<'_>, facts: &Facts) -> Vec<Finding> {
    let mut fired: Vec<(Place, usize)> = Vec::new();
    for (order, (_, _, ask)) in RULES.iter().enumerate() {
        let places = match ask {
            Body(rule) => rule(request),
            _ if request.shape != Shape::Object => continue,
            Object(rule) => rule(request),
            WithFacts(rule) => rule(request, facts),
        };
        fired.extend(places.into_iter().map(|place| (place, order)));
    }
    keep_wrong_types_alone(&mut fired);
    fired.sort_unstable();
    fired
        .iter()
        .map(|&(place, order)| Finding {
            rule: RULES[order].0,
            error: RULES[order].1,
            place,
            path: request.pointer(place),
        })
        .collect()
}

/// "At the path of a wrong type nothing else is reported but `duplicate-field`."
fn keep_wrong_types_alone(fired: &mut Vec<(Place, usize)>) {
    let wrong: Vec<Place> = fired
        .iter()
        .filter(|(_, order)| RULES[*order].0 == "wrong-type")
        .map(|(place, _)| *place)
        .collect();
    if !wrong.is_empty() {
        fired.retain(|(place, order)| {
            !wrong.contains(place) || matches!(RULES[*order].0, "wrong-type" | "duplicate-field")
        });
    }
}

/// The field as the only place, if the rule fires.
#[must_use]
pub fn there_if(fires: bool, field: usize) -> Places {
    if fires { vec![at(field)] } else { Vec::new() }
}
