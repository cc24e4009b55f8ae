//! Small JSON documents that callers hand over beside a request (price book, media facts, answers), read
//! into a tree that keeps what a map would hide: repeated members, and their order.

mod entry;
mod flaw;

use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use seedance_json::{Events, Fault, Reader, Source, Value};
use serde::Deserializer;

pub(crate) use self::entry::Entry;
pub(crate) use self::flaw::{Flaw, Words, one_line, quoted};

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
    pub(crate) fn from_text(text: &[u8]) -> Result<Self, Flaw> {
        let node = match str::from_utf8(text) {
            Ok(text) => {
                let mut reader = Reader::new(text).of_any_depth();
                let node = Self::read(&mut reader, 0);
                reader.end().map(|()| node)
            }
            Err(fault) => Err(Fault {
                reason: "invalid unicode code point",
                offset: fault.valid_up_to(),
            }),
        };
        node.map_err(|fault| Flaw::not_json(text, &fault))
    }

    pub(crate) fn from_value(value: &serde_json::Value) -> Self {
        // Reading from a parsed value cannot fail.
        Self::deserialize(value).unwrap_or(Self::Null)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Ok(Self::read(&mut Events::of(deserializer)?, 0))
    }

    fn read(source: &mut dyn Source<'_>, depth: usize) -> Self {
        let value = source.value();
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Text(text) => Self::Text(text.into_owned()),
            Value::List if depth < MAX_DEPTH => {
                let mut items = Vec::new();
                while source.more() {
                    items.push(Self::read(source, depth + 1));
                }
                Self::List(items)
            }
            Value::Object if depth < MAX_DEPTH => {
                let mut members = Vec::new();
                while let Some(name) = source.key() {
                    members.push((name.into_owned(), Self::read(source, depth + 1)));
                }
                Self::Object(members)
            }
            _ => match value.number() {
                Some(number) => Self::Number(number),
                None => {
                    source.skip(&value);
                    Self::TooDeep
                }
            },
        }
    }
}
