//! The steps of a fix: tried on a draft, written as JSON Patch, and said in words.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use crate::body::{Item, Lent, LentItem, Slot, View};
use crate::check::{Draft, Place};
use crate::finding::{Param, Params, PatchOp};
use crate::table::Field;

/// One step of a fix.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edit<'e> {
    Drop(Place),
    /// Keeps the first items of a list.
    Keep(Field, usize),
    /// Gives a field's value to another one, an item to the end of another list, or an unknown field another name.
    Move(Place, Field),
    /// Puts a string where a field or an item is.
    Put(Place, &'e str),
    PutDuration(u32),
    /// Makes a string the one item of a list.
    Wrap(Field, &'e str),
}

/// Does a step on a draft of `original`.
pub(super) fn apply<'d>(draft: &mut Draft<'d>, original: View<'d>, edit: Edit<'d>) {
    match edit {
        Edit::Drop(place) => match (place.field(), place.index()) {
            (Some(field), None) => {
                draft.fields.set(field, Slot::Absent);
                drop_facts(draft, field, &(0..usize::MAX));
            }
            (Some(field), Some(index)) => drop_items(draft, original, field, index..index + 1),
            (None, _) => {}
        },
        Edit::Keep(field, count) => drop_items(draft, original, field, count..usize::MAX),
        Edit::Move(place, to) => match (place.field(), place.index()) {
            (Some(from), None) => {
                let text = original.text(from).unwrap_or_default();
                draft.fields.set(to, Slot::of_text(to, text.into()));
                draft.fields.set(from, Slot::Absent);
            }
            (Some(from), Some(index)) => {
                put_item(draft, original, to, usize::MAX, url(original, from, index));
                drop_items(draft, original, from, index..index + 1);
            }
            (None, _) => {
                if let Some(unknown) = place.among(original.unknown()) {
                    unknown.reread(to, &mut draft.fields);
                }
            }
        },
        Edit::Put(place, text) => match (place.field(), place.index()) {
            (Some(field), None) => draft.fields.set(field, Slot::of_text(field, text.into())),
            (Some(field), Some(index)) => put_item(draft, original, field, index, text),
            (None, _) => {}
        },
        Edit::PutDuration(seconds) => {
            let seconds = Slot::Whole(f64::from(seconds));
            draft.fields.set(Field::Duration, seconds);
        }
        Edit::Wrap(field, url) => put_item(draft, original, field, 0, url),
    }
}

/// Drops items of a list.
fn drop_items<'d>(draft: &mut Draft<'d>, original: View<'d>, field: Field, dropped: Range<usize>) {
    let items = items_but(original, field, &dropped);
    draft.fields.set_list(field, items);
    drop_facts(draft, field, &dropped);
}

/// Puts an item into a list where one is, or else behind all of them.
fn put_item<'d>(
    draft: &mut Draft<'d>,
    original: View<'d>,
    field: Field,
    index: usize,
    url: &'d str,
) {
    let mut items = items_but(original, field, &(0..0));
    let item = Cow::Borrowed(url).into();
    match items.get_mut(index) {
        Some(place) => *place = item,
        None => items.push(item),
    }
    draft.fields.set_list(field, items);
}

/// The items of a list without some.
fn items_but<'d>(original: View<'d>, field: Field, dropped: &Range<usize>) -> Vec<Item<'d>> {
    let list = original.list(field);
    let mut items = Vec::new();
    for index in 0..list.len() {
        let item = match list.get(index) {
            Some(LentItem::Url(url)) => Item::Url(Cow::Borrowed(url)),
            Some(LentItem::Wrong(kind)) => Item::Wrong(kind),
            Some(LentItem::Blank) | None => Item::Blank,
        };
        if !dropped.contains(&index) {
            items.push(item);
        }
    }
    items
}

/// Lets the media facts follow their videos.
fn drop_facts(draft: &mut Draft<'_>, field: Field, dropped: &Range<usize>) {
    if field == Field::ReferenceVideos {
        draft.facts.to_mut().drop_videos(dropped);
    }
}

/// Writes the steps as JSON Patch on the parsed body.
pub(super) fn patch(fields: View<'_>, edits: &[Edit<'_>]) -> Vec<PatchOp> {
    let mut patch = Patch {
        fields,
        ops: Vec::new(),
    };
    for edit in edits {
        patch.add(*edit);
    }
    patch.ops
}

struct Patch<'f> {
    fields: View<'f>,
    ops: Vec<PatchOp>,
}

