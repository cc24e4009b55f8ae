//! Mutations of a clean request, each with the one finding that it must cause.

mod materials;
mod values;

use fastrand::Rng;
use seedance_core::Edition;
use seedance_core::table::{Model, Route};
use serde_json::{Map, Value};

use super::valid;

/// A request with one mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// The body.
    pub request: Map<String, Value>,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// The finding's path.
    pub path: String,
}

/// The rule and path of the finding that a mutation causes; `None` if the row has no such rule.
pub type Wanted = Option<(&'static str, String)>;

/// One kind of mutation.
pub type Mutation = fn(&mut Rng, &Route, &Model, &mut Map<String, Value>) -> Wanted;

/// Every kind of mutation.
pub const MUTATIONS: &[Mutation] = &[
    values::unknown_field,
    values::missing_field,
    values::wrong_type,
    values::empty_field,
    materials::empty_item,
    values::unknown_model,
    values::wrong_endpoint,
    values::empty_prompt,
    values::prompt_too_long,
    values::duration_out_of_range,
    values::duration_contested,
    values::resolution_not_offered,
    values::resolution_ignored,
    values::resolution_contested,
    values::orientation_not_offered,
    values::orientation_overridden,
    values::ratio,
    values::ratio_malformed,
    values::ratio_needs_references,
    materials::images_with_frames,
    materials::too_many_images,
    materials::frame_alone,
    materials::frames_not_supported,
    materials::image_expected,
    materials::videos_not_supported,
    materials::too_many_videos,
    materials::videos_with_frames,
    materials::videos_contested,
    materials::video_expected,
    materials::audios_not_supported,
    materials::too_many_audios,
    materials::audio_unpaired,
    materials::audio_with_frames,
    materials::scheme,
    materials::url_malformed,
    materials::host_not_public,
    materials::url_suspect,
    materials::refused_image,
    materials::refused_video,
    values::reference_mode_not_offered,
    values::field_not_for_model,
    materials::alias_overridden,
];

/// A clean request for this model with one mutation; `None` if the rule does not apply to its route.
pub fn mutant(rng: &mut Rng, route: &Route, model: &Model, mutation: usize) -> Option<Mutant> {
    let mut request = valid::clean_for(rng, route, model);
    let (rule, path) = MUTATIONS[mutation](rng, route, model, &mut request)?;
    Some(Mutant { request, rule, path })
}

fn found(rule: &'static str, path: &str) -> Wanted {
    Some((rule, path.to_owned()))
}

/// Whether the row is of the edition that has fields with other names.
fn is_later(route: &Route) -> bool {
    let mut rows = Edition::V2026_09.routes().iter();
    rows.any(|row| std::ptr::eq(row, route))
}

fn set(r: &mut Map<String, Value>, field: &str, value: Value) {
    r.insert(field.to_owned(), value);
}

fn drop_all(r: &mut Map<String, Value>, fields: &[&str]) {
    for field in fields {
        r.remove(*field);
    }
}
