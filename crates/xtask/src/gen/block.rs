//! A part of a document that is written by hand: what stands between two markers is generated.

use std::fs;

use anyhow::Context;

use super::Generated;
use crate::run::{Outcome, root};

/// A document as it is, with `new` between `<!-- NAME:begin -->` and `<!-- NAME:end -->`, each on a line of its own.
pub fn renewed(path: &str, name: &str, new: &str) -> Outcome<Generated> {
    let text =
        fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))?;
    let text = replaced(&text, name, new).with_context(|| format!("{path} cannot be renewed"))?;
    let path = path.into();
    Ok(Generated { path, text })
}

fn replaced(text: &str, name: &str, new: &str) -> Outcome<String> {
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let missing = || format!("there is no `{}` … `{end}`", begin.trim_end());
    let (head, rest) = text.split_once(&begin).with_context(missing)?;
    let (_, tail) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{head}{begin}{new}{end}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_changes() -> Outcome {
        let document =
            |inner| format!("# Title\n<!-- a:begin -->\n{inner}\n<!-- a:end -->\nrest\n");
        assert_eq!(replaced(&document("old"), "a", "new\n")?, document("new"));
        assert!(replaced(&document("old"), "b", "new\n").is_err());
        Ok(())
    }
}
