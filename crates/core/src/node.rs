//! Small JSON documents that callers hand over beside a request (price book, media facts, answers), read
//! into a tree that keeps what a map would hide: repeated members, and their order.

mod shape;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use seedance_json::{Events, Fault, Reader, Source, Value};
use serde::Deserializer;

pub use self::shape::ShapeError;
use self::shape::ShapeProblem;
pub(crate) use self::shape::{Kind, one_line, place};
use crate::pointer;

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
        let read = |text| {
            let mut reader = Reader::new(text).of_any_depth();
            let node = Self::read(&mut reader, 0)?;
            reader.end().map(|()| node)
        };
        let node = str::from_utf8(text).map_err(|fault| Fault {
            reason: "invalid unicode code point",
            offset: fault.valid_up_to(),
        });
        node.and_then(read)
            .map_err(|fault| ShapeError::not_json(text, fault))
    }

    pub(crate) fn from_value(value: &serde_json::Value) -> Self {
        // Reading from a parsed value cannot fail.
        Self::deserialize(value).unwrap_or(Self::Null)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let Ok(node) = Self::read(&mut Events::of(deserializer)?, 0);
        Ok(node)
    }

    fn read<'a, S: Source<'a>>(source: &mut S, depth: usize) -> Result<Self, S::Error> {
        let value = source.value()?;
        Ok(match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Text(text) => Self::Text(text.into_owned()),
            Value::List if depth < MAX_DEPTH => {
                let mut items = Vec::new();
                while source.more()? {
                    items.push(Self::read(source, depth + 1)?);
                }
                Self::List(items)
            }
            Value::Object if depth < MAX_DEPTH => {
                let mut members = Vec::new();
                while let Some(name) = source.key()? {
                    members.push((name.into_owned(), Self::read(source, depth + 1)?));
                }
                Self::Object(members)
            }
            _ => match value.number() {
                Some(number) => Self::Number(number),
                None => {
                    source.skip(&value)?;
                    Self::TooDeep
                }
            },
        })
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
    let mut child = String::from(path);
    pointer::push(&mut child, name);
    child
}
