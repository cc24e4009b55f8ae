//! The rule tables: every route, model, limit, rule and source as const data.
//!
//! An [`Edition`] is a file of rows, one a route; rules, fields, sources and conflicts stand once for all editions. The interpreter
//! (`check`), the prices (`quote`), the documents, the schemas and the form all read these rows; a limit stands nowhere else.

mod cause;
mod cells;
mod conflicts;
mod edition;
mod edition_2026_07;
mod edition_2026_09;
mod fields;
mod row;
mod rules;
mod sources;
mod text;
mod wellformed;
mod wire;

pub(crate) use cause::Cause;
pub use cause::{ParamInfo, ParamKind};
use conflicts::CONFLICTS;
pub use conflicts::{Conflict, ConflictInfo};
pub use edition::{Edition, Row, UnknownEdition};
pub(crate) use fields::FIELDS;
pub use fields::{Field, FieldInfo};
pub use row::{
    Alone, Audios, Basis, Cell, Duration, Frames, Images, Model, Prompt, Ratio, Resolution, Route,
    RouteId, SCHEMA_RESOLUTIONS, Scheme, Schemes, Unit, VideoLimits, Videos, WithFrames,
};
pub use rules::{Rule, RuleId, Severity};
use sources::SOURCES;
pub use sources::{Source, SourceInfo};
pub use text::Text;
pub use wire::{Explanation, RuleRow, Table};
