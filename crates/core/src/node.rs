//! Small JSON documents that callers hand over beside a request (price book, media facts, answers), read
//! into a tree that keeps what a map would hide: repeated members, and their order.

mod shape;

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

pub use self::shape::ShapeError;
use self::shape::ShapeProblem;
pub(crate) use self::shape::{Kind, one_line, place};

/// Deeper than this no document here has a meaning, so nothing below is kept (or recursed into).
const MAX_DEPTH: usize = 6;

/// A JSON value; numbers are their nearest binary64.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool,
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
    TooDeep,
}

impl Node {
    /// Reads exactly one JSON value in UTF-8.
    pub(crate) fn from_text(text: &[u8]) -> Result<Self, ShapeError> {
        let mut reader = serde_json::Deserializer::from_slice(text);
        let node = NodeSeed { depth: 0 }
            .deserialize(&mut reader)
            .and_then(|node| reader.end().map(|()| node));
        node.map_err(|error| ShapeError::not_json(text, &error))
    }

    pub(crate) fn from_value(value: &Value) -> Self {
        Self::from_value_at(value, 0)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        NodeSeed { depth: 0 }.deserialize(deserializer)
    }

    fn from_value_at(value: &Value, depth: usize) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(_) | Value::Object(_) if depth >= MAX_DEPTH => Self::TooDeep,
            Value::Array(items) => Self::List(
                items
                    .iter()
                    .map(|item| Self::from_value_at(item, depth + 1))
                    .collect(),
            ),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), Self::from_value_at(value, depth + 1)))
                    .collect(),
            ),
        }
    }

    /// The members of an object, each known and none repeated.
    pub(crate) fn members(
        self,
        path: &str,
        allowed: &'static [&'static str],
    ) -> Result<Vec<(String, Self)>, ShapeError> {
        let members = self.entries(path)?;
        for (name, _) in &members {
            if !allowed.contains(&name.as_str()) {
                return Err(ShapeError {
                    path: child(path, name),
                    problem: ShapeProblem::UnknownMember { allowed },
                });
            }
        }
        Ok(members)
    }

    /// The members of an object, whatever their names, none repeated.
    pub(crate) fn entries(self, path: &str) -> Result<Vec<(String, Self)>, ShapeError> {
        let Self::Object(members) = self else {
            return Err(self.wrong_type(path, Kind::Object));
        };
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let repeated = names.windows(2).find_map(|pair| match pair {
            [name, next] if name == next => Some((*name).to_owned()),
            _ => None,
        });
        match repeated {
            Some(name) => Err(ShapeError {
                path: child(path, &name),
                problem: ShapeProblem::Repeated,
            }),
            None => Ok(members),
        }
    }

    pub(crate) fn text(self, path: &str) -> Result<String, ShapeError> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(other.wrong_type(path, Kind::Text)),
        }
    }

    pub(crate) fn number(self, path: &str) -> Result<f64, ShapeError> {
        match self {
            Self::Number(number) => Ok(number),
            other => Err(other.wrong_type(path, Kind::Number)),
        }
    }

    pub(crate) fn list(self, path: &str) -> Result<Vec<Self>, ShapeError> {
        match self {
            Self::List(items) => Ok(items),
            other => Err(other.wrong_type(path, Kind::List)),
        }
    }

    pub(crate) fn wrong_type(&self, path: &str, expected: Kind) -> ShapeError {
        ShapeError {
            path: path.to_owned(),
            problem: ShapeProblem::WrongType {
                expected,
                found: self.kind(),
            },
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
            Self::List(_) => Kind::List,
            Self::Object(_) => Kind::Object,
            Self::TooDeep => Kind::TooDeep,
        }
    }
}

/// The JSON Pointer of a member.
pub(crate) fn child(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}

struct NodeSeed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for NodeSeed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        if self.depth >= MAX_DEPTH {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Node::TooDeep);
        }
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self {
            depth: self.depth + 1,
        })? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        if self.depth >= MAX_DEPTH {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Node::TooDeep);
        }
        let mut object = Vec::new();
        while let Some(name) = members.next_key::<String>()? {
            object.push((
                name,
                members.next_value_seed(Self {
                    depth: self.depth + 1,
                })?,
            ));
        }
        Ok(Node::Object(object))
    }
}
