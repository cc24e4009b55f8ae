//! The steps of a fix: tried on a draft, written as JSON Patch, and said in words.

use alloc::vec::Vec;
use core::ops::Range;

use crate::body::{Lent, Slot, Spliced, View};
use crate::check::{Draft, Place};
use crate::finding::{Param, Params, PatchOp};
use crate::table::Field;

/// One step of a fix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edit<'e> {
    pub step: Step,
    /// Where.
    pub place: Place,
    /// The field that gets what stood there.
    pub to: Option<Field>,
    /// The string to be put there, or the one that is moved.
    pub text: &'e str,
    /// How many items are kept, how long the prompt or the video becomes.
    pub count: usize,
}

/// What a step does, in the order of [`LABELS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Drop,
    DropItem,
    DropUnknown,
    /// Keeps the first items of a list.
    Keep,
    KeepOne,
    /// Gives a frame to the other one.
    MoveFrame,
    /// Moves an item to the end of another list.
    MoveItem,
    /// Gives an unknown field another name.
    Rename,
    Put,
    PutItem,
    CutPrompt,
    PutDuration,
    /// Makes a string the one item of a list.
    Wrap,
}

impl Edit<'_> {
    /// A step without a text.
    pub const fn at(step: Step, place: Place) -> Self {
        Self {
            step,
            place,
            to: None,
            text: "",
            count: 0,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds of a video")]
    const fn seconds(&self) -> f64 {
        self.count as f64
    }
}

/// Adds the lists that a step changes.
pub(super) fn splice<'d>(
    lists: &mut Vec<(Field, Spliced<'d>)>,
    original: View<'d>,
    edit: &Edit<'d>,
) {
    let Some(field) = edit.place.field() else {
        return;
    };
    let index = edit.place.index().unwrap_or_default();
    let (start, end, put) = match edit.step {
        Step::PutItem | Step::Wrap => (index, index + 1, Some(edit.text)),
        Step::DropItem | Step::MoveItem => (index, index + 1, None),
        Step::Keep | Step::KeepOne => (edit.count, usize::MAX, None),
        _ => return,
    };
    let mut add = |field, start, end, put| {
        lists.push((field, Spliced::new(original.list(field), start, end, put)));
    };
    add(field, start, end, put);
    if let Some(to) = edit.to {
        add(to, usize::MAX, usize::MAX, Some(edit.text));
    }
}

/// Does a step on a draft of `original`, but for the lists.
pub(super) fn apply<'d>(draft: &mut Draft<'d>, original: View<'d>, edit: &Edit<'d>) {
    let Edit {
        place,
        to,
        text,
        count,
        ..
    } = *edit;
    let Some(field) = place.field() else {
        if let Some((to, unknown)) = to.zip(place.among(original.unknown())) {
            unknown.reread(to, &mut draft.fields);
        }
        return;
    };
    let index = place.index().unwrap_or_default();
    match edit.step {
        Step::Put | Step::CutPrompt => put(draft, field, text),
        Step::PutDuration => draft.fields.set(field, Slot::Whole(edit.seconds())),
        Step::Keep | Step::KeepOne => drop_facts(draft, field, &(count..usize::MAX)),
        Step::DropItem | Step::MoveItem => drop_facts(draft, field, &(index..index + 1)),
        Step::Drop | Step::MoveFrame | Step::DropUnknown | Step::Rename => {
            if let Some(to) = to {
                put(draft, to, text);
            }
            draft.fields.set(field, Slot::Absent);
            drop_facts(draft, field, &(0..usize::MAX));
        }
        Step::PutItem | Step::Wrap => {}
    }
}

fn put<'d>(draft: &mut Draft<'d>, field: Field, text: &'d str) {
    draft.fields.set(field, Slot::of_text(field, text.into()));
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
        patch.add(edit);
    }
    patch.ops
}

struct Patch<'f> {
    fields: View<'f>,
    ops: Vec<PatchOp>,
}

