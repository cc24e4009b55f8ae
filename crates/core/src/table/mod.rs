//! The rule table of one edition: every route, model, limit, rule and source as const data.
//!
//! One row a route ([`ROUTES`]), one row a rule ([`RULES`]). The interpreter (`check`), the prices
//! (`quote`), the documents, the schemas and the form all read these rows; a limit stands nowhere
//! else.

mod cause;
mod conflicts;
mod fields;
mod routes;
mod row;
mod rules;
mod sources;
mod text;
mod wellformed;
mod wire;

pub(crate) use cause::Cause;
pub use cause::{ParamInfo, ParamKind};
pub use conflicts::{CONFLICTS, Conflict, ConflictInfo};
pub use fields::{FIELDS, Field, FieldInfo};
pub use routes::{EDITION, ROUTES};
pub use row::{
    Alone, Audios, Basis, Cell, Duration, Frames, Images, Model, Prompt, Ratio, Resolution, Route,
    RouteId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Scheme, Schemes, Unit, VideoLimits, Videos,
    WithFrames,
};
pub use rules::{RULES, Rule, RuleId, Severity, UnknownRule};
pub use sources::{SOURCES, Source, SourceInfo};
pub use text::Text;
pub use wire::{Explanation, RuleRow, Table, table};

use alloc::string::String;
use alloc::vec::Vec;

/// A row of the table: a route, and one of its models.
pub type Row = (&'static Route, &'static Model);

/// All models with their routes, in the table's order.
///
/// ```
/// let (route, model) = seedance_core::table::models().next().unwrap();
/// assert_eq!((route.id.name(), model.name), ("full", "sd2_mx_720p"));
/// ```
pub fn models() -> impl Iterator<Item = Row> {
    let of_route = |route: &'static Route| route.models.iter().map(move |model| (route, model));
    ROUTES.iter().flat_map(of_route)
}

/// The model of this exact name, with its route.
///
/// ```
/// let (route, model) = seedance_core::table::find_model("seedance2.0-md").unwrap();
/// assert_eq!((route.id.name(), model.takes_videos), ("md", true));
/// ```
#[must_use]
pub fn find_model(name: &str) -> Option<Row> {
    models().find(|(_, model)| model.name == name)
}

/// Every billing name that a route can produce, in the table's order.
pub fn billing_names() -> impl Iterator<Item = String> {
    models().flat_map(|(route, model)| model.billing_names(route))
}

/// How a billing name is charged; `None` for a name that no route can produce.
///
/// ```
/// use seedance_core::table::{Unit, billing_unit};
/// assert_eq!(billing_unit("seedance2.0-mini-sp-480p"), Some(Unit::Task));
/// assert_eq!(billing_unit("seedance2.0-mini-sp-1080p"), None);
/// ```
#[must_use]
pub fn billing_unit(name: &str) -> Option<Unit> {
    let mut rows = models();
    let (route, _) =
        rows.find(|(route, model)| model.billing_names(route).iter().any(|it| it == name))?;
    Some(route.unit.value)
}

/// The model and resolution behind a billing name that carries a resolution, in whatever case.
pub(crate) fn model_of_billing_name(name: &str) -> Option<(&'static Model, &'static str)> {
    let name = name.to_ascii_lowercase();
    models().find_map(|(route, model)| {
        let mut offered = route.resolution.value.offered.iter();
        offered
            .find(|it| model.billing_name(it) == name)
            .map(|it| (model, *it))
    })
}

/// The ratios that every route lists: examples where the route is unknown.
pub(crate) fn common_ratios() -> Vec<&'static str> {
    let is_listed = |ratio: &&str| {
        ROUTES
            .iter()
            .all(|route| route.ratio.value.list.contains(ratio))
    };
    let [first, ..] = &ROUTES;
    first
        .ratio
        .value
        .list
        .iter()
        .copied()
        .filter(is_listed)
        .collect()
}
