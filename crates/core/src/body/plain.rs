//! Bodies as programs write them, read at once and without a copy: known fields only, each once and of its type, none of them
//! empty. What is not plain is read in full (`visit`), from its start.

use seedance_flat::{Blanks, Flat, Holds, Member};
use seedance_json::Source;

use super::{Lent, List, Look, Unknown, View};
use crate::check::{self, Found, Row};
use crate::facts::Facts;
use crate::table::{FIELDS, Field, REQUIRED};

/// A plain body.
#[derive(Debug, Clone)]
pub(crate) struct Plain<'a>(Flat<'a>);

static MEMBERS: [Member; FIELDS.len()] = {
    let mut members = [Member::new("", Holds::Text); FIELDS.len()];
    let mut index = 0;
    while index < members.len() {
        let info = &FIELDS[index];
        let holds = match info.field {
            Field::Duration => Holds::Whole,
            _ if info.is_list() => Holds::Texts,
            _ => Holds::Text,
        };
        members[index] = Member::new(info.field.name(), holds);
        index += 1;
    }
    members
};

impl<'a> Plain<'a> {
    /// Nothing of a text.
    #[inline(always)]
    pub const fn new(text: &'a str) -> Self {
        Self(Flat::new(text))
    }

    /// Reads the plain body with which the text begins, where it has no blanks between values; `false` where it is none.
    #[inline(always)]
    pub fn begin(&mut self) -> bool {
        self.0.read(&MEMBERS, Blanks::Refused)
    }

    /// Reads the plain body that the text is; `false` where it is none.
    pub fn read(&mut self) -> bool {
        self.0.read(&MEMBERS, Blanks::Taken) && self.0.is_all()
    }

    /// Takes the plain body that comes from the source; `false` where it is none.
    pub fn take(&mut self, source: &mut dyn Source<'a>) -> bool {
        source.flat(&MEMBERS, &mut self.0)
    }

    /// What stands behind it.
    pub fn rest(&self) -> &'a [u8] {
        self.0.rest()
    }

    /// The JSON text of the request to submit, where it was read from just that.
    #[inline]
    pub fn normal_text(&self) -> Option<&'a str> {
        self.0.compact().filter(|_| self.0.is_ordered())
    }
}

impl Look for Plain<'_> {
    #[inline(always)]
    fn slot(&self, field: Field) -> Lent<'_> {
        if !self.has(field) {
            return Lent::Absent;
        }
        let member = field as usize;
        match field {
            Field::Duration => Lent::Whole(f64::from(self.0.whole(member))),
            Field::Images | Field::ReferenceVideos | Field::ReferenceAudios => {
                Lent::List(List::Plain(self.0.list(member)))
            }
            _ => Lent::Text(self.0.text(member)),
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

    #[inline(always)]
    fn has(&self, field: Field) -> bool {
        self.0.there() & field.bit() != 0
    }

    #[inline(always)]
    fn is_plain(&self) -> bool {
        !self.0.there() & REQUIRED == 0
    }

    fn is_unchanged(&self) -> bool {
        self.0.is_ordered()
    }

    fn normal(&self) -> Option<&str> {
        self.normal_text().filter(|_| self.rest().is_empty())
    }

    // There is something to find, which is rare: the rules need not be compiled for these fields, too.
    #[cold]
    fn found(&self, facts: &Facts, with_params: bool) -> Found {
        let fields = View(self as &dyn Look).to_draft();
        check::all(View(&fields), facts, with_params)
    }

    fn clean(&self, facts: &Facts) -> Option<Row> {
        check::clean(View(self), facts)
    }
}
