//! The README's table of routes, between its two markers.

use std::fs;

use anyhow::Context;
use seedance_core::Lang;

use super::super::Generated;
use super::routes::overview;
use crate::run::{Outcome, root};

const PATH: &str = "README.md";
const BEGIN: &str = "<!-- routes:begin -->\n";
const END: &str = "<!-- routes:end -->";

/// The README as it is, with the table of now.
pub fn with_routes() -> Outcome<Generated> {
    let text = fs::read_to_string(root().join(PATH)).context("cannot read README.md")?;
    let text = replaced(&text, &overview(Lang::En))?;
    Ok(Generated {
        path: PATH.into(),
        text,
    })
}

fn replaced(text: &str, table: &str) -> Outcome<String> {
    let missing = || {
        format!(
            "README.md has no `{}` … `{END}` around its table of routes",
            BEGIN.trim_end()
        )
    };
    let (head, rest) = text.split_once(BEGIN).with_context(missing)?;
    let (_, tail) = rest.split_once(END).with_context(missing)?;
    Ok(format!("{head}{BEGIN}{table}{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() -> Outcome {
        let before = format!("# Title\n{BEGIN}old\n{END}\nrest\n");
        assert_eq!(
            replaced(&before, "new\n")?,
            format!("# Title\n{BEGIN}new\n{END}\nrest\n")
        );
        assert!(replaced("# Title\n", "new\n").is_err());
        Ok(())
    }
}
