//! The drawings in docs/architecture.md: which module of a crate needs which, as the sources have it.

use super::{Generated, renewed};
use crate::modules::{crates, drawing_of_crates};
use crate::run::Outcome;

pub fn generate() -> Outcome<Vec<Generated>> {
    let mut text = format!("\n{}", drawing_of_crates()?);
    for one in crates()? {
        if let Some(drawing) = one.drawing() {
            text.push_str(&format!("\n### `crates/{}`\n\n{drawing}", one.name));
        }
        for circle in one.circles() {
            text.push_str(&format!("\nA circle of files: `{}`.\n", circle.join("`, `")));
        }
    }
    text.push('\n');
    Ok(vec![renewed("docs/architecture.md", "modules", &text)?])
}
