//! Templates in Jinja's language.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::run::Outcome;

/// What renders them. It fails where one prints what is not there, but a misspelt member in a condition is silently false. A line of
/// tags alone adds no line to the text.
pub fn environment<'t>() -> Outcome<Environment<'t>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    Ok(environment)
}
