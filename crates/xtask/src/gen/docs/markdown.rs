//! Small pieces of Markdown that every page uses.

use std::fmt;

use itertools::Itertools;
use seedance_core::table::{Conflict, Source};
use seedance_core::{Edition, Lang};

/// A page's file name in a language: `rules.md`, `rules.zh.md`; of an edition that is not the default `rules-2026-09.md`.
pub fn file(name: &str, edition: Edition, lang: Lang) -> String {
    let language = lang.pick("", ".zh");
    match edition == Edition::default() {
        true => format!("{name}{language}.md"),
        false => format!("{name}-{edition}{language}.md"),
    }
}

/// A sentence in one of two languages, with the values that it names in braces.
macro_rules! speak {
    ($lang:expr, $en:literal, $zh:literal) => {
        $lang.pick(format!($en), format!($zh))
    };
}
pub(crate) use speak;

/// What separates the items of a list in running text.
pub fn comma(lang: Lang) -> &'static str {
    lang.pick(", ", "、")
}

/// A table, with ` | ` between its titles.
pub fn table<R: IntoIterator<Item = S>, S: AsRef<str>>(
    titles: &str,
    rows: impl IntoIterator<Item = R>,
) -> String {
    let titles: Vec<_> = titles.split(" | ").collect();
    let head = row(&titles) + &row(titles.iter().map(|_| "---"));
    head + &rows.into_iter().map(row).collect::<String>()
}

fn row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let cells = cells.into_iter();
    let cells = cells.map(|cell| cell.as_ref().replace('|', "\\|"));
    format!("| {} |\n", cells.format(" | "))
}

/// Names as code, with what separates them.
pub fn codes<S: fmt::Display>(names: impl IntoIterator<Item = S>, between: &str) -> String {
    let names = names.into_iter();
    names.map(|name| format!("`{name}`")).join(between)
}

/// Sources as links: the id where space is short.
pub fn source_ids(sources: &[Source], lang: Lang) -> String {
    join(sources, lang, |source| link(source.id(), address(*source, lang)))
}

/// Sources as links with their titles.
pub fn source_titles(sources: &[Source], lang: Lang) -> String {
    join(sources, lang, |source| {
        let title = link(source.info().title.get(lang), address(*source, lang));
        let id = source.id();
        speak!(lang, "{title} (`{id}`)", "{title}（`{id}`）")
    })
}

/// Conflicts as links to their page.
pub fn conflict_links(conflicts: &[Conflict], edition: Edition, lang: Lang) -> String {
    join(conflicts, lang, |conflict| {
        let id = conflict.id();
        let file = file("conflicts", edition, lang);
        format!("[{id}]({file}#{})", id.to_lowercase())
    })
}

/// Where a source is read; the vendor keeps its Chinese pages beside the English ones.
pub fn address(source: Source, lang: Lang) -> String {
    source.info().address.replace("/en/", lang.pick("/en/", "/zh/"))
}

/// A link, or the bare words where there is nothing to link to.
pub fn link(words: &str, address: String) -> String {
    if address.is_empty() { words.to_owned() } else { format!("[{words}]({address})") }
}

fn join<T>(items: &[T], lang: Lang, show: impl Fn(&T) -> String) -> String {
    items.iter().map(show).join(comma(lang))
}
