//! §2 of the page, asked cell by cell.

/// The models in the order of the page, each with its route.
pub const MODELS: &[(&str, &str)] = &[
    ("sd2_mx_720p", "full"),
    ("sd2_mx_1080p", "full"),
    ("sd2_mx_2k", "full"),
    ("sd2_mx_4k", "full"),
    ("sd2_mx_fast_720p", "full"),
    ("sd2_mx_fast_1080p", "full"),
    ("sd2_mx_video_720p", "full"),
    ("sd2_mx_video_1080p", "full"),
    ("sd2_mx_video_2k", "full"),
    ("sd2_mx_video_4k", "full"),
    ("sd2_mx_video_fast_720p", "full"),
    ("sd2_mx_video_fast_1080p", "full"),
    ("seedance2.0-sp", "sp"),
    ("seedance2.0-fast-sp", "sp"),
    ("seedance2.0-of-sp", "sp-official"),
    ("seedance2.0-of-fast-sp", "sp-official"),
    ("seedance2.0-mini", "mini"),
    ("seedance2.0-mini-video", "mini"),
    ("seedance2.0-mini-sp", "mini-sp"),
    ("seedance2.0-md", "md"),
    ("seedance2.0-fast-md", "md"),
    ("seedance2.0-fast-i2v", "fast-i2v"),
    ("seedance2.0-std", "std"),
];

/// The route of a model, when it is one of the table.
#[must_use]
pub fn route_of(model: &str) -> Option<&'static str> {
    MODELS
        .iter()
        .find(|(name, _)| *name == model)
        .map(|(_, route)| *route)
}

/// Lowest and highest duration that give no error.
#[must_use]
pub fn durations(route: Option<&str>) -> (f64, f64) {
    match route {
        Some("full") => (4.0, 12.0),
        Some("md" | "fast-i2v") | None => (1.0, 15.0),
        Some(_) => (4.0, 15.0),
    }
}

/// The schema's own list of resolutions.
pub const SCHEMA_RESOLUTIONS: [&str; 3] = ["480p", "720p", "1080p"];

/// What the `resolution` field may say.
#[must_use]
pub fn resolutions(route: Option<&str>) -> &'static [&'static str] {
    match route {
        Some("mini-sp") => &["480p", "720p"],
        _ => &SCHEMA_RESOLUTIONS,
    }
}

/// Whether the output's resolution does not follow from the `resolution` field.
#[must_use]
pub fn is_fixed(route: &str) -> bool {
    matches!(route, "full" | "md" | "fast-i2v" | "std")
}

/// What a model of a fixed route delivers.
#[must_use]
pub fn delivers(model: &str) -> &str {
    match model.strip_prefix("sd2_mx_") {
        Some(rest) => rest.rsplit('_').next().unwrap_or(rest),
        None => "720p",
    }
}

/// The ratios that the route's row lists, and whether the list is closed.
#[must_use]
pub fn ratios(route: &str) -> (&'static [&'static str], bool) {
    match route {
        "full" => (
            &["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "Adaptive"],
            false,
        ),
        "sp" | "sp-official" | "mini" | "mini-sp" => (&["16:9", "9:16", "1:1"], false),
        "std" => (&["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], true),
        _ => (&["16:9", "9:16", "1:1"], true),
    }
}

/// The most characters of a prompt.
#[must_use]
pub fn prompt_max(route: &str) -> Option<usize> {
    matches!(route, "md" | "fast-i2v").then_some(5000)
}

/// Whether the model's name promises reference videos.
#[must_use]
pub fn is_video_model(model: &str) -> bool {
    model.contains("_video_") || model == "seedance2.0-mini-video"
}

/// Whether the model takes reference videos.
#[must_use]
pub fn takes_videos(model: &str) -> bool {
    match route_of(model) {
        Some("full") => model.contains("_video_"),
        Some("mini") => model == "seedance2.0-mini-video",
        Some("fast-i2v") => false,
        _ => true,
    }
}

/// `second` or `task`.
#[must_use]
pub fn unit(route: &str) -> &'static str {
    match route {
        "full" | "sp" | "sp-official" | "mini" => "second",
        _ => "task",
    }
}

/// `documented` or `inferred`.
#[must_use]
pub fn basis(route: &str) -> &'static str {
    match route {
        "full" | "mini" | "mini-sp" | "fast-i2v" => "documented",
        _ => "inferred",
    }
}

/// Whether the resolution is part of the billing name.
#[must_use]
pub fn resolution_is_billed(route: &str) -> bool {
    matches!(route, "sp" | "sp-official" | "mini" | "mini-sp")
}

/// The name under which the vendor bills a model at a resolution.
#[must_use]
pub fn billing_name(model: &str, resolution: Option<&str>) -> String {
    let resolution = resolution.unwrap_or("720p");
    match route_of(model) {
        Some("mini") if model == "seedance2.0-mini-video" => {
            format!("seedance2.0-mini-{resolution}-video")
        }
        Some("sp" | "sp-official" | "mini" | "mini-sp") => format!("{model}-{resolution}"),
        _ => model.to_owned(),
    }
}

/// Every name that some route can bill under, with its unit.
#[must_use]
pub fn billing_names() -> Vec<(String, &'static str)> {
    let mut names = Vec::new();
    for &(model, route) in MODELS {
        if resolution_is_billed(route) {
            names.extend(
                resolutions(Some(route))
                    .iter()
                    .map(|resolution| (billing_name(model, Some(resolution)), unit(route))),
            );
        } else {
            names.push((billing_name(model, None), unit(route)));
        }
    }
    names
}
