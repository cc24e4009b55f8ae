//! Reads a crate's files as modules, with the paths that each file mentions.

use std::collections::BTreeMap;
use std::fs;
use std::mem;
use std::path::Path;

use anyhow::Context;
use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Item, ItemMod, UseTree};

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
    let mut files = Vec::new();
    let mut open = vec![(Names::new(), root.to_path_buf(), folder.to_path_buf())];
    while let Some((module, path, folder)) = open.pop() {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let syntax = syn::parse_file(&text)
            .with_context(|| format!("cannot understand {}", path.display()))?;
        let mut file = File { module, ..File::default() };
        let mut children = Names::new();
        for item in syntax.items.iter().filter(|item| !is_for_tests(item)) {
            match item {
                Item::Mod(ItemMod { ident, content: None, .. }) => {
                    children.push(ident.unraw().to_string());
                }
                _ => file.speak(item.to_token_stream()),
            }
        }
        for child in children {
            let names = [format!("{child}.rs"), format!("{child}/mod.rs")];
            let path = names.into_iter().map(|name| folder.join(name)).find(|it| it.exists());
            let path = path.with_context(|| format!("`mod {child};` names no file"))?;
            let folder = folder.join(&child);
            open.push((file.module.iter().cloned().chain([child]).collect(), path, folder));
        }
        files.push(file);
    }
    Ok(files)
}

impl File {
    /// Collects the paths in an item, including its macro calls: names joined by `::`. A single name is skipped: it is either
    /// defined in this file or imported, and the import is collected itself. So is a path that begins with `::`: it belongs to
    /// another crate, or continues a type as in `<T>::new`.
    fn speak(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        let mut is_behind_colons = false;
        while let Some(token) = tokens.next() {
            let is_own = !mem::take(&mut is_behind_colons);
            let mut names = match token {
                TokenTree::Group(group) => {
                    self.speak(group.stream());
                    continue;
                }
                TokenTree::Ident(name) if name == "use" => {
                    let tree = tokens.by_ref().take_while(|token| token.to_string() != ";");
                    let tree: TokenStream = tree.collect();
                    match syn::parse2(tree.clone()) {
                        Ok(tree) => self.import(&tree, Names::new()),
                        // Not an import, but for example the `use<'a>` of a type.
                        Err(_) => self.speak(tree),
                    }
                    continue;
                }
                TokenTree::Ident(name) => vec![name.unraw().to_string()],
                token => {
                    is_behind_colons = is_first_colon(&token) && tokens.next().is_some();
                    continue;
                }
            };
            while tokens.next_if(is_first_colon).is_some() && tokens.next().is_some() {
                let Some(TokenTree::Ident(name)) = tokens.peek() else { break };
                names.push(name.unraw().to_string());
                tokens.next();
            }
            if names.len() > 1 && is_own {
                let path = self.absolute(names);
                self.spoken.push(path);
            }
        }
    }

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

    fn import(&mut self, tree: &UseTree, mut path: Names) {
        let (last, alias) = match tree {
            UseTree::Path(more) => {
                path.push(more.ident.unraw().to_string());
                return self.import(&more.tree, path);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, path.clone()));
            }
            UseTree::Glob(_) => {
                let module = self.absolute(path);
                return self.spoken.push(module);
            }
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

/// Whether a token is the first of the two colons in `::`.
fn is_first_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ':' && it.spacing() == Spacing::Joint)
}

/// Whether an item is compiled only when the crate itself is tested (`cfg(test)`, `cfg(doctest)`).
pub fn is_for_tests(item: &Item) -> bool {
    let attributes = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<TokenStream>()?;
        Ok(attributes)
    };
    let is_test =
        |list: &syn::MetaList| ["test", "doctest"].contains(&list.tokens.to_string().as_str());
    let attributes = attributes.parse2(item.to_token_stream()).unwrap_or_default();
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(is_test)
    })
}
