//! Who can lend the fields of a body.

use super::{Fields, Lent, Unknown, View, is_blank};
use crate::check::{self, Found, Row};
use crate::facts::Facts;
use crate::request::Request;
use crate::table::{Field, REQUIRED};

/// The fields of a body, however they are kept.
pub(crate) trait Look: Sync {
    /// What a field holds.
    fn slot(&self, field: Field) -> Lent<'_>;

    /// The fields that stand there more than once, a bit each.
    fn repeated(&self) -> u16;

    fn unknown(&self) -> &[Unknown<'_>];

    /// Whether a field holds something that counts.
    #[inline(always)]
    fn has(&self, field: Field) -> bool {
        self.slot(field).counts()
    }

    /// Whether every field holds what it should, as nearly always: then nothing can be said about one alone.
    #[inline(always)]
    fn is_plain(&self) -> bool {
        Field::all(|field| match self.slot(field) {
            Lent::Text(prompt) if field == Field::Prompt => !is_blank(prompt),
            Lent::Absent | Lent::EmptyList => REQUIRED & field.bit() == 0,
            slot => slot.counts(),
        })
    }

    /// Whether the request to submit has just the members that were read.
    fn is_unchanged(&self) -> bool {
        false
    }

    /// The JSON text of the request to submit, where the fields were read from just that.
    fn normal(&self) -> Option<&str> {
        None
    }

    /// What a check finds: the rules are compiled for each kind of fields.
    fn found(&self, facts: &Facts, with_params: bool) -> Found;

    /// The row of the table that the model selects, where there is nothing to find and this is seen at once.
    fn clean(&self, _: &Facts) -> Option<Row> {
        None
    }
}

impl Look for Fields<'_> {
    #[inline]
    fn slot(&self, field: Field) -> Lent<'_> {
        self.lent(field)
    }

    #[inline]
    fn repeated(&self) -> u16 {
        self.repeated
    }

    #[inline]
    fn unknown(&self) -> &[Unknown<'_>] {
        &self.unknown
    }

    fn is_unchanged(&self) -> bool {
        self.is_unchanged()
    }

    fn found(&self, facts: &Facts, with_params: bool) -> Found {
        check::all(View(self), facts, with_params)
    }

    // What was noted when the fields were set.

    #[inline]
    fn has(&self, field: Field) -> bool {
        self.counting & field.bit() != 0
    }

    #[inline]
    fn is_plain(&self) -> bool {
        self.odd == 0 && !self.counting & REQUIRED == 0 && !self.has_blank_prompt()
    }
}

impl Look for Request {
    #[inline(always)]
    fn slot(&self, field: Field) -> Lent<'_> {
        match field {
            Field::Model => Lent::of_text(field, &self.model),
            Field::Prompt => Lent::of_text(field, &self.prompt),
            Field::Duration => Lent::Whole(f64::from(self.duration)),
            Field::Resolution => Lent::of_choice(field, self.resolution.as_ref()),
            Field::Orientation => Lent::of_choice(field, self.orientation.as_ref()),
            Field::Ratio => Lent::of_choice(field, self.ratio.as_ref()),
            Field::Images => Lent::of_urls(&self.images),
            Field::FirstImage => Lent::of_choice(field, self.first_image.as_ref()),
            Field::LastImage => Lent::of_choice(field, self.last_image.as_ref()),
            Field::ReferenceVideos => Lent::of_urls(&self.reference_videos),
            Field::ReferenceAudios => Lent::of_urls(&self.reference_audios),
        }
    }

    #[inline(always)]
    fn repeated(&self) -> u16 {
        0
    }

    #[inline(always)]
    fn unknown(&self) -> &[Unknown<'_>] {
        &[]
    }

    fn found(&self, facts: &Facts, with_params: bool) -> Found {
        check::all(View(self), facts, with_params)
    }

    fn clean(&self, facts: &Facts) -> Option<Row> {
        check::clean(View(self), facts)
    }
}
