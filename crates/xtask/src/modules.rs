//! The dependencies between the modules of a crate: read from the sources, drawn in docs/architecture.md, and never circular.

use std::collections::BTreeMap;
use std::fs;
use std::iter;
use std::path::Path;

use anyhow::Context;
use itertools::Itertools;
use petgraph::algo::{has_path_connecting, tarjan_scc};
use petgraph::graphmap::DiGraphMap;
use quote::ToTokens;
use regex::Regex;
use syn::ext::IdentExt;
use syn::{Item, UseTree};

use crate::run::{Outcome, cargo, output, root};

/// The name of a crate's root module.
const ROOT: &str = "crate";
/// How many re-exports are followed to the definition of a name.
const RELAYS: usize = 16;

/// A crate's modules by their paths, such as `crate::check::rows`. Each is a file: only test modules are written inline, and they
/// are not read.
#[derive(Debug, Default)]
struct Crate(BTreeMap<String, File>);

/// What a file says about others. Paths are as it spells them.
#[derive(Debug, Default)]
struct File {
    /// The names that it imports or re-exports, and the path behind each.
    imports: BTreeMap<String, String>,
    /// Every path that it mentions and that may lead into the crate.
    mentions: Vec<String>,
}

/// The generated part of docs/architecture.md: the dependencies between the crates, and within each crate between its modules.
pub fn drawings() -> Outcome<String> {
    let mut text = format!("\n{}", drawing_of_crates()?);
    for (name, one) in crates()? {
        if let Some(drawing) = one.drawing() {
            text.push_str(&format!("\n### `crates/{name}`\n\n{drawing}"));
        }
        for circle in one.circles() {
            text.push_str(&format!("\nA circle of files: `{}`.\n", circle.join("`, `")));
        }
    }
    Ok(text + "\n")
}

/// Every crate in the folder `crates`, by the name of its folder.
fn crates() -> Outcome<BTreeMap<String, Crate>> {
    let mut crates = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates"))? {
        let entry = entry?;
        let sources = entry.path().join("src");
        let root = ["lib.rs", "main.rs"].map(|root| sources.join(root));
        if let Some(root) = root.into_iter().find(|root| root.exists()) {
            let name = entry.file_name().to_string_lossy().into_owned();
            crates.insert(name, Crate::read(&root, &sources)?);
        }
    }
    Ok(crates)
}

impl Crate {
    /// Reads every file, beginning with the root (`lib.rs` or `main.rs`), whose modules are in `folder`.
    fn read(root: &Path, folder: &Path) -> Outcome<Self> {
        // As tokens are printed. What begins with `::` belongs to another crate, or continues a type as in `<T>::new`.
        let paths = Regex::new(r"(:: )?[\w#]+( :: [\w#]+)+")?;
        let mut files = BTreeMap::new();
        let mut open = vec![(ROOT.to_owned(), root.to_path_buf(), folder.to_path_buf())];
        while let Some((module, path, folder)) = open.pop() {
            let text = fs::read_to_string(&path);
            let text = text.with_context(|| format!("cannot read {}", path.display()))?;
            let syntax = syn::parse_file(&text);
            let syntax = syntax.with_context(|| format!("cannot read {}", path.display()))?;
            let mut file = File::default();
            for item in syntax.items {
                match item {
                    Item::Mod(child) if child.ident == "tests" => {}
                    Item::Mod(child) => {
                        let child = child.ident.unraw().to_string();
                        let names = [format!("{child}.rs"), format!("{child}/mod.rs")];
                        let path =
                            names.iter().map(|name| folder.join(name)).find(|it| it.exists());
                        let path = path.with_context(|| format!("`mod {child};` names no file"))?;
                        open.push((format!("{module}::{child}"), path, folder.join(child)));
                    }
                    Item::Use(item) => file.import(&item.tree, ""),
                    item => file.mention_all(&paths, &item.to_token_stream().to_string()),
                }
            }
            files.insert(module, file);
        }
        Ok(Self(files))
    }

    /// An edge from each file to each file that it needs.
    fn arrows(&self) -> DiGraphMap<&str, ()> {
        let mut arrows = DiGraphMap::new();
        for (module, file) in &self.0 {
            let needed = file.mentions.iter().filter_map(|path| self.find(module, path, RELAYS));
            for needed in needed.filter(|needed| needed != module) {
                arrows.add_edge(module.as_str(), needed, ());
            }
        }
        arrows
    }

