//! §2 of the pages, a function per column. An arm names an edition only if the other one says something else.

use std::collections::BTreeSet;

use super::Edition::{self, July, September};

/// The models in the order of the pages, each with its route and the first edition to have it.
const MODELS: &[(&str, &str, Edition)] = &[
    ("sd2_mx_720p", "full", July),
    ("sd2_mx_1080p", "full", July),
    ("sd2_mx_2k", "full", July),
    ("sd2_mx_4k", "full", July),
    ("sd2_mx_fast_720p", "full", July),
    ("sd2_mx_fast_1080p", "full", July),
    ("sd2_mx_video_720p", "full", July),
    ("sd2_mx_video_1080p", "full", July),
    ("sd2_mx_video_2k", "full", July),
    ("sd2_mx_video_4k", "full", July),
    ("sd2_mx_video_fast_720p", "full", July),
    ("sd2_mx_video_fast_1080p", "full", July),
    ("seedance2.0-sp", "sp", July),
    ("seedance2.0-fast-sp", "sp", July),
    ("seedance2.0-of-sp", "sp-official", July),
    ("seedance2.0-of-fast-sp", "sp-official", July),
    ("seedance2.0-mini", "mini", July),
    ("seedance2.0-mini-video", "mini", July),
    ("seedance2.0-mini-480p", "mini", September),
    ("seedance2.0-mini-720p", "mini", September),
    ("seedance2.0-mini-1080p", "mini", September),
    ("seedance2.0-mini-480p-video", "mini", September),
    ("seedance2.0-mini-720p-video", "mini", September),
    ("seedance2.0-mini-1080p-video", "mini", September),
    ("seedance2.0-mini-sp", "mini-sp", July),
    ("seedance2.0-md", "md", July),
    ("seedance2.0-fast-md", "fast-md", July),
    ("seedance2.0-fast-i2v", "fast-i2v", July),
    ("seedance2.0-std", "std", July),
    ("seedance-2.0-480p", "standard", September),
    ("seedance-2.0-720p", "standard", September),
    ("seedance-2.0-1080p", "standard", September),
    ("seedance-2.0-4k", "standard", September),
    ("seedance2.0-gz", "gz", September),
    ("seedance2.0-gz-480p", "gz", September),
    ("seedance2.0-gz-720p", "gz", September),
    ("seedance2.0-gz-1080p", "gz", September),
    ("seedance2.0-gz-fast", "gz", September),
    ("seedance2.0-gz-fast-480p", "gz", September),
    ("seedance2.0-gz-fast-720p", "gz", September),
    ("seedance2.0-gz-video", "gz", September),
    ("seedance2.0-gz-video-480p", "gz", September),
    ("seedance2.0-gz-video-720p", "gz", September),
    ("seedance2.0-gz-video-1080p", "gz", September),
    ("seedance2.0-gz-fast-video", "gz", September),
    ("seedance2.0-gz-fast-video-480p", "gz", September),
    ("seedance2.0-gz-fast-video-720p", "gz", September),
    ("seedance2.0-gz-mini", "gz-mini", September),
    ("seedance2.0-gz-mini-480p", "gz-mini", September),
    ("seedance2.0-gz-mini-720p", "gz-mini", September),
    ("seedance2.0-gz-mini-video", "gz-mini", September),
    ("seedance2.0-gz-mini-video-480p", "gz-mini", September),
    ("seedance2.0-gz-mini-video-720p", "gz-mini", September),
    ("seedance2.0-933", "933", September),
    ("seedance2.0-933-480p", "933", September),
    ("seedance2.0-933-720p", "933", September),
    ("seedance2.0-933-1080p", "933", September),
    ("sd2-933-720p", "933-720p", September),
];

/// The models of an edition in the order of its page, each with its route.
pub fn models(edition: Edition) -> impl Iterator<Item = (&'static str, &'static str)> {
    let there = move |(_, _, since): &&(_, _, Edition)| *since <= edition;
    MODELS.iter().filter(there).map(move |&(model, route, _)| match (edition, route) {
        (July, "fast-md") => (model, "md"),
        _ => (model, route),
    })
}

/// The route of a model, if the edition has the model.
#[must_use]
pub fn route_of(edition: Edition, model: &str) -> Option<&'static str> {
    models(edition).find(|(name, _)| *name == model).map(|(_, route)| route)
}

/// Other names of models, "exactly these", each with the model's name.
const ALIASES: &[(&str, &str)] = &[
    ("seedance2.0-480p", "seedance-2.0-480p"),
    ("seedance2.0-720p", "seedance-2.0-720p"),
    ("seedance2.0-1080p", "seedance-2.0-1080p"),
    ("seedance2.0-4k", "seedance-2.0-4k"),
    ("seedance20-480p", "seedance-2.0-480p"),
    ("seedance20-720p", "seedance-2.0-720p"),
    ("seedance20-1080p", "seedance-2.0-1080p"),
    ("seedance20-4k", "seedance-2.0-4k"),
    ("seedance2.0-gz720p", "seedance2.0-gz-720p"),
    ("seedance20-gz-720p", "seedance2.0-gz-720p"),
    ("seedance-2.0-933", "seedance2.0-933"),
    ("seedance20933", "seedance2.0-933"),
    ("seedance2_0_933", "seedance2.0-933"),
    ("sd2_933_720p", "sd2-933-720p"),
    ("sd2-933720p", "sd2-933-720p"),
    ("sd2-adb-720p", "sd2-933-720p"),
];

