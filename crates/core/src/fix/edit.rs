//! The steps of a fix: tried on a draft, and written as JSON Patch.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use crate::body::{Fields, Item, Lent, LentItem, Slot, View};
use crate::check::Draft;
use crate::facts::Facts;
use crate::finding::PatchOp;
use crate::pointer;
use crate::table::Field;

/// One step of a fix.
#[derive(Debug, Clone)]
pub(super) enum Edit<'e> {
    Drop(Field),
    DropItem(Field, usize),
    DropUnknown(usize),
    /// Keeps the first items of a list.
    Keep(Field, usize),
    Move(Field, Field),
    /// Moves an item to the end of another list.
    MoveItem(Field, usize, Field),
    Put(Field, Cow<'e, str>),
    PutDuration(u32),
    PutItem(Field, usize, Cow<'e, str>),
    /// Makes a string the one item of a list.
    Wrap(Field, Cow<'e, str>),
    /// Gives an unknown field another name.
    Rename(usize, Field),
}

/// Does the steps on a draft of `original`.
pub(super) fn apply<'d>(draft: &mut Draft<'d>, original: View<'d>, edits: &[Edit<'d>]) {
    for edit in edits {
        let fields = &mut draft.fields;
        match edit {
            Edit::Drop(field) => {
                fields.set(*field, Slot::Absent);
                facts_of(draft, *field, |facts| facts.clear());
            }
            Edit::DropItem(field, index) => {
                drop_item(fields, *field, *index);
                facts_of(draft, *field, |facts| remove(facts, *index));
            }
            Edit::DropUnknown(_) => {}
            Edit::Keep(field, count) => {
                let kept: Vec<_> = fields.list(*field).iter().take(*count).cloned().collect();
                fields.set_list(*field, kept);
                facts_of(draft, *field, |facts| facts.truncate(*count));
            }
            Edit::Move(from, to) => {
                let slot = fields.slot(*from).clone();
                fields.set(*to, slot);
                fields.set(*from, Slot::Absent);
            }
            Edit::MoveItem(from, index, to) => {
                if let Some(item) = fields.list(*from).get(*index).cloned() {
                    let moved: Vec<_> = fields.list(*to).iter().cloned().chain([item]).collect();
                    fields.set_list(*to, moved);
                }
                drop_item(fields, *from, *index);
                facts_of(draft, *from, |facts| remove(facts, *index));
            }
            Edit::Put(field, text) => fields.set(*field, Slot::of_text(*field, text.clone())),
            Edit::PutDuration(seconds) => {
                fields.set(Field::Duration, Slot::Whole(f64::from(*seconds)));
            }
            Edit::PutItem(field, index, url) => {
                let mut items = fields.list(*field).to_vec();
                if let Some(item) = items.get_mut(*index) {
                    *item = Item::from(url.clone());
                }
                fields.set_list(*field, items);
            }
            Edit::Wrap(field, url) => fields.set_list(*field, [Item::from(url.clone())]),
            Edit::Rename(index, field) => {
                if let Some(unknown) = original.unknown().get(*index) {
                    unknown.reread(*field, fields);
                }
            }
        }
    }
}

/// Writes the steps as JSON Patch on the parsed body.
pub(super) fn patch(fields: View<'_>, edits: &[Edit<'_>]) -> Vec<PatchOp> {
    let mut ops = Vec::new();
    for edit in edits {
        match edit {
            Edit::Drop(field) => ops.push(PatchOp::Remove { path: path(*field) }),
            Edit::DropItem(field, index) => ops.push(PatchOp::Remove {
                path: item(*field, *index),
            }),
            Edit::DropUnknown(index) => ops.push(PatchOp::Remove {
                path: unknown(fields, *index),
            }),
            Edit::Keep(field, count) => ops.extend((*count..fields.list(*field).len()).rev().map(
                |index| PatchOp::Remove {
                    path: item(*field, index),
                },
            )),
            Edit::Move(from, to) => {
                ops.push(PatchOp::Move {
                    from: path(*from),
                    path: path(*to),
                });
            }
            Edit::MoveItem(from, index, to) => ops.extend(move_item(fields, *from, *index, *to)),
            Edit::Put(field, text) => ops.push(put(fields, *field, text.as_ref().into())),
            Edit::PutDuration(seconds) => ops.push(put(fields, Field::Duration, (*seconds).into())),
            Edit::PutItem(field, index, url) => ops.push(PatchOp::Replace {
                path: item(*field, *index),
                value: url.as_ref().into(),
            }),
            Edit::Wrap(field, url) => {
                ops.push(put(
                    fields,
                    *field,
                    Value::Array(alloc::vec![url.as_ref().into()]),
                ));
            }
            Edit::Rename(index, field) => {
                ops.push(PatchOp::Move {
                    from: unknown(fields, *index),
                    path: path(*field),
                });
            }
        }
    }
    ops
}

fn put(fields: View<'_>, field: Field, value: Value) -> PatchOp {
    let path = path(field);
    match fields.slot(field) {
        Lent::Absent => PatchOp::Add { path, value },
        _ => PatchOp::Replace { path, value },
    }
}

fn move_item(fields: View<'_>, from: Field, index: usize, to: Field) -> Vec<PatchOp> {
    let from_path = item(from, index);
    if fields.has(to) {
        return alloc::vec![PatchOp::Move {
            from: from_path,
            path: path(to) + "/-"
        }];
    }
    let Some(LentItem::Url(url)) = fields.list(from).get(index) else {
        return Vec::new();
    };
    let value = Value::Array(alloc::vec![url.into()]);
    alloc::vec![PatchOp::Remove { path: from_path }, put(fields, to, value)]
}

fn path(field: Field) -> String {
    pointer::member(field.name())
}

fn item(field: Field, index: usize) -> String {
    let mut pointer = path(field);
    pointer::push(&mut pointer, &pointer::index(index));
    pointer
}

fn unknown(fields: View<'_>, index: usize) -> String {
    fields
        .unknown()
        .get(index)
        .map(|it| pointer::member(&it.name))
        .unwrap_or_default()
}

fn drop_item(fields: &mut Fields<'_>, field: Field, index: usize) {
    let mut items = fields.list(field).to_vec();
    if index < items.len() {
        items.remove(index);
    }
    fields.set_list(field, items);
}

/// Lets the media facts follow their videos.
fn facts_of(
    draft: &mut Draft<'_>,
    field: Field,
    change: impl FnOnce(&mut Vec<Option<crate::facts::VideoFacts>>),
) {
    if field == Field::ReferenceVideos {
        let mut videos = draft.facts.videos().to_vec();
        change(&mut videos);
        draft.facts = Cow::Owned(Facts::from_videos(videos));
    }
}

fn remove<T>(list: &mut Vec<T>, index: usize) {
    if index < list.len() {
        list.remove(index);
    }
}
