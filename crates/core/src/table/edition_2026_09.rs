//! The rows of edition `2026-09`.

pub(super) use super::edition_2026_07::{ROUTES, WIDEST_DURATION};