    /// The module that defines the item at a path that the module `at` spells; `None` if the path leads out of the crate.
    fn find<'c>(&'c self, mut at: &'c str, path: &str, relays: usize) -> Option<&'c str> {
        let mut names = path.split("::");
        // The first name may be another crate's; a later one that is no module is an item.
        let mut is_own = false;
        while let Some(name) = names.next() {
            at = match name {
                "crate" => ROOT,
                "self" => at,
                "super" => at.rsplit_once("::")?.0,
                _ => {
                    let file = self.0.get(at)?;
                    if let Some((child, _)) = self.0.get_key_value(&format!("{at}::{name}")) {
                        child
                    } else if let Some(import) = file.imports.get(name) {
                        let path = iter::once(import.as_str()).chain(names).join("::");
                        return self.find(at, &path, relays.checked_sub(1)?);
                    } else {
                        return is_own.then_some(at);
                    }
                }
            };
            is_own = true;
        }
        Some(at)
    }

    /// The groups of files that depend on each other in a circle.
    fn circles(&self) -> Vec<Vec<&str>> {
        let circles = tarjan_scc(&self.arrows()).into_iter().filter(|circle| circle.len() > 1);
        circles.map(|circle| circle.into_iter().sorted().collect()).sorted().collect()
    }

    /// A drawing of the dependencies between the crate's top-level modules; `None` if there are none.
    fn drawing(&self) -> Option<String> {
        let mut arrows = DiGraphMap::new();
        for (from, to, ()) in self.arrows().all_edges() {
            let (from, to) = (top(from), top(to));
            // The root re-exports names and needs every module.
            if from != to && from != ROOT {
                arrows.add_edge(from, to, ());
            }
        }
        (arrows.edge_count() > 0).then(|| draw(arrows))
    }
}

impl File {
    /// Collects the paths in an item. A single name is skipped: it is either defined in this file or imported.
    fn mention_all(&mut self, paths: &Regex, tokens: &str) {
        let found = paths.find_iter(tokens).map(|path| path.as_str());
        let own = found.filter(|path| !path.starts_with("::"));
        self.mentions.extend(own.map(|path| path.replace("r#", "").replace(' ', "")));
    }

    /// Collects the paths in an import, which begin with `path`.
    fn import(&mut self, tree: &UseTree, path: &str) {
        let (last, alias) = match tree {
            UseTree::Path(more) => {
                return self.import(&more.tree, &format!("{path}{}::", more.ident.unraw()));
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, path));
            }
            UseTree::Glob(_) => return self.mentions.push(format!("{path}self")),
            UseTree::Name(name) => (&name.ident, &name.ident),
            UseTree::Rename(name) => (&name.ident, &name.rename),
        };
        let [last, alias] = [last, alias].map(|name| name.unraw().to_string());
        // `a::b::{self}` is `b`.
        let parent = path.trim_end_matches("::").rsplit("::").next().unwrap_or_default();
        let alias = if alias == "self" { parent.to_owned() } else { alias };
        self.mentions.push(format!("{path}{last}"));
        self.imports.insert(alias, format!("{path}{last}"));
    }
}

/// The name of the top-level module that a module belongs to, or of the root itself.
fn top(module: &str) -> &str {
    module.split("::").nth(1).unwrap_or(ROOT)
}

/// A drawing of the dependencies between the workspace's crates.
fn drawing_of_crates() -> Outcome<String> {
    let tree =
        output(&mut cargo("tree --workspace --edges=normal --depth=1 --prefix=depth --no-dedupe"))?;
    let (mut arrows, mut from) = (DiGraphMap::new(), "");
    // The workspace's crates have a path.
    for line in tree.lines().filter(|line| line.contains(" (/")) {
        let name = line.trim_start_matches(['0', '1']).split(' ').next().unwrap_or_default();
        if line.starts_with('0') {
            from = name;
        } else {
            arrows.add_edge(from, name, ());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_crate_has_a_circle_of_files() -> Outcome {
        for (name, one) in crates()? {
            assert_eq!(one.circles(), Vec::<Vec<&str>>::new(), "{name}");
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
        let sources = folder.path().join("src");
        Crate::read(&sources.join("lib.rs"), &sources)
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
        let arrows = one.arrows();
        let arrows = arrows.all_edges().map(|(from, to, ())| (from, to));
        let arrows: Vec<_> = arrows.filter(|(from, _)| *from != ROOT).sorted().collect();
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
        assert_eq!(one.circles(), Vec::<Vec<&str>>::new());
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
