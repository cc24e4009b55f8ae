//! Templates in Jinja's language.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::run::Outcome;

/// What renders them: it fails where one prints what is not there, and a line of tags alone is no line of the text.
pub fn templates<'t>() -> Outcome<Environment<'t>> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    templates.set_syntax(syntax.build()?);
    Ok(templates)
}
