//! Small JSON documents that callers pass along with a request (price book, media facts) or receive (answers), as a tree that
//! keeps what a map would lose: repeated members, and the order of members.

mod flaw;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

pub(crate) use flaw::{BLANK, Flaw, Said, one_line};

use crate::pointer;
use crate::syntax::Syntax;
use crate::table::Text;

/// A JSON value; a number is the nearest `f64`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool,
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Reads exactly one JSON value in UTF-8.
    pub(crate) fn from_slice(text: &[u8]) -> Result<Self, Flaw> {
        let node = match core::str::from_utf8(text) {
            Ok(text) => serde_json::from_str(text).map_err(|fault| Syntax::of(text, &fault)),
            Err(fault) => Err(Syntax::not_utf8(text, fault)),
        };
        node.map_err(Flaw::not_json)
    }

    /// Reads a parsed value.
    pub(crate) fn from_value(value: &serde_json::Value) -> Self {
        // Reading from a parsed value cannot fail.
        Self::deserialize(value).unwrap_or(Self::Null)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Bool)
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

/// A value, and its place in the document.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) value: &'a Node,
    /// The name of a member or the index of an item; empty for the document itself.
    pub(crate) name: &'a str,
    within: Option<&'a Self>,
}

impl<'a> Entry<'a> {
    pub(crate) const fn document(value: &'a Node) -> Self {
        Self { value, name: "", within: None }
    }

    pub(crate) const fn inner(&'a self, name: &'a str, value: &'a Node) -> Self {
        Self { value, name, within: Some(self) }
    }

    pub(crate) const fn is_null(&self) -> bool {
        matches!(self.value, Node::Null)
    }

    /// The members of an object; a flaw if one is not allowed or is repeated.
    pub(crate) fn members(
        &'a self,
        allowed: &'static [&'static str],
    ) -> Result<impl Iterator<Item = Entry<'a>>, Flaw> {
        let members = self.entries()?;
        match members.iter().find(|(name, _)| !allowed.contains(&name.as_str())) {
            Some((name, value)) => {
                let what =
                    Text::new("unknown field; use {allowed}", "未知字段，可用的有 {allowed}");
                Err(self.inner(name, value).flaw(what).with("allowed", Said::Names(allowed)))
            }
            None => Ok(members.iter().map(|(name, value)| self.inner(name, value))),
        }
    }

    /// The members of an object, whatever their names; a flaw if one is repeated.
    pub(crate) fn entries(&self) -> Result<&'a [(String, Node)], Flaw> {
        let Node::Object(members) = self.value else {
            return Err(self.is_not(flaw::OBJECT));
        };
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        match pairs.find(|(name, next)| name == next) {
            Some((name, _)) => {
                let what = Text::new("appears more than once; keep one", "出现多次，请只保留一个");
                Err(self.inner(name, self.value).flaw(what))
            }
            None => Ok(members),
        }
    }

    pub(crate) fn text(&self) -> Result<&'a str, Flaw> {
        match self.value {
            Node::Text(text) => Ok(text),
            _ => Err(self.is_not(flaw::TEXT)),
        }
    }

    pub(crate) fn number(&self) -> Result<f64, Flaw> {
        match self.value {
            Node::Number(number) => Ok(*number),
            _ => Err(self.is_not(flaw::NUMBER)),
        }
    }

    pub(crate) fn list(&self) -> Result<&'a [Node], Flaw> {
        match self.value {
            Node::List(items) => Ok(items),
            _ => Err(self.is_not(flaw::LIST)),
        }
    }

    /// The flaw that the value is not what was expected.
    pub(crate) fn is_not(&self, expected: Text) -> Flaw {
        let found = match self.value {
            Node::Null => flaw::NULL,
            Node::Bool => flaw::BOOLEAN,
            Node::Number(_) => flaw::NUMBER,
            Node::Text(_) => flaw::TEXT,
            Node::List(_) => flaw::LIST,
            Node::Object(_) => flaw::OBJECT,
        };
        let what = Text::new("expected {expected}, found {found}", "应为{expected}，实际是{found}");
        let flaw = self.flaw(what).with("expected", Said::Words(expected));
        flaw.with("found", Said::Words(found))
    }

    /// The flaw that the member `name` is missing.
    pub(crate) fn lacks(&self, name: &str) -> Flaw {
        let what = Text::new("required field is missing", "缺少必填字段");
        self.inner(name, &Node::Null).flaw(what)
    }

    /// A flaw at this place.
    pub(crate) fn flaw(&self, what: Text) -> Flaw {
        Flaw::new(self.path(), what)
    }

    fn path(&self) -> String {
        match self.within {
            Some(outer) => {
                let mut path = outer.path();
                pointer::push(&mut path, self.name);
                path
            }
            None => String::new(),
        }
    }
}
