//! The fields of a body as the rules read them: lent by a decoded body and by a typed request alike,
//! so that neither has to be made into the other.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::look::Look;
use super::{Fields, Item, Kind, Slot, Unknown, Wrong, is_blank};
use crate::check::{Found, Row};
use crate::facts::Facts;
use crate::table::{FIELDS, Field, FieldInfo, Model};

/// The top level of a body, lent by whoever has it.
pub(crate) struct View<'v, L: ?Sized = dyn Look + 'v>(pub &'v L);

/// What a known field holds, lent: a [`Slot`] whose list is at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lent<'v> {
    Absent,
    EmptyList,
    Blank,
    Whole(f64),
    Text(&'v str),
    List(List<'v>),
    Wrong(&'v Wrong<'v>),
}

/// The items of a list, lent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum List<'v> {
    /// Those of a decoded body.
    Read(&'v [Item<'v>]),
    /// Those of an ordinary body, all of them URLs.
    Plain(&'v [&'v str]),
    /// Those of a typed request.
    Typed(&'v [String]),
    /// Those of another list, but for some.
    Spliced(&'v Spliced<'v>),
}

/// A list of which some items are left out, and one may be put in their place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spliced<'v> {
    list: List<'v>,
    start: usize,
    end: usize,
    put: Option<&'v str>,
    length: usize,
}

/// An item of a list, lent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LentItem<'v> {
    Blank,
    Url(&'v str),
    Wrong(Kind),
}

impl<'v, L: Look + ?Sized> View<'v, L> {
    /// What a field holds.
    #[inline(always)]
    pub fn slot(self, field: Field) -> Lent<'v> {
        self.0.slot(field)
    }

    /// The fields that stand there more than once, a bit each.
    #[inline(always)]
    pub fn repeated(self) -> u16 {
        self.0.repeated()
    }

    #[inline(always)]
    pub fn unknown(self) -> &'v [Unknown<'v>] {
        self.0.unknown()
    }

    /// Whether the request to submit has just the members that were read.
    pub fn is_unchanged(self) -> bool {
        self.0.is_unchanged()
    }

    /// The JSON text of the request to submit, where the fields were read from just that.
    pub fn normal(self) -> Option<&'v str> {
        self.0.normal()
    }

    /// What a check finds; without parameters where only the rules count.
    pub fn found(self, facts: &Facts, with_params: bool) -> Found {
        self.0.found(facts, with_params)
    }

    /// The row of the table that the model selects, where there is nothing to find and this is seen at once.
    #[inline]
    pub fn clean(self, facts: &Facts) -> Option<Row> {
        self.0.clean(facts)
    }

    /// All fields with what they hold, in report order.
    pub fn each(self) -> impl Iterator<Item = (&'static FieldInfo, Lent<'v>)> {
        FIELDS.iter().map(move |info| (info, self.slot(info.field)))
    }

    /// Whether every field holds what it should, as nearly always: then nothing can be said about one alone.
    #[inline(always)]
    pub fn is_plain(self) -> bool {
        self.0.is_plain()
    }

    /// The string in a scalar field; `None` where it is absent, blank or of a wrong type.
    #[inline]
    pub fn text(self, field: Field) -> Option<&'v str> {
        match self.slot(field) {
            Lent::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none where it is absent or of a wrong type.
    #[inline]
    pub fn list(self, field: Field) -> List<'v> {
        match self.slot(field) {
            Lent::List(list) => list,
            _ => List::Read(&[]),
        }
    }

    /// The items of all lists together.
    pub fn item_count(self) -> usize {
        self.each()
            .map(|(_, slot)| match slot {
                Lent::List(list) => list.len(),
                _ => 0,
            })
            .sum()
    }

    #[inline]
    pub fn duration(self) -> Option<f64> {
        match self.slot(Field::Duration) {
            Lent::Whole(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// Whether the field holds something that counts.
    #[inline(always)]
    pub fn has(self, field: Field) -> bool {
        self.0.has(field)
    }

    #[inline(always)]
    pub fn has_frames(self) -> bool {
        self.has(Field::FirstImage) || self.has(Field::LastImage)
    }

    /// The frames that are there, first before last.
    pub fn frames(self) -> &'static [Field] {
        let has = |frame| self.has(frame);
        match (has(Field::FirstImage), has(Field::LastImage)) {
            (true, true) => &[Field::FirstImage, Field::LastImage],
            (true, false) => &[Field::FirstImage],
            (false, true) => &[Field::LastImage],
            (false, false) => &[],
        }
    }

    /// The same request on another model, on borrowed strings.
    pub fn on(self, model: &'static Model) -> Fields<'v> {
        let mut fields = self.to_draft();
        fields.set(Field::Model, Slot::Text(Cow::Borrowed(model.name)));
        fields.repeated &= !Field::Model.bit();
        fields.unknown = self.unknown().iter().map(Unknown::lend).collect();
        fields
    }

    /// The known fields on borrowed strings and lists, to be changed on trial.
    pub fn to_draft(self) -> Fields<'v> {
        let mut fields = Fields {
            repeated: self.repeated(),
            ..Fields::default()
        };
        for (info, slot) in self.each() {
            fields.set(info.field, Slot::Lent(slot));
        }
        fields
    }

    pub fn to_owned_fields(self) -> Fields<'static> {
        let mut fields = Fields {
            repeated: self.repeated(),
            unknown: self
                .unknown()
                .iter()
                .map(Unknown::to_owned_unknown)
                .collect(),
            ..Fields::default()
        };
        let text = |text: &str| Cow::Owned(text.into());
        for (info, slot) in self.each() {
            let slot = match slot {
                Lent::Absent => Slot::Absent,
                Lent::EmptyList => Slot::EmptyList,
                Lent::Blank => Slot::Blank,
                Lent::Whole(seconds) => Slot::Whole(seconds),
                Lent::Text(own) => Slot::Text(text(own)),
                Lent::Wrong(Wrong::Number(number)) => Slot::Wrong(Wrong::Number(*number)),
                Lent::Wrong(Wrong::Other(kind)) => Slot::Wrong(Wrong::Other(*kind)),
                Lent::Wrong(Wrong::Text(own)) => Slot::Wrong(Wrong::Text(text(own))),
                Lent::List(list) => {
                    let items = list.iter().map(|item| match item {
                        LentItem::Blank => Item::Blank,
                        LentItem::Url(url) => Item::Url(text(url)),
                        LentItem::Wrong(kind) => Item::Wrong(kind),
                    });
                    fields.set_list(info.field, items.collect());
                    continue;
                }
            };
            fields.set(info.field, slot);
        }
        fields
    }
}

