//! Looking after price books.

mod diff;
mod draft;
mod lint;
mod template;

pub use self::diff::{Change, Difference, Kind};
pub use self::draft::Draft;
pub use self::lint::{AgeUnknown, Contradiction, Lint, Misspelt};
pub use self::template::Template;
