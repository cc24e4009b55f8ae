//! A request's members as they were sent, to be changed by fixes and by nothing else.

use indexmap::IndexMap;
use seedance_core::{Edition, Field, Fix, PatchOp};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::lenient::on_one_line;

/// A request whose values are spelled as they were sent. It serializes its fields in the table's order, then the unknown ones in
/// theirs.
#[derive(Clone, Debug)]
pub struct Body(IndexMap<String, Member>);

/// The value of a member. Lists are split into items, which fixes change one by one.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Member {
    List(Vec<Box<RawValue>>),
    Value(Box<RawValue>),
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = Edition::LATEST
            .fields()
            .iter()
            .filter_map(|info| self.0.get_key_value(info.field.name()));
        let others = self.0.iter().filter(|(name, _)| Field::named(name).is_none());
        serializer.collect_map(known.chain(others))
    }
}

impl Body {
    /// Reads JSON text; `None` if it is not an object.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let text = on_one_line(str::from_utf8(text).ok()?)?;
        let members: IndexMap<String, Box<RawValue>> = serde_json::from_str(&text).ok()?;
        Some(Self(members.into_iter().map(|(name, value)| (name, Member::of(value))).collect()))
    }

    /// Removes a member.
    pub(super) fn remove(&mut self, name: &str) {
        self.0.shift_remove(name);
    }

    /// Whether the value at a JSON Pointer is absent or empty.
    pub(super) fn is_empty(&self, path: &str) -> bool {
        let (name, index) = place(path);
        match (self.0.get(&name), index) {
            (Some(Member::Value(value)), None) => is_empty(value),
            (Some(Member::List(items)), None) => items.iter().all(|item| is_empty(item)),
            (Some(Member::List(items)), Some(index)) => {
                index.parse().ok().and_then(|it: usize| items.get(it)).is_none_or(|it| is_empty(it))
            }
            _ => true,
        }
    }

    /// The request after a fix, a JSON Patch; `None` if it does not fit.
    pub(super) fn mended(&self, fix: &Fix) -> Option<Self> {
        let mut mended = self.clone();
        for op in &fix.patch {
            match op {
                PatchOp::Add { path, value } | PatchOp::Replace { path, value } => {
                    mended.put(path, Member::of(to_raw_value(value).ok()?))?;
                }
                PatchOp::Remove { path } => {
                    mended.take(path)?;
                }
                PatchOp::Move { from, path } => {
                    let value = mended.take(from)?;
                    mended.put(path, value)?;
                }
                _ => return None,
            }
        }
        Some(mended)
    }

    /// Sets a member or an item, or appends an item. No fix inserts one between others.
    fn put(&mut self, path: &str, member: Member) -> Option<()> {
        match place(path) {
            (name, None) => {
                self.0.insert(name, member);
            }
            (name, Some(index)) => {
                let (Member::List(items), Member::Value(item)) = (self.0.get_mut(&name)?, member)
                else {
                    return None;
                };
                match index {
                    "-" => items.push(item),
                    _ => *items.get_mut(index.parse::<usize>().ok()?)? = item,
                }
            }
        }
        Some(())
    }

    fn take(&mut self, path: &str) -> Option<Member> {
        match place(path) {
            (name, None) => self.0.shift_remove(&name),
            (name, Some(index)) => {
                let Member::List(items) = self.0.get_mut(&name)? else {
                    return None;
                };
                let index = index.parse().ok().filter(|index| *index < items.len())?;
                Some(Member::Value(items.remove(index)))
            }
        }
    }
}

impl Member {
    fn of(value: Box<RawValue>) -> Self {
        serde_json::from_str(value.get()).map_or(Self::Value(value), Self::List)
    }
}

/// The name and the index in a JSON Pointer.
fn place(path: &str) -> (String, Option<&str>) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (name, index) =
        path.split_once('/').map_or((path, None), |(name, index)| (name, Some(index)));
    (name.replace("~1", "/").replace("~0", "~"), index)
}

fn is_empty(value: &RawValue) -> bool {
    fn is_nothing(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.iter().all(is_nothing),
            _ => false,
        }
    }
    serde_json::from_str(value.get()).is_ok_and(|value| is_nothing(&value))
}
