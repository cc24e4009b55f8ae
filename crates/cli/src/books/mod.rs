//! Looking after price books.

mod diff;
mod lint;
mod template;

pub use self::diff::{Difference, show_difference};
pub use self::lint::{Lint, show_lint};
pub use self::template::Template;