impl<L: Look + ?Sized> fmt::Debug for View<'_, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.each().map(|(info, slot)| (info.field, slot));
        f.debug_map().entries(fields).finish()
    }
}

impl<L: ?Sized> Copy for View<'_, L> {}

impl<L: ?Sized> Clone for View<'_, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'v> Lent<'v> {
    /// Whether it is something that counts.
    #[inline(always)]
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Whole(_) | Self::Text(_) | Self::List(_))
    }

    /// A string in the field `field`; a blank prompt is still one, with a rule of its own.
    #[inline(always)]
    pub fn of_text(field: Field, text: &'v str) -> Self {
        if field != Field::Prompt && is_blank(text) {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }

    #[inline(always)]
    pub fn of_choice(field: Field, text: Option<&'v String>) -> Self {
        match text {
            Some(text) => Self::of_text(field, text),
            None => Self::Absent,
        }
    }

    pub const fn of_urls(urls: &'v [String]) -> Self {
        if urls.is_empty() {
            Self::Absent
        } else {
            Self::List(List::Typed(urls))
        }
    }
}

impl<'v> List<'v> {
    pub const fn len(self) -> usize {
        match self {
            Self::Read(items) => items.len(),
            Self::Plain(urls) => urls.len(),
            Self::Typed(urls) => urls.len(),
            Self::Spliced(spliced) => spliced.length,
        }
    }

    pub fn get(self, index: usize) -> Option<LentItem<'v>> {
        match self {
            Self::Read(items) => items.get(index).map(LentItem::from),
            Self::Plain(urls) => urls.get(index).map(|url| LentItem::Url(url)),
            Self::Typed(urls) => urls.get(index).map(|url| url.as_str().into()),
            Self::Spliced(spliced) => spliced.get(index),
        }
    }

    pub fn iter(self) -> impl Iterator<Item = LentItem<'v>> {
        let mut index = 0..;
        core::iter::from_fn(move || self.get(index.next()?))
    }
}

impl<'v> From<&'v Item<'v>> for LentItem<'v> {
    fn from(item: &'v Item<'v>) -> Self {
        match item {
            Item::Blank => Self::Blank,
            Item::Url(url) => Self::Url(url),
            Item::Wrong(kind) => Self::Wrong(*kind),
        }
    }
}

impl<'v> Spliced<'v> {
    /// The items before `start`, what is put there, and the items from `end` on.
    pub fn new(list: List<'v>, start: usize, end: usize, put: Option<&'v str>) -> Self {
        let length = list.len();
        let (start, end) = (start.min(length), end.min(length));
        Self {
            list,
            start,
            end,
            put,
            length: start + usize::from(put.is_some()) + length - end,
        }
    }

    /// An empty list counts as absent.
    pub const fn lent(&'v self) -> Lent<'v> {
        match self.length {
            0 => Lent::EmptyList,
            _ => Lent::List(List::Spliced(self)),
        }
    }

    fn get(&self, index: usize) -> Option<LentItem<'v>> {
        match (index.checked_sub(self.start), self.put) {
            (None, _) => self.list.get(index),
            (Some(0), Some(put)) => Some(put.into()),
            (Some(behind), put) => self
                .list
                .get(self.end + behind - usize::from(put.is_some())),
        }
    }
}

impl<'v> From<&'v str> for LentItem<'v> {
    fn from(url: &'v str) -> Self {
        match is_blank(url) {
            true => Self::Blank,
            false => Self::Url(url),
        }
    }
}