/// The aliases of an edition's models, each with its model.
#[must_use]
pub fn aliases(edition: Edition) -> &'static [(&'static str, &'static str)] {
    match edition {
        July => &[],
        September => ALIASES,
    }
}

/// Whether a name belongs to a model at another of the vendor's endpoints, by its first characters.
#[must_use]
pub fn is_of_another_endpoint(edition: Edition, model: &str) -> bool {
    let elsewhere = [
        "seedance-2.5",
        "seedance2.5",
        "sd2.5-",
        "minimax-h3",
        "kling-o3",
        "wan3.0",
        "flux-3-",
        "video-translate-",
    ];
    edition == September && elsewhere.iter().any(|start| model.starts_with(start))
}

/// Whether the vendor's menu still lists the route.
#[must_use]
pub fn is_listed(edition: Edition, route: &str) -> bool {
    edition == July || !matches!(route, "mini-sp" | "fast-i2v" | "std" | "933" | "933-720p")
}

/// The durations that a route takes, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Durations {
    /// All from the first to the second, both included.
    Range(f64, f64),
    /// One of these.
    Set(&'static [f64]),
}
use Durations::{Range, Set};

impl Durations {
    /// Whether a duration is one of them.
    #[must_use]
    pub fn hold(self, seconds: f64) -> bool {
        match self {
            Range(least, most) => (least..=most).contains(&seconds),
            Set(set) => set.contains(&seconds),
        }
    }
}

/// The durations that cause no error.
#[must_use]
pub fn durations(edition: Edition, route: Option<&str>) -> Durations {
    match (edition, route) {
        (July, Some("full")) => Range(4.0, 12.0),
        (July, Some("md") | None) | (_, Some("fast-i2v")) => Range(1.0, 15.0),
        (September, Some("md")) => Set(&[5.0, 10.0, 15.0]),
        (September, Some("fast-md")) => Set(&[10.0, 15.0]),
        (September, Some("standard")) => Range(4.0, 30.0),
        (September, None) => Range(1.0, 30.0),
        _ => Range(4.0, 15.0),
    }
}

/// The duration of a request without one; `None` if it is required.
#[must_use]
pub fn default_duration(route: &str) -> Option<f64> {
    match route {
        "standard" | "gz" | "gz-mini" | "933-720p" => Some(5.0),
        "933" => Some(4.0),
        _ => None,
    }
}

/// The schema's own list of resolutions.
pub const SCHEMA_RESOLUTIONS: [&str; 3] = ["480p", "720p", "1080p"];

/// The values of the `resolution` field that are offered for a model, or without a known one.
// Chosen: a contested value is offered.
#[must_use]
pub fn resolutions(model: Option<&str>) -> &'static [&'static str] {
    let less = |model: &str| {
        matches!(
            model,
            "seedance2.0-mini-sp"
                | "seedance2.0-gz-fast"
                | "seedance2.0-gz-fast-video"
                | "seedance2.0-gz-mini"
                | "seedance2.0-gz-mini-video"
        )
    };
    if model.is_some_and(less) { &["480p", "720p"] } else { &SCHEMA_RESOLUTIONS }
}

/// The resolution in a model's name.
#[must_use]
pub fn named_resolution(model: &str) -> Option<&str> {
    let is_resolution = |part: &&str| ["480p", "720p", "1080p", "2k", "4k"].contains(part);
    model.split(['_', '-']).rfind(is_resolution)
}

/// The resolution that a model always delivers; `None` if the `resolution` field decides.
#[must_use]
pub fn delivers<'m>(route: &str, model: &'m str) -> Option<&'m str> {
    match route {
        "md" | "fast-md" | "fast-i2v" | "std" => Some("720p"),
        "933" => None,
        _ => named_resolution(model),
    }
}

/// The ratios that the route's row lists, and whether any other is refused.
#[must_use]
pub fn ratios(edition: Edition, route: &str) -> (&'static [&'static str], bool) {
    match (edition, route) {
        (_, "full") => (&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "Adaptive"], false),
        (_, "sp" | "sp-official" | "mini" | "mini-sp") => (&["16:9", "9:16", "1:1"], false),
        (_, "std" | "933") | (September, "md") => {
            (&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], true)
        }
        (_, "standard" | "gz" | "gz-mini") => {
            (&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "adaptive"], true)
        }
        (_, "933-720p") => (&["16:9", "9:16", "1:1", "4:3", "3:4"], true),
        _ => (&["16:9", "9:16", "1:1"], true),
    }
}

/// The most characters that a prompt may have.
#[must_use]
pub fn prompt_max(edition: Edition, route: &str) -> Option<usize> {
    match (edition, route) {
        (September, "md") => Some(6000),
        (_, "md" | "fast-md" | "fast-i2v" | "standard" | "933" | "933-720p") => Some(5000),
        _ => None,
    }
}