impl Patch<'_> {
    fn add(&mut self, edit: Edit<'_>) {
        let fields = self.fields;
        match edit {
            Edit::Drop(place) => self.remove(place),
            Edit::Keep(field, count) => {
                for index in (count..fields.list(field).len()).rev() {
                    self.remove(Place::item(field, index));
                }
            }
            Edit::Move(from, to) => match (from.field(), from.index()) {
                (Some(field), Some(index)) if !fields.has(to) => {
                    self.remove(from);
                    self.wrap(to, url(fields, field, index));
                }
                (_, index) => {
                    let mut path = Place::of(to).pointer(&[]);
                    if index.is_some() {
                        path.push_str("/-");
                    }
                    let from = from.pointer(fields.unknown());
                    self.ops.push(PatchOp::Move { from, path });
                }
            },
            Edit::Put(place, text) => self.put(place, Param::Text(text.into())),
            Edit::PutDuration(seconds) => {
                let seconds = Param::Number(f64::from(seconds));
                self.put(Place::of(Field::Duration), seconds);
            }
            Edit::Wrap(field, url) => self.wrap(field, url),
        }
    }

    fn remove(&mut self, place: Place) {
        let path = place.pointer(self.fields.unknown());
        self.ops.push(PatchOp::Remove { path });
    }

    fn wrap(&mut self, field: Field, url: &str) {
        let list = Param::List(alloc::vec![url.into()]);
        self.put(Place::of(field), list);
    }

    fn put(&mut self, place: Place, value: Param) {
        let path = place.pointer(self.fields.unknown());
        let is_absent = |field| matches!(self.fields.slot(field), Lent::Absent);
        self.ops.push(match place.field() {
            Some(field) if is_absent(field) => PatchOp::Add { path, value },
            _ => PatchOp::Replace { path, value },
        });
    }
}

/// What an edit does.
pub(super) fn label(fields: View<'_>, edits: &[Edit<'_>]) -> (&'static str, Params) {
    let (text, place, value, count) = match *edits {
        [Edit::Drop(place)] => {
            let text = match (place.field(), place.index()) {
                (Some(_), None) => DROP,
                (Some(_), Some(_)) => DROP_ITEM,
                (None, _) => DROP_UNKNOWN,
            };
            (text, place, "", place.index().unwrap_or_default())
        }
        [Edit::Keep(field, 1)] => (KEEP_ONE, Place::of(field), "", 1),
        [Edit::Keep(field, count)] => (KEEP, Place::of(field), "", count),
        [Edit::Move(place, to)] => match (place.field(), place.index()) {
            (Some(_), None) => (LAST_AS_FIRST, place, "", 0),
            (Some(_), Some(_)) => (MOVE_ITEM, Place::of(to), "", 0),
            (None, _) => (RENAME, place, to.name(), 0),
        },
        [Edit::Put(place, text)] => {
            let (template, count) = match (place.field(), place.index()) {
                (_, Some(_)) => (PUT_ITEM, 0),
                (Some(Field::Prompt), None) => (CUT_PROMPT, text.chars().count()),
                (_, None) => (PUT, 0),
            };
            (template, place, text, count)
        }
        [Edit::PutDuration(seconds)] => (PUT_DURATION, Place::BODY, "", seconds as usize),
        [Edit::Wrap(field, _)] => (WRAP, Place::of(field), "", 0),
        [Edit::Put(_, model), Edit::Put(_, resolution)] => {
            let mut params = Params::default();
            params.text("name", model);
            params.text("value", resolution);
            return (MODEL_AND_RESOLUTION, params);
        }
        _ => (DROP_FRAMES, Place::BODY, "", 0),
    };
    let name = place.name(fields.unknown());
    let mut params = Params::default();
    params.text("what", name);
    params.text("name", name);
    params.text("value", value);
    params.count("count", count);
    (text, params)
}

/// The URL of an item.
pub(super) fn url<'f>(fields: View<'f>, field: Field, index: usize) -> &'f str {
    match fields.list(field).get(index) {
        Some(LentItem::Url(url)) => url,
        _ => "",
    }
}

// `{what}` is a field as people call it, `{name}` its name or another one.

const CUT_PROMPT: &str = "cut the prompt after {count} characters|把提示词截到 {count} 个字符";
const DROP: &str = "drop the {what}|去掉{what}";
const DROP_FRAMES: &str = "drop both frames|去掉首帧和尾帧";
const DROP_ITEM: &str = "drop item {count} of the {what}|去掉{what}的第 {count} 项（从 0 数起）";
const DROP_UNKNOWN: &str = "drop `{name}`|去掉 `{name}`";
const KEEP: &str = "keep the first {count} {what}|{what}只保留前 {count} 项";
const KEEP_ONE: &str = "keep only the first of the {what}|{what}只保留第一项";
const LAST_AS_FIRST: &str = "use it as the first frame|改作首帧";
const MODEL_AND_RESOLUTION: &str = "set the model to `{name}` and the resolution to `{value}`|把模型设为 `{name}`，分辨率设为 `{value}`";
const MOVE_ITEM: &str = "move it to the {what}|移到{what}";
const PUT: &str = "set the {what} to `{value}`|把{what}设为 `{value}`";
const PUT_DURATION: &str = "set the duration to {count} s|把视频时长设为 {count} 秒";
const PUT_ITEM: &str = "change it to `{value}`|改为 `{value}`";
const RENAME: &str = "rename `{name}` to `{value}`|把 `{name}` 改名为 `{value}`";
const WRAP: &str = "make the {what} a list of one|把{what}改成只有一项的列表";
