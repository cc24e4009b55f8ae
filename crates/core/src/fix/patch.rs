//! Applies JSON Patches (RFC 6902) to a body's fields, so that the patch that is tried is the one that is shown.

use alloc::borrow::Cow;

use crate::body::{Fields, Given, Item, Kind, Wrong};
use crate::check::{Ask, Place};
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
                draft.put(draft.find(path)?, read(value))?;
            }
            PatchOp::Remove { path } => {
                draft.remove(draft.find(path)?)?;
            }
            PatchOp::Move { from, path } => {
                let (from, to) = (draft.find(from)?, draft.find(path)?);
                let value = moved(&draft.fields, from, to)?;
                draft.remove(from)?;
                draft.put(to, value)?;
            }
        }
    }
    Some(draft)
}

impl<'p> Draft<'p> {
    /// The place that a pointer points to; `-` is the place behind the last item of a list.
    fn find(&self, path: &str) -> Option<Place> {
        let path = path.strip_prefix('/')?;
        let (name, index) = match path.split_once('/') {
            Some((name, index)) => (name, Some(index)),
            None => (path, None),
        };
        Some(match (self.ask.edition.field(name), index) {
            (Some(field), None) => Place::of(field),
            (Some(field), Some("-")) => Place::item(field, self.fields.list(field).len()),
            (Some(field), Some(index)) => Place::item(field, index.parse().ok()?),
            (None, _) => {
                let is_it = |name: &str| pointer::member(name).strip_prefix('/') == Some(path);
                let (index, _) = self.fields.unknown().find(|(_, it)| is_it(&it.name))?;
                Place::Unknown(index, None)
            }
        })
    }

    fn put(&mut self, place: Place, value: Given<'p>) -> Option<()> {
        match place {
            Place::Known(field, None) => self.fields.set(field, value),
            Place::Known(field, Some(index)) => {
                let items = self.fields.list_mut(field)?;
                if index == items.len() {
                    items.push(value.into());
                } else {
                    *items.get_mut(index)? = value.into();
                }
            }
            Place::Unknown(..) | Place::Body => return None,
        }
        Some(())
    }

    fn remove(&mut self, place: Place) -> Option<()> {
        match place {
            Place::Known(field, None) => {
                self.fields.set(field, Given::Absent);
                if self.is_measured(field) {
                    self.facts.clear(field);
                }
            }
            Place::Known(field, Some(index)) => {
                let items = self.fields.list_mut(field)?;
                if index >= items.len() {
                    return None;
                }
                items.remove(index);
                if items.is_empty() {
                    self.fields.set(field, Given::Absent);
                }
                if self.is_measured(field) {
                    self.facts.remove(field, index);
                }
            }
            Place::Unknown(index, _) => {
                self.fields.others.remove(index);
            }
            Place::Body => return None,
        }
        Some(())
    }

    /// Whether the media facts are about this field: of a field and its alias, it is the one that counts.
    fn is_measured(&self, field: Field) -> bool {
        self.ask.counting(field.alias_of().unwrap_or(field)) == field
    }
}

/// The value at a place, as the place `to` expects it; `None` if it cannot be moved.
fn moved(fields: &Fields<'_>, from: Place, to: Place) -> Option<Given<'static>> {
    let owned = |text: &str| Cow::Owned(text.into());
    let given = match from {
        Place::Unknown(index, _) => {
            return Some(fields.others.get(index)?.read_as(to.field()?).map(&owned));
        }
        Place::Known(field, None) => fields.slot(field),
        Place::Known(field, Some(index)) => {
            return Some(Given::Text(owned(fields.list(field).get(index)?.url()?)));
        }
        Place::Body => return None,
    };
    given.counts().then(|| given.map(&owned))
}

/// The value of a patch's operation, as if it were read from a body.
fn read(value: &Param) -> Given<'_> {
    let text = |text| Given::Text(Cow::Borrowed(text));
    match value {
        Param::Number(number) => Given::Number(*number),
        Param::Text(it) => text(it),
        Param::List(urls) => {
            Given::List(urls.iter().map(|url| Item::text(Cow::Borrowed(url))).collect())
        }
        // No field holds numbers.
        Param::Numbers(_) => Given::Wrong(Wrong::Other(Kind::Array)),
    }
}