/// The most images, reference videos and reference audios that a route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Images; on `fast-i2v` the frames are included in the count.
    pub images: usize,
    /// Reference videos.
    pub videos: usize,
    /// Reference audios.
    pub audios: usize,
}

/// The limits of a route; `usize::MAX` if its row has none.
#[must_use]
pub fn most(edition: Edition, route: &str) -> Most {
    let most = |images, videos, audios| Most { images, videos, audios };
    let any = usize::MAX;
    match (edition, route) {
        (July, "md") => most(4, 3, any),
        (_, "fast-md") => most(4, 3, 1),
        (_, "fast-i2v") => most(9, any, any),
        (_, "std") => most(9, any, 3),
        (_, "md" | "standard" | "gz" | "gz-mini" | "933" | "933-720p") => most(9, 3, 3),
        _ => most(any, any, any),
    }
}

/// Whether the model is meant for reference videos, by its name, but does not require them.
#[must_use]
pub fn is_video_model(route: &str, model: &str) -> bool {
    match route {
        "full" => model.contains("_video_"),
        "mini" => model.ends_with("-video"),
        _ => false,
    }
}

/// Whether the model requires reference videos.
#[must_use]
pub fn needs_videos(route: &str, model: &str) -> bool {
    matches!(route, "gz" | "gz-mini") && model.contains("-video")
}

/// Whether the model takes reference videos.
#[must_use]
pub fn takes_videos(route: &str, model: &str) -> bool {
    match route {
        "full" | "mini" => is_video_model(route, model),
        "fast-i2v" => false,
        _ => true,
    }
}

/// Whether the length of the first reference video is billed.
#[must_use]
pub fn bills_first_video(route: &str, model: &str) -> bool {
    route == "mini" && is_video_model(route, model)
}

/// Whether the route has rules on measured media, and takes frames only in pairs. `fast-md` takes these over from `md`.
#[must_use]
pub fn measures_media(edition: Edition, route: &str) -> bool {
    match edition {
        July => route == "md",
        September => route == "fast-md",
    }
}

/// Whether the route has the fields that are aliases.
#[must_use]
pub fn has_aliased_fields(route: &str) -> bool {
    matches!(route, "standard" | "gz" | "gz-mini" | "933" | "933-720p")
}

/// The values of `reference_mode`, if the route has this field.
#[must_use]
pub fn reference_modes(route: &str) -> Option<&'static [&'static str]> {
    match route {
        "933" => Some(&["image", "frame"]),
        "933-720p" => Some(&["frame", "media", "image"]),
        _ => None,
    }
}

/// The unit that a price is for: `second`, `task` or `million-tokens`.
#[must_use]
pub fn unit(route: &str) -> &'static str {
    match route {
        "gz" | "gz-mini" => "million-tokens",
        "mini-sp" | "md" | "fast-md" | "fast-i2v" | "std" => "task",
        _ => "second",
    }
}

/// Whether a page states the billing name: `documented` or `inferred`.
#[must_use]
pub fn basis(route: &str) -> &'static str {
    match route {
        "sp" | "sp-official" | "md" | "fast-md" | "std" => "inferred",
        _ => "documented",
    }
}

/// Whether the `resolution` field is part of the billing name.
#[must_use]
pub fn resolution_is_billed(route: &str, model: &str) -> bool {
    match route {
        "sp" | "sp-official" | "mini-sp" | "933" => true,
        "mini" => named_resolution(model).is_none(),
        _ => false,
    }
}

/// The name under which the vendor bills a model, for a resolution and with or without reference videos.
#[must_use]
pub fn billing_name(route: &str, model: &str, resolution: Option<&str>, videos: bool) -> String {
    match route {
        "933" => {
            let resolution = resolution.or(named_resolution(model)).unwrap_or("480p");
            format!("seedance2.0-933-{resolution}")
        }
        "gz" | "gz-mini" if videos && !model.contains("-video") => match named_resolution(model) {
            Some(resolution) => {
                let family = model.trim_end_matches(resolution);
                format!("{family}video-{resolution}")
            }
            None => format!("{model}-video"),
        },
        _ if !resolution_is_billed(route, model) => model.to_owned(),
        _ => {
            let resolution = resolution.unwrap_or("720p");
            match model.strip_suffix("-video") {
                Some(family) => format!("{family}-{resolution}-video"),
                None => format!("{model}-{resolution}"),
            }
        }
    }
}

/// Every name that the edition's routes can bill under, with its unit.
#[must_use]
pub fn billing_names(edition: Edition) -> BTreeSet<(String, &'static str)> {
    let mut names = BTreeSet::new();
    for (model, route) in models(edition) {
        let with = |resolution, videos| billing_name(route, model, resolution, videos);
        names.extend([with(None, false), with(None, true)].map(|name| (name, unit(route))));
        if resolution_is_billed(route, model) {
            let offered = resolutions(Some(model)).iter();
            names.extend(offered.map(|resolution| (with(Some(resolution), false), unit(route))));
        }
    }
    names
}
