//! The dependencies between the modules of a crate: read from the sources, drawn in docs/architecture.md, and never circular.

mod source;

use std::fs;
use std::path::Path;

use anyhow::Context;
use itertools::Itertools;
use petgraph::algo::{has_path_connecting, tarjan_scc};
use petgraph::graphmap::DiGraphMap;
use serde_json::Value;
use source::{File, Spoken};

use crate::run::{Outcome, cargo, output, root};

/// How many re-exports are followed to the definition of a name.
const RELAYS: usize = 16;

/// A crate's files and the dependencies between them.
#[derive(Debug)]
struct Crate {
    /// The name of its folder in `crates`.
    name: String,
    files: Vec<File>,
    /// An edge from each file to each file that it needs; nodes are indices into `files`.
    arrows: DiGraphMap<usize, ()>,
}

/// The generated part of docs/architecture.md: the dependencies between the crates, and within each crate between its modules.
pub fn drawings() -> Outcome<String> {
    let mut text = format!("\n{}", drawing_of_crates()?);
    for one in crates()? {
        if let Some(drawing) = one.drawing() {
            text.push_str(&format!("\n### `crates/{}`\n\n{drawing}", one.name));
        }
        for circle in one.circles() {
            text.push_str(&format!("\nA circle of files: `{}`.\n", circle.join("`, `")));
        }
    }
    Ok(text + "\n")
}

/// Every crate in the folder `crates`, sorted by name.
fn crates() -> Outcome<Vec<Crate>> {
    let mut crates = Vec::new();
    for entry in fs::read_dir(root().join("crates"))? {
        let folder = entry?.path();
        let root = ["src/lib.rs", "src/main.rs"].map(|root| folder.join(root));
        if let Some(root) = root.into_iter().find(|root| root.exists()) {
            crates.push(Crate::read(&folder, &root)?);
        }
    }
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(crates)
}

impl Crate {
    fn read(folder: &Path, root: &Path) -> Outcome<Self> {
        let name = folder.file_name().context("a crate's folder has a name")?;
        let files = source::read(root)?;
        let mut arrows = DiGraphMap::new();
        for (place, file) in files.iter().enumerate() {
            arrows.add_node(place);
            for path in &file.spoken {
                if let Some(needed) = resolve(&files, path, RELAYS)
                    && needed != place
                {
                    arrows.add_edge(place, needed, ());
                }
            }
        }
        Ok(Self { name: name.to_string_lossy().into_owned(), files, arrows })
    }

    /// The groups of files that depend on each other in a circle, as sorted module paths.
    fn circles(&self) -> Vec<Vec<String>> {
        let names = |circle: Vec<usize>| {
            let files = circle.into_iter().filter_map(|place| self.files.get(place));
            files.map(|file| spell(&file.module)).sorted().collect()
        };
        let circles = tarjan_scc(&self.arrows).into_iter().filter(|circle| circle.len() > 1);
        circles.map(names).sorted().collect()
    }

    /// A drawing of the dependencies between the crate's top-level modules; `None` if there are none.
    fn drawing(&self) -> Option<String> {
        let mut arrows = DiGraphMap::new();
        for (from, to, ()) in self.arrows.all_edges() {
            let (from, to) = (top(self.files.get(from)?), top(self.files.get(to)?));
            // The root re-exports names and needs every module.
            if from != to && from != ROOT {
                arrows.add_edge(from, to, ());
            }
        }
        (arrows.edge_count() > 0).then(|| draw(arrows))
    }
}

/// A drawing of the dependencies between the workspace's crates.
fn drawing_of_crates() -> Outcome<String> {
    let metadata = output(&mut cargo("metadata --quiet --no-deps --format-version=1"))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut arrows = DiGraphMap::new();
    let packages = metadata.get("packages").and_then(Value::as_array);
    for package in packages.into_iter().flatten() {
        // The workspace's crates have a path. `kind` is null for normal dependencies, and "dev" or "build" for the others.
        let needed = package["dependencies"].as_array().into_iter().flatten();
        for needed in needed.filter(|it| it["path"].is_string() && it["kind"].is_null()) {
            if let (Some(name), Some(needed)) = (package["name"].as_str(), needed["name"].as_str())
            {
                arrows.add_edge(name, needed, ());
            }
        }
    }
    Ok(draw(arrows))
}

