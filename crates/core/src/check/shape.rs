//! Rules on the body's shape: repeated, unknown and missing fields, wrong types, empties.

use super::{Check, Notes, Place};
use crate::body::{Kind, Lent, LentItem, Look, is_blank};
use crate::near;
use crate::table::{FIELDS, Field, FieldInfo, RuleId};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn shape(&mut self) {
        if self.fields.repeated() != 0 {
            self.repeated();
        }
        if !self.fields.is_plain() && self.notes.suspect() {
            for (info, slot) in self.fields.each() {
                self.slot(info, slot);
            }
        }
        self.unknown();
    }

    fn repeated(&mut self) {
        for field in FIELDS.iter().map(|info| info.field) {
            if self.fields.repeated() & field.bit() != 0 {
                self.hit(RuleId::DuplicateField, Place::of(field), |_| ());
            }
        }
    }

    fn slot(&mut self, info: &FieldInfo, slot: Lent<'_>) {
        let place = Place::of(info.field);
        match slot {
            Lent::Wrong(wrong) => {
                let found = wrong.kind(info.field).name();
                self.hit(RuleId::WrongType, place, |params| {
                    params.text("expected", info.kind);
                    params.text("found", found);
                    params.text_if("actual", wrong.spelled(info.field).as_deref());
                });
            }
            Lent::Text(prompt) if info.field == Field::Prompt && is_blank(prompt) => {
                self.hit(RuleId::EmptyPrompt, place, |_| ());
            }
            Lent::Absent | Lent::Blank if info.required => {
                self.hit(RuleId::MissingField, place, |_| ());
            }
            Lent::Blank => self.hit(RuleId::EmptyField, place, |_| ()),
            Lent::Absent | Lent::EmptyList | Lent::Whole(_) | Lent::Text(_) | Lent::List(_) => {}
        }
    }

    /// An item that is no URL.
    pub(super) fn not_url(&mut self, field: Field, index: usize, item: LentItem<'_>) {
        let place = Place::item(field, index);
        match item {
            LentItem::Blank => self.hit(RuleId::EmptyItem, place, |_| ()),
            LentItem::Wrong(kind) => self.hit(RuleId::WrongType, place, |params| {
                params.text("expected", Kind::String.name());
                params.text("found", kind.name());
            }),
            LentItem::Url(_) => {}
        }
    }

    fn unknown(&mut self) {
        for (index, unknown) in self.fields.unknown().iter().enumerate() {
            let place = Place::unknown(index);
            if unknown.repeated {
                self.hit(RuleId::DuplicateField, place, |_| ());
            }
            // A value that is wrong as a whole is a wrong type, and then nothing else is said.
            if unknown.wrong.first().is_none_or(|path| !path.is_empty()) {
                self.hit(RuleId::UnknownField, place, |params| {
                    params.list_if_any("suggestions", near::fields(&unknown.name));
                });
            }
            for (part, path) in unknown.wrong.iter().enumerate() {
                let place = if path.is_empty() {
                    place
                } else {
                    Place::inside(index, part)
                };
                self.hit(RuleId::WrongType, place, |params| {
                    params.text("expected", "json");
                    params.text("found", Kind::NotJson.name());
                });
            }
        }
    }
}
