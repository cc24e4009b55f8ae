//! A document read part by part, each part with the place at which it stands.

use alloc::string::String;
use alloc::vec::Vec;

use super::flaw::pair;
use super::{Flaw, Node, Words};
use crate::message::listed;
use crate::sort::sort;
use crate::{Lang, pointer};

/// A value, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) value: &'a Node,
    /// Of a member or an item; of a document what people call it, which may be nothing.
    pub(crate) name: &'a str,
    within: Option<&'a Self>,
}

impl<'a> Entry<'a> {
    pub(crate) const fn document(value: &'a Node, name: &'a str) -> Self {
        Self {
            value,
            name,
            within: None,
        }
    }

    pub(crate) const fn inner(&'a self, name: &'a str, value: &'a Node) -> Self {
        Self {
            value,
            name,
            within: Some(self),
        }
    }

    pub(crate) const fn is_null(&self) -> bool {
        matches!(self.value, Node::Null)
    }

    /// The members of an object, each known and none repeated.
    pub(crate) fn members(
        &'a self,
        allowed: &[&str],
    ) -> Result<impl Iterator<Item = Entry<'a>>, Flaw> {
        let members = self.entries()?;
        for (name, value) in members {
            if !allowed.contains(&name.as_str()) {
                let (en, zh) = (listed(allowed, Lang::En), listed(allowed, Lang::Zh));
                return Err(self.inner(name, value).flaw(
                    "unknown member, allowed here are %|未知成员，只能是 %",
                    &[[&en, &zh]],
                ));
            }
        }
        Ok(members.iter().map(|(name, value)| self.inner(name, value)))
    }

    /// The members of an object, whatever their names, none repeated.
    pub(crate) fn entries(&self) -> Result<&'a [(String, Node)], Flaw> {
        let Node::Object(members) = self.value else {
            return Err(self.is_not(OBJECT));
        };
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        sort(&mut names, |a, b| a < b);
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(self.inner(pair[0], self.value).flaw(
                "given more than once, keep one of them|出现了不止一次，请只保留一个",
                &[],
            )),
            None => Ok(members),
        }
    }

    pub(crate) fn text(&self) -> Result<&'a str, Flaw> {
        match self.value {
            Node::Text(text) => Ok(text),
            _ => Err(self.is_not(TEXT)),
        }
    }

    pub(crate) fn number(&self) -> Result<f64, Flaw> {
        match self.value {
            Node::Number(number) => Ok(*number),
            _ => Err(self.is_not(NUMBER)),
        }
    }

    pub(crate) fn list(&self) -> Result<&'a [Node], Flaw> {
        match self.value {
            Node::List(items) => Ok(items),
            _ => Err(self.is_not(LIST)),
        }
    }

    /// That something else should stand here.
    pub(crate) fn is_not(&self, expected: &'static str) -> Flaw {
        let found = match self.value {
            Node::Null => "null",
            Node::Bool => "a boolean|布尔值",
            Node::Number(_) => NUMBER,
            Node::Text(_) => TEXT,
            Node::List(_) => LIST,
            Node::Object(_) => OBJECT,
            Node::TooDeep => "something nested too deeply|嵌套过深的内容",
        };
        self.flaw(
            "expected %, found %|应为%，实际是%",
            &[pair(expected), pair(found)],
        )
    }

    /// That a member is missing here.
    pub(crate) fn lacks(&self, name: &str) -> Flaw {
        self.inner(name, &Node::Null)
            .flaw("this member is required and missing|缺少这个成员", &[])
    }

    /// This sentence about this place.
    pub(crate) fn flaw(&self, sentence: &'static str, values: &[Words<'_>]) -> Flaw {
        Flaw::new(self.path(), sentence, values)
    }

    fn path(&self) -> String {
        match self.within {
            Some(outer) => {
                let mut path = outer.path();
                pointer::push(&mut path, self.name);
                path
            }
            None => self.name.into(),
        }
    }
}

const NUMBER: &str = "a number|数字";
const TEXT: &str = "a string|字符串";
const LIST: &str = "an array|数组";
const OBJECT: &str = "an object|对象";
