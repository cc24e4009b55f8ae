//! Pieces of sentences that messages, labels and the errors of documents share.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Lang;
use crate::table::{Field, Text};

/// The most characters of a caller's own text that a sentence repeats.
const MAX_ECHO: usize = 60;

/// Why a name is unknown that once was a model's.
pub(crate) const WITHDRAWN: Text = Text::new("the vendor withdrew it", "厂商已下架");

pub(crate) const AND: Text = Text::new(" and ", " 和 ");
pub(crate) const OR: Text = Text::new(" or ", " 或 ");

/// Names as they are listed in the middle of a sentence, with `last` before the last one.
pub(crate) fn listed<N: AsRef<str>>(
    names: impl IntoIterator<Item = N>,
    last: Text,
    lang: Lang,
) -> String {
    let quoted = |name: N| alloc::format!("`{}`", echo(name.as_ref()));
    let names: Vec<_> = names.into_iter().map(quoted).collect();
    joined(&names, last, lang)
}

pub(crate) fn joined(words: &[String], last: Text, lang: Lang) -> String {
    match words {
        [others @ .., word] if !others.is_empty() => {
            others.join(Text::new(", ", "、").get(lang)) + last.get(lang) + word
        }
        words => words.concat(),
    }
}

/// A caller's text on one line, cut after `MAX_ECHO` characters.
pub(crate) fn echo(text: &str) -> String {
    let visible = |it: char| if it.is_control() { ' ' } else { it };
    let mut characters = text.chars().map(visible);
    let mut echo: String = characters.by_ref().take(MAX_ECHO).collect();
    if characters.next().is_some() {
        echo.push('…');
    }
    echo
}

/// A field's title in lower case, for the middle of a sentence.
pub(crate) fn title(field: Field, lang: Lang) -> String {
    field.info().title.get(lang).to_ascii_lowercase()
}
