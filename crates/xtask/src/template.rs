//! Templates in Jinja's language.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::run::Outcome;

/// The renderer. Printing an undefined value is an error, but a misspelt member in a condition is silently false. A line that
/// holds only tags adds no line to the text.
pub fn environment<'t>() -> Outcome<Environment<'t>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    Ok(environment)
}
