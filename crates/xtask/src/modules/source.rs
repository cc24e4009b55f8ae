//! Reads a crate's files as modules, with the paths that each file mentions.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use quote::ToTokens;
use regex::Regex;
use syn::ext::IdentExt;
use syn::{Item, UseTree};

use crate::run::Outcome;

/// The names of a path, the first one in the crate's root.
pub type Names = Vec<String>;

/// A path that a file mentions.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Starts at the crate's root.
    pub names: Names,
    /// How many leading names must be found in the crate. If one is not, the path belongs to another crate: `serde::Serialize` is
    /// looked up in the file's own module first. A later name that is not found is an item of the module before it.
    pub sure: usize,
}

/// A file, which is a module. Only test modules are written inline, and they are not read.
#[derive(Debug, Default)]
pub struct File {
    /// The module's path in the crate; empty for the root.
    pub module: Names,
    /// The names that it imports or re-exports, and the path behind each.
    pub imports: BTreeMap<String, Spoken>,
    /// Every path that it mentions and that may lead into the crate.
    pub spoken: Vec<Spoken>,
}

/// Every file of a crate except test modules, the root (`lib.rs` or `main.rs`) first.
pub fn read(root: &Path) -> Outcome<Vec<File>> {
    let folder = root.parent().context("a crate's root stands in a folder")?;
    // As tokens are printed: what begins with `::` belongs to another crate, or continues a type as in `<T>::new`.
    let paths = Regex::new(r"(:: )?[\w#]+( :: [\w#]+)+")?;
    let mut files = Vec::new();
    let mut open = vec![(Names::new(), root.to_path_buf(), folder.to_path_buf())];
    while let Some((module, path, folder)) = open.pop() {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let syntax = syn::parse_file(&text)
            .with_context(|| format!("cannot understand {}", path.display()))?;
        let mut file = File { module, ..File::default() };
        for item in syntax.items {
            match item {
                Item::Mod(module) if module.ident == "tests" => {}
                Item::Mod(module) => {
                    let child = module.ident.unraw().to_string();
                    let names = [format!("{child}.rs"), format!("{child}/mod.rs")];
                    let path =
                        names.map(|name| folder.join(name)).into_iter().find(|it| it.exists());
                    let path = path.with_context(|| format!("`mod {child};` names no file"))?;
                    let folder = folder.join(&child);
                    open.push(([&file.module[..], &[child]].concat(), path, folder));
                }
                Item::Use(item) => file.import(&item.tree, Names::new()),
                // The names in it that are joined by `::`. A single name is either defined in this file or imported.
                item => {
                    for path in paths.find_iter(&item.to_token_stream().to_string()) {
                        if !path.as_str().starts_with("::") {
                            let names = path.as_str().replace("r#", "");
                            file.mention(names.split(" :: ").map(String::from).collect());
                        }
                    }
                }
            }
        }
        files.push(file);
    }
    Ok(files)
}

impl File {
    /// Makes a path of this file start at the crate's root.
    fn absolute(&self, path: Names) -> Spoken {
        let mut names = self.module.clone();
        let sure = match path.first().map_or("", String::as_str) {
            "crate" | "self" | "super" => 0,
            // The first name is either of this module or another crate.
            _ => names.len() + 1,
        };
        for name in path {
            match name.as_str() {
                "crate" => names.clear(),
                "self" => {}
                "super" => drop(names.pop()),
                _ => names.push(name),
            }
        }
        Spoken { names, sure }
    }

    fn mention(&mut self, path: Names) {
        self.spoken.push(self.absolute(path));
    }

    fn import(&mut self, tree: &UseTree, mut path: Names) {
        let (last, alias) = match tree {
            UseTree::Path(more) => {
                path.push(more.ident.unraw().to_string());
                return self.import(&more.tree, path);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, path.clone()));
            }
            UseTree::Glob(_) => return self.mention(path),
            UseTree::Name(name) => (&name.ident, &name.ident),
            UseTree::Rename(name) => (&name.ident, &name.rename),
        };
        let [last, mut alias] = [last, alias].map(|name| name.unraw().to_string());
        if alias == "self" {
            // `a::b::{self}` is `b`.
            alias = path.last().cloned().unwrap_or_default();
        }
        if last != "self" {
            path.push(last);
        }
        let path = self.absolute(path);
        self.spoken.push(path.clone());
        self.imports.insert(alias, path);
    }
}
