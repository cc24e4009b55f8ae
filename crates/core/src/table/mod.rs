//! The rule tables: every route, model, limit, rule and source as const data.
//!
//! Each [`Edition`] is a file with a row for each route; all editions share the rules, fields, sources and conflicts. The checks,
//! the prices, the documents, the schemas and the form all read these rows; no limit is written anywhere else.

mod cause;
mod cells;
mod conflicts;
mod diff;
mod edition;
mod edition_2026_07;
mod edition_2026_09;
mod fields;
mod lookup;
mod named;
mod row;
mod rules;
mod sources;
mod text;
mod wire;

#[cfg(test)]
mod tests;

pub(crate) use cause::Cause;
pub use cause::{ParamInfo, ParamKind};
pub use conflicts::{Conflict, ConflictInfo};
pub use diff::{Change, Difference, diff};
pub use edition::{Edition, UnknownEdition};
pub(crate) use fields::{ALIASES, FIELDS, shared_and_later};
pub use fields::{Field, FieldInfo, FieldKind, SCHEMA_RESOLUTIONS};
pub use lookup::Row;
pub use row::{
    Alone, Audios, Basis, Cell, Duration, Extras, Frames, Images, Model, Prompt, Ratio, Resolution,
    Route, RouteId, Scheme, Schemes, Unit, VideoLimits, Videos, WithFrames,
};
pub use rules::{Rule, RuleId, Severity, UnknownRule};
pub use sources::{Source, SourceInfo};
pub use text::Text;
pub use wire::{Explanation, RuleRow, Table};
