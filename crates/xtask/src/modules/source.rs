//! A crate's files as modules: the names that stand in each, and the paths that each speaks of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem;
use std::path::Path;

use anyhow::Context;
use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Ident, Item, UseTree};

use crate::run::Outcome;

/// Names one below the other, the first of them in the crate's root.
pub type Names = Vec<String>;

/// A path that a file speaks of.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// From the crate's root.
    pub names: Names,
    /// How many of the names, from the first, must be found in the crate; where more are not, a macro made them. The path
    /// `serde::Serialize` of a file may stand below the file's own module, and does not.
    pub sure: usize,
}

/// A file that is a module.
#[derive(Debug, Default)]
pub struct File {
    /// Where it stands in the crate; empty for the root.
    pub module: Names,
    /// What it imports or gives on under a name, and the path of that.
    pub imports: BTreeMap<String, Spoken>,
    /// The modules out of which it imports everything.
    pub globs: Vec<Names>,
    /// Every path that it speaks of and that may begin in the crate.
    pub spoken: Vec<Spoken>,
    /// The names of its own items.
    pub items: BTreeSet<String>,
    /// Its modules that are files of their own.
    children: Names,
}

/// Every file of a crate that is not for tests alone, the root (`lib.rs` or `main.rs`) first.
pub fn read(root: &Path) -> Outcome<Vec<File>> {
    let folder = root.parent().context("a crate's root stands in a folder")?;
    let mut files = Vec::new();
    let mut open = vec![(Names::new(), root.to_path_buf(), folder.to_path_buf())];
    while let Some((module, path, children)) = open.pop() {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let syntax = syn::parse_file(&text)
            .with_context(|| format!("cannot understand {}", path.display()))?;
        let mut reading =
            Reading { file: File { module: module.clone(), ..File::default() }, module };
        reading.items(&syntax.items);
        for child in &reading.file.children {
            let file = [children.join(format!("{child}.rs")), children.join(child).join("mod.rs")]
                .into_iter()
                .find(|file| file.exists());
            let file =
                file.with_context(|| format!("{} names no file: {child}", path.display()))?;
            let mut module = reading.file.module.clone();
            module.push(child.clone());
            open.push((module, file, children.join(child)));
        }
        files.push(reading.file);
    }
    Ok(files)
}

/// Walks over a file's syntax.
struct Reading {
    file: File,
    /// The module in which it is, the file's own or one that is written out in it.
    module: Names,
}

impl Reading {
    fn items(&mut self, items: &[Item]) {
        for item in items.iter().filter(|item| !is_for_tests(item)) {
            match item {
                Item::Use(item) if item.leading_colon.is_none() => {
                    self.import(&item.tree, Names::new());
                }
                Item::Mod(module) => {
                    let name = module.ident.unraw().to_string();
                    let Some((_, items)) = &module.content else {
                        self.file.children.push(name);
                        continue;
                    };
                    self.file.items.insert(name.clone());
                    self.module.push(name);
                    self.items(items);
                    self.module.pop();
                }
                _ => {
                    let (name, _) = parts(item);
                    self.file.items.extend(name.map(|name| name.unraw().to_string()));
                    self.speak(item.to_token_stream());
                }
            }
        }
    }

    /// Notes the paths that stand in an item, in what is passed to its macros too: names with `::` between them. A single name was
    /// imported, and then it was spoken of already, or it stands in the file itself. A path that begins with `::` is another crate's,
    /// or goes on from a type.
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
                        // Such as the `use<'a>` of a type.
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
                self.file.spoken.push(path);
            }
        }
    }

    /// A path of the file, from the crate's root.
    fn absolute(&self, path: Names) -> Spoken {
        let mut names = self.module.clone();
        let mut rest = path.into_iter().peekable();
        let mut sure = 0;
        if rest.next_if(|name| name == "crate").is_some() {
            names.clear();
        } else if rest.next_if(|name| name == "self").is_none() {
            let depth = names.len();
            while rest.next_if(|name| name == "super").is_some() {
                names.pop();
            }
            if names.len() == depth {
                // A name of the module, or another crate's.
                sure = depth + 1;
            }
        }
        names.extend(rest);
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
                let path = self.absolute(path);
                self.file.globs.push(path.names.clone());
                return self.file.spoken.push(path);
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
        self.file.spoken.push(path.clone());
        self.file.imports.insert(alias, path);
    }
}

/// Whether it is the first of the two colons between the names of a path.
fn is_first_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ':' && it.spacing() == Spacing::Joint)
}

/// Whether an item is there only when the crate itself is tested.
pub fn is_for_tests(item: &Item) -> bool {
    let is_test =
        |list: &syn::MetaList| ["test", "doctest"].contains(&list.tokens.to_string().as_str());
    let (_, attributes) = parts(item);
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(is_test)
    })
}

/// An item's name, where it has one that a path could end in, and its attributes.
fn parts(item: &Item) -> (Option<&Ident>, &[Attribute]) {
    match item {
        Item::Const(item) => (Some(&item.ident), &item.attrs),
        Item::Enum(item) => (Some(&item.ident), &item.attrs),
        Item::Fn(item) => (Some(&item.sig.ident), &item.attrs),
        Item::Impl(item) => (None, &item.attrs),
        Item::Macro(item) => (item.ident.as_ref(), &item.attrs),
        Item::Mod(item) => (None, &item.attrs),
        Item::Static(item) => (Some(&item.ident), &item.attrs),
        Item::Struct(item) => (Some(&item.ident), &item.attrs),
        Item::Trait(item) => (Some(&item.ident), &item.attrs),
        Item::Type(item) => (Some(&item.ident), &item.attrs),
        Item::Use(item) => (None, &item.attrs),
        _ => (None, &[]),
    }
}
