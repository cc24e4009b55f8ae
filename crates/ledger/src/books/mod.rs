//! Looking after price books.

mod diff;
mod lint;
mod template;

pub use self::diff::{Change, Difference, Kind};
pub use self::lint::{AgeUnknown, Contradiction, Lint, Misspelt};
pub use self::template::Template;