/// A Mermaid flowchart of these arrows, without arrows that longer paths already imply.
fn draw(mut arrows: DiGraphMap<&str, ()>) -> String {
    let edges = arrows.all_edges().map(|(from, to, ())| (from, to));
    let mut all: Vec<_> = edges.sorted_unstable().collect();
    for &(from, to) in &all {
        arrows.remove_edge(from, to);
        if !has_path_connecting(&arrows, from, to, None) {
            arrows.add_edge(from, to, ());
        }
    }
    all.retain(|(from, to)| arrows.contains_edge(from, to));
    // A bare name could be a keyword of Mermaid, and a hyphen would be read as part of an arrow.
    let node = |name: &str| format!("{}_[{name}]", name.replace('-', "_"));
    let drawn = all.iter().map(|(from, to)| format!("  {} --> {}\n", node(from), node(to)));
    format!("```mermaid\nflowchart TD\n{}```\n", drawn.collect::<String>())
}

/// The name of a crate's root module.
const ROOT: &str = "crate";

/// The index of the file that defines a path's item; `None` if the path leads out of the crate.
fn resolve(files: &[File], path: &Spoken, relays: usize) -> Option<usize> {
    let mut at = find(files, &[])?;
    for (depth, name) in path.names.iter().enumerate() {
        if let Some(child) = find(files, path.names.get(..=depth)?) {
            at = child;
            continue;
        }
        let Some(import) = files.get(at)?.imports.get(name) else {
            return (depth >= path.sure).then_some(at);
        };
        let names = [&import.names[..], path.names.get(depth + 1..)?].concat();
        return resolve(files, &Spoken { names, sure: import.sure }, relays.checked_sub(1)?);
    }
    Some(at)
}

fn find(files: &[File], module: &[String]) -> Option<usize> {
    files.iter().position(|file| file.module == module)
}

/// The top-level module that a file belongs to, or the root itself.
fn top(file: &File) -> &str {
    file.module.first().map_or(ROOT, String::as_str)
}

fn spell(module: &[String]) -> String {
    std::iter::once(ROOT).chain(module.iter().map(String::as_str)).join("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_crate_has_a_circle_of_files() -> Outcome {
        for one in crates()? {
            assert_eq!(one.circles(), Vec::<Vec<String>>::new(), "{}", one.name);
        }
        Ok(())
    }

    /// Reads a crate with these files: each has a path below `src`, and a text.
    fn crate_of(files: &[(&str, &str)]) -> Outcome<Crate> {
        let folder = tempfile::tempdir()?;
        for (path, text) in files {
            let path = folder.path().join("src").join(path);
            fs::create_dir_all(path.parent().context("it has a folder")?)?;
            fs::write(path, text)?;
        }
        Crate::read(folder.path(), &folder.path().join("src/lib.rs"))
    }

    #[test]
    fn arrows_lead_to_where_a_name_stands() -> Outcome {
        let one = crate_of(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\nmod e;\npub use c::Deep as Given;"),
            ("a.rs", "use crate::Given;\nfn f() { format!(\"{}\", crate::b::text()); }"),
            ("b.rs", "use std::fmt;\nuse serde::de::{self, Error as _};\npub fn text() {}"),
            ("c/mod.rs", "mod deep;\npub use deep::Deep;"),
            ("c/deep.rs", "pub struct Deep;\nfn f(b: super::super::b::Text) {}"),
            ("d.rs", "#[cfg(test)]\nmod tests { use crate::a; }\nuse super::c::Made;"),
            ("e/mod.rs", "mod c;\nuse crate::{b::text};\nfn f(_: ::c::Deep) {}"),
            ("e/c.rs", "pub struct Deep;"),
        ])?;
        let spell = |place: usize| spell(&one.files[place].module);
        let mut arrows: Vec<(String, String)> = one
            .arrows
            .all_edges()
            .map(|(from, to, ())| (spell(from), spell(to)))
            .filter(|(from, _)| from != ROOT)
            .collect();
        arrows.sort();
        let arrows: Vec<(&str, &str)> =
            arrows.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(
            arrows,
            [
                ("crate::a", "crate::b"),
                ("crate::a", "crate::c::deep"),
                ("crate::c", "crate::c::deep"),
                ("crate::c::deep", "crate::b"),
                // `Made` is defined nowhere: a macro defines it.
                ("crate::d", "crate::c"),
                ("crate::e", "crate::b"),
            ]
        );
        assert_eq!(one.circles(), Vec::<Vec<String>>::new());
        let drawing = "  a_[a] --> c_[c]\n  c_[c] --> b_[b]\n  d_[d] --> c_[c]\n";
        assert!(one.drawing().is_some_and(|drawn| drawn.contains(drawing)));
        Ok(())
    }

    #[test]
    fn a_circle_is_found_through_others() -> Outcome {
        let one = crate_of(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;"),
            ("a.rs", "use crate::b::B;\npub struct A;"),
            ("b.rs", "use super::c;\npub struct B(c::C);"),
            ("c.rs", "pub struct C(crate::a::A);"),
        ])?;
        assert_eq!(one.circles(), [["crate::a", "crate::b", "crate::c"]]);
        Ok(())
    }
}