impl Patch<'_> {
    // Apart from where the steps are put: the code is smaller.
    #[inline(never)]
    fn add(&mut self, edit: &Edit<'_>) {
        let Edit { step, place, .. } = *edit;
        match step {
            Step::Drop | Step::DropItem | Step::DropUnknown => self.remove(place),
            Step::Keep | Step::KeepOne => {
                let length = place.field().map_or(0, |it| self.fields.list(it).len());
                for index in (edit.count..length).rev() {
                    self.remove(place.of_item(index));
                }
            }
            Step::MoveFrame | Step::MoveItem | Step::Rename => {
                if let Some(to) = edit.to {
                    self.shift(edit, to);
                }
            }
            Step::Put | Step::PutItem | Step::CutPrompt => {
                self.put(place, Param::Text(edit.text.into()));
            }
            Step::PutDuration => self.put(place, Param::Number(edit.seconds())),
            Step::Wrap => self.wrap(place, edit.text),
        }
    }

    fn shift(&mut self, edit: &Edit<'_>, to: Field) {
        let is_item = edit.step == Step::MoveItem;
        if is_item && !self.fields.has(to) {
            self.remove(edit.place);
            self.wrap(Place::of(to), edit.text);
            return;
        }
        let mut path = Place::of(to).pointer(&[]);
        if is_item {
            path.push_str("/-");
        }
        let from = edit.place.pointer(self.fields.unknown());
        self.ops.push(PatchOp::Move { from, path });
    }

    fn remove(&mut self, place: Place) {
        let path = place.pointer(self.fields.unknown());
        self.ops.push(PatchOp::Remove { path });
    }

    fn wrap(&mut self, place: Place, url: &str) {
        self.put(place, Param::List(alloc::vec![url.into()]));
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

/// What some steps do, in both languages, and what the words speak of.
pub(super) fn label(fields: View<'_>, edits: &[Edit<'_>]) -> (&'static str, Params) {
    let mut params = Params::default();
    let [first, others @ ..] = edits else {
        return ("", params);
    };
    let name = first.place.name(fields.unknown());
    let to = first.to.map_or("", Field::name);
    params.text("what", name);
    params.text("name", name);
    params.text("where", to);
    params.text("to", to);
    params.text("value", first.text);
    params.count("count", first.count);
    params.count("index", first.place.index().unwrap_or_default());
    let text = match others {
        [] => LABELS[first.step as usize],
        [_] if first.step == Step::Drop => DROP_FRAMES,
        [other, ..] => {
            params.text("other", other.text);
            MODEL_AND_RESOLUTION
        }
    };
    (text, params)
}

/// What each step does: `{what}` and `{where}` are fields as people call them, `{name}` and `{to}` their names.
static LABELS: [&str; 13] = [
    "drop the {what}|去掉{what}",
    "drop item {index} of the {what}|去掉{what}的第 {index} 项（从 0 数起）",
    "drop `{name}`|去掉 `{name}`",
    "keep the first {count} {what}|{what}只保留前 {count} 项",
    "keep only the first of the {what}|{what}只保留第一项",
    "use it as the first frame|改作首帧",
    "move it to the {where}|移到{where}",
    "rename `{name}` to `{to}`|把 `{name}` 改名为 `{to}`",
    "set the {what} to `{value}`|把{what}设为 `{value}`",
    "change it to `{value}`|改为 `{value}`",
    "cut the prompt after {count} characters|把提示词截到 {count} 个字符",
    "set the duration to {count} s|把视频时长设为 {count} 秒",
    "make the {what} a list of one|把{what}改成只有一项的列表",
];

// Of two steps.
const DROP_FRAMES: &str = "drop both frames|去掉首帧和尾帧";
const MODEL_AND_RESOLUTION: &str = "set the model to `{value}` and the resolution to `{other}`|把模型设为 `{value}`，分辨率设为 `{other}`";
