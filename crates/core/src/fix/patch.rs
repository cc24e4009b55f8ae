//! Applies JSON Patches (RFC 6902) to a body's fields, so that the patch that is tried is the one that is shown.

use alloc::borrow::Cow;

use crate::body::{Fields, Given, Kind, Wrong};
use crate::check::Ask;
use crate::facts::Facts;
use crate::finding::PatchOp;
use crate::params::Param;
use crate::pointer;
use crate::table::Field;

/// A body's fields and the media facts beside it, after a patch.
pub(crate) struct Draft<'p> {
    /// The request before the patch.
    ask: Ask<'p>,
    pub fields: Fields<'p>,
    pub facts: Facts,
}

/// Applies a patch; the media facts of removed items are removed, too. `None` if the patch does not fit the body.
pub(crate) fn apply<'p>(ask: Ask<'p>, patch: &'p [PatchOp]) -> Option<Draft<'p>> {
    let mut draft = Draft { ask, fields: ask.fields.lend(), facts: ask.facts.clone() };
    for op in patch {
        match op {
            PatchOp::Add { path, value } | PatchOp::Replace { path, value } => {
                let target = draft.find(path)?;
                draft.put(target, read(value))?;
            }
            PatchOp::Remove { path } => {
                let target = draft.find(path)?;
                draft.remove(target)?;
            }
            PatchOp::Move { from, path } => {
                let (from, to) = (draft.find(from)?, draft.find(path)?);
                let value = from.value(ask.fields, to)?;
                draft.remove(from)?;
                draft.put(to, value)?;
            }
        }
    }
    Some(draft)
}

/// What a pointer in a patch points to.
#[derive(Clone, Copy)]
enum Target {
    Field(Field),
    Item(Field, usize),
    /// The end of a list, where an item is appended.
    End(Field),
    Unknown(usize),
}

impl Target {
    /// The value at this target, decoded as the target `to` expects it; `None` if it cannot be moved.
    fn value<'p>(self, fields: &'p Fields<'_>, to: Self) -> Option<Given<'p>> {
        match self {
            Self::Unknown(index) => {
                let (Self::Field(field), Some(unknown)) = (to, fields.others.get(index)) else {
                    return None;
                };
                Some(unknown.read_as(field))
            }
            Self::Field(field) => Some(fields.slot(field).lend()).filter(Given::counts),
            Self::Item(field, index) => {
                fields.list(field).get(index).map(Given::lend).filter(Given::counts)
            }
            Self::End(_) => None,
        }
    }
}

impl<'p> Draft<'p> {
    fn find(&self, path: &str) -> Option<Target> {
        let path = path.strip_prefix('/')?;
        let (name, index) = match path.split_once('/') {
            Some((name, index)) => (name, Some(index)),
            None => (path, None),
        };
        Some(match (self.ask.edition.field(name), index) {
            (Some(field), None) => Target::Field(field),
            (Some(field), Some("-")) => Target::End(field),
            (Some(field), Some(index)) => Target::Item(field, index.parse().ok()?),
            (None, _) => {
                let is_it = |name: &str| pointer::member(name).strip_prefix('/') == Some(path);
                let (index, _) = self.fields.unknown().find(|(_, it)| is_it(&it.name))?;
                Target::Unknown(index)
            }
        })
    }

    fn remove(&mut self, target: Target) -> Option<()> {
        match target {
            Target::Field(field) => {
                self.fields.set(field, Given::Absent);
                if let Some(measured) = self.measured(field) {
                    self.facts.clear(measured);
                }
            }
            Target::Item(field, index) => {
                let items = self.fields.list_mut(field)?;
                if index >= items.len() {
                    return None;
                }
                items.remove(index);
                if items.is_empty() {
                    self.fields.set(field, Given::Absent);
                }
                if let Some(measured) = self.measured(field) {
                    self.facts.remove(measured, index);
                }
            }
            Target::Unknown(index) => {
                self.fields.others.remove(index);
            }
            Target::End(_) => return None,
        }
        Some(())
    }

    /// The field under which this one's media facts are kept: itself or, for an alias, its field. `None` if the other one counts.
    fn measured(&self, field: Field) -> Option<Field> {
        let measured = field.alias_of().unwrap_or(field);
        (self.ask.counting(measured) == field).then_some(measured)
    }

    fn put(&mut self, target: Target, value: Given<'p>) -> Option<()> {
        match (target, value) {
            (Target::Field(field), value) => self.fields.set(field, value),
            (Target::Item(field, index), url) => {
                *self.fields.list_mut(field)?.get_mut(index)? = url.in_list();
            }
            (Target::End(field), url) => self.fields.list_mut(field)?.push(url.in_list()),
            (Target::Unknown(_), _) => return None,
        }
        Some(())
    }
}

/// The value of a patch's operation, as if it were read from a body.
fn read(value: &Param) -> Given<'_> {
    let text = |text| Given::Text(Cow::Borrowed(text));
    match value {
        Param::Number(number) => Given::Number(*number),
        Param::Text(it) => text(it),
        Param::List(urls) => Given::List(urls.iter().map(|url| text(url).in_list()).collect()),
        // No field holds numbers.
        Param::Numbers(_) => Given::Wrong(Wrong::Other(Kind::Array)),
    }
}
