//! The rule table of one edition: every route, model, limit, rule and source as const data.
//!
//! One row a route ([`ROUTES`]), one row a rule ([`RULES`]). The interpreter (`check`), the prices
//! (`quote`), the documents, the schemas and the form all read these rows; a limit stands nowhere
//! else.

mod conflicts;
mod fields;
mod routes;
mod row;
mod rules;
mod sources;
mod text;
mod wellformed;
mod wire;

pub use conflicts::{CONFLICTS, Conflict, ConflictInfo};
pub(crate) use fields::REQUIRED;
pub use fields::{FIELDS, Field, FieldInfo};
pub use routes::ROUTES;
pub use row::{
    Alone, Audios, Basis, Cell, Duration, Frames, Images, Model, Prompt, Ratio, Resolution, Route,
    RouteId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Scheme, Schemes, Unit, VideoLimits, Videos,
};
pub(crate) use rules::{OF_FINDINGS, Subject};
pub use rules::{ParamInfo, ParamKind, RULES, Rule, RuleId, Severity};
pub use sources::{SOURCES, Source, SourceInfo};
pub use text::Text;
pub use wire::{Explanation, RuleRow, Table, table};

use alloc::string::String;

/// The edition of the rules that this table holds.
pub const EDITION: &str = "2026-07";

/// All models with their routes, in the table's order.
///
/// ```
/// assert_eq!(seedance_core::table::models().count(), 23);
/// ```
pub fn models() -> impl Iterator<Item = (&'static Route, &'static Model)> {
    MODELS.iter().copied()
}

static MODELS: [(&Route, &Model); MODEL_COUNT] = {
    let mut models = [(&ROUTES[0], &ROUTES[0].models[0]); MODEL_COUNT];
    let (mut route, mut model, mut index) = (0, 0, 0);
    while index < MODEL_COUNT {
        models[index] = (&ROUTES[route], &ROUTES[route].models[model]);
        index += 1;
        model += 1;
        if model == ROUTES[route].models.len() {
            (route, model) = (route + 1, 0);
        }
    }
    models
};

const MODEL_COUNT: usize = {
    let (mut count, mut route) = (0, 0);
    while route < ROUTES.len() {
        count += ROUTES[route].models.len();
        route += 1;
    }
    count
};

/// The model of this exact name, with its route.
///
/// ```
/// let (route, model) = seedance_core::table::find_model("seedance2.0-md").unwrap();
/// assert_eq!((route.id.name(), model.takes_videos), ("md", true));
/// ```
#[must_use]
pub fn find_model(name: &str) -> Option<(&'static Route, &'static Model)> {
    let (route, model) = MODELS[usize::from(SEARCH.places[place(name, SEARCH.factor)])];
    (model.name == name).then_some((route, model))
}

/// Where each name of [`MODELS`] is found: a hash table without collisions, since every check of a request looks there.
struct Search {
    factor: u64,
    /// Indexes into [`MODELS`]; where no name belongs, that of one that is none to find there.
    places: [u8; PLACES],
}

const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 6;

static SEARCH: Search = {
    let mut search = Search {
        factor: 1,
        places: [0; PLACES],
    };
    let mut tries = 0;
    while !search.is_filled() {
        assert!(
            tries < 10_000,
            "two models have one key: let it hold more of the name"
        );
        tries += 1;
        // Another odd number: one is as good as the other.
        search.factor = search.factor.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    search
};

impl Search {
    /// Puts every model into its place, unless two share one.
    const fn is_filled(&mut self) -> bool {
        let mut is_taken = [false; PLACES];
        let mut index = 0;
        while index < MODEL_COUNT {
            let place = place(MODELS[index].1.name, self.factor);
            if is_taken[place] {
                return false;
            }
            is_taken[place] = true;
            self.places[place] = index as u8;
            index += 1;
        }
        true
    }
}

/// A name's place: its length and last eight bytes, mixed.
const fn place(name: &str, factor: u64) -> usize {
    let key = match name.as_bytes().last_chunk() {
        Some(last) => u64::from_le_bytes(*last) ^ (name.len() as u64).rotate_right(8),
        None => 0,
    };
    (key.wrapping_mul(factor) >> (u64::BITS - PLACE_BITS)) as usize
}

/// Every billing name that a route can produce, in the table's order.
pub fn billing_names() -> impl Iterator<Item = String> {
    billing_rows().map(|(_, model, resolution)| model.billing_name(resolution))
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
    billing_row(name).map(|(route, ..)| route.unit.value)
}

/// The model and resolution behind a billing name that carries a resolution, in whatever case.
pub(crate) fn model_of_billing_name(name: &str) -> Option<(&'static Model, &'static str)> {
    let (_, model, resolution) = billing_row(&name.to_ascii_lowercase())?;
    (!resolution.is_empty()).then_some((model, resolution))
}

#[inline(never)]
fn billing_row(name: &str) -> Option<(&'static Route, &'static Model, &'static str)> {
    billing_rows().find(|(_, model, resolution)| model.billing_is(resolution, name))
}

/// Route, model and each resolution that its billing name can hold (one empty one where it holds none).
fn billing_rows() -> impl Iterator<Item = (&'static Route, &'static Model, &'static str)> {
    (0..MODEL_COUNT * SCHEMA_RESOLUTIONS.len()).filter_map(billing_row_at)
}

/// No route offers more resolutions than the schema lists, so that every one has a place.
fn billing_row_at(place: usize) -> Option<(&'static Route, &'static Model, &'static str)> {
    let (route, model) = *MODELS.get(place / SCHEMA_RESOLUTIONS.len())?;
    let resolution = match (
        route.resolution.value.offered,
        place % SCHEMA_RESOLUTIONS.len(),
    ) {
        ([], 0) => "",
        (offered, place) => offered.get(place)?,
    };
    Some((route, model, resolution))
}
