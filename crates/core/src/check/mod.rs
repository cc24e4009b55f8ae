//! The interpreter: reads a body against the rule table and notes every hit, in report order.

mod address;
mod counts;
mod fields;
mod media;
mod notes;
mod plain_url;
mod shape;
pub(crate) mod url;
mod urls;
mod values;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::body::{Body, Fields, Look, Root, Unknown, View};
use crate::facts::Facts;
use crate::finding::Params;
use crate::pointer;
use crate::sort::sort;
use crate::table::{FIELDS, Field, Model, Route, RuleId, Source, find_model};

pub(crate) use counts::Counts;
use notes::{Anything, Hits, Notes};
pub(crate) use values::{ADAPTIVE, is_ratio};

/// A rule that fired, and where.
#[derive(Debug)]
pub(crate) struct Hit {
    pub rule: RuleId,
    pub place: Place,
    pub params: Params,
    pub related: &'static [Field],
    pub sources: &'static [Source],
}

/// Where a finding points, as two numbers in report order: fields in the order of the table, unknown ones behind them; a field
/// before its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    field: usize,
    part: usize,
}

/// A body's fields and the media facts beside it, to be changed on trial.
#[derive(Debug)]
pub(crate) struct Draft<'d> {
    pub fields: Fields<'d>,
    pub facts: Cow<'d, Facts>,
}

/// What a check finds: the row of the table that the model selects, and all hits in report order.
#[derive(Debug)]
pub(crate) struct Found {
    pub row: Option<Row>,
    pub hits: Vec<Hit>,
}

/// A row of the table: a model and its route.
pub(crate) type Row = (&'static Route, &'static Model);

impl Found {
    pub fn accepts(&self) -> bool {
        !self.hits.iter().any(Hit::is_error)
    }
}

/// Everything that there is to find about a body; `fields` are its own, where it is an object.
pub(crate) fn found(body: &Body<'_>, fields: Option<View<'_>>, facts: &Facts) -> Found {
    match fields {
        Some(fields) => in_fields(fields, facts, true),
        None => Found {
            row: None,
            hits: of_root(&body.root),
        },
    }
}

/// All hits on a body without their parameters.
pub(crate) fn bare_hits(body: &Body<'_>, facts: &Facts) -> Vec<Hit> {
    match body.view() {
        Some(fields) => in_fields(fields, facts, false).hits,
        None => of_root(&body.root),
    }
}

fn in_fields(fields: View<'_>, facts: &Facts, with_params: bool) -> Found {
    match fields.clean(facts) {
        Some(row) => Found {
            row: Some(row),
            hits: Vec::new(),
        },
        None => fields.found(facts, with_params),
    }
}

/// What there is to find about a body that is no object.
fn of_root(root: &Root<'_>) -> Vec<Hit> {
    let mut params = Params::default();
    let rule = match root {
        Root::Object(_) | Root::Plain(_) | Root::Lent(_) => return Vec::new(),
        Root::NotJson {
            line,
            column,
            reason,
        } => {
            params.count("line", *line);
            params.count("column", *column);
            params.text("reason", reason);
            RuleId::InvalidJson
        }
        Root::NotObject(kind) => {
            params.text("found", kind.name());
            RuleId::BodyNotObject
        }
    };
    alloc::vec![Hit {
        rule,
        place: Place::BODY,
        params,
        related: &[],
        sources: rule.finding().sources,
    }]
}

/// What a check finds in a body's fields; without parameters where only the rules count.
pub(crate) fn all<L: Look + ?Sized>(
    fields: View<'_, L>,
    facts: &Facts,
    with_params: bool,
) -> Found {
    let (row, mut hits) = look(fields, facts, with_params, None);
    // No rule fires twice at a place.
    sort(&mut hits, |a, b| (a.place, a.rule) < (b.place, b.rule));
    Found { row, hits }
}

/// Counts what a check finds in the fields of a draft.
pub(crate) fn count(fields: View<'_, Fields<'_>>, facts: &Facts, counts: &mut Counts) {
    look(fields, facts, false, Some(counts));
}

fn look<L: Look + ?Sized>(
    fields: View<'_, L>,
    facts: &Facts,
    with_params: bool,
    counts: Option<&mut Counts>,
) -> (Option<Row>, Vec<Hit>) {
    let row = fields.text(Field::Model).and_then(find_model);
    let mut check = Check {
        fields,
        facts,
        row,
        notes: Hits {
            hits: Vec::new(),
            model: row.map(|(_, model)| model.name),
            with_params,
            counts,
        },
    };
    check.note_all();
    (row, check.notes.hits)
}

/// The row that the model selects, where there is nothing to find; `None` says nothing.
#[inline]
pub(crate) fn clean<L: Look + ?Sized>(fields: View<'_, L>, facts: &Facts) -> Option<Row> {
    let row = find_model(fields.text(Field::Model)?)?;
    let mut check = Check {
        fields,
        facts,
        row: Some(row),
        notes: Anything(false),
    };
    check.run();
    (!check.notes.0).then_some(row)
}

impl<L: Look + ?Sized> Check<'_, L, Hits<'_>> {
    // Apart from where its hits are put: the code is smaller.
    #[inline(never)]
    fn note_all(&mut self) {
        self.run();
    }
}

/// The rules on some fields, which note what they hit.
struct Check<'c, L: ?Sized, N> {
    fields: View<'c, L>,
    facts: &'c Facts,
    row: Option<Row>,
    notes: N,
}

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    #[inline(always)]
    fn run(&mut self) {
        self.shape();
        self.values();
        self.fields();
        self.urls();
        self.media();
    }

    /// Notes a hit that rests on the rule's own pages.
    #[inline]
    fn hit(&mut self, rule: RuleId, place: Place, params: impl FnOnce(&mut Params)) {
        if let Some(given) = N::note(self, rule, place, None) {
            params(given);
        }
    }

    /// Notes a hit that rests on the pages of a cell.
    #[inline]
    fn hit_by(
        &mut self,
        rule: RuleId,
        place: Place,
        sources: &'static [Source],
        params: impl FnOnce(&mut Params),
    ) {
        if let Some(given) = N::note(self, rule, place, Some(sources)) {
            params(given);
        }
    }
}

impl Hit {
    pub fn is_error(&self) -> bool {
        self.rule.is_error()
    }
}

impl Place {
    pub const BODY: Self = Self {
        field: usize::MAX,
        part: 0,
    };

    pub const fn of(field: Field) -> Self {
        Self {
            field: field as usize,
            part: 0,
        }
    }

    /// An item of a list.
    pub const fn item(field: Field, index: usize) -> Self {
        Self {
            field: field as usize,
            part: index + 1,
        }
    }

    /// The item of this index of the list at it.
    pub const fn of_item(self, index: usize) -> Self {
        Self {
            part: index + 1,
            ..self
        }
    }

    /// The unknown field of this index.
    pub const fn unknown(index: usize) -> Self {
        Self {
            field: FIELDS.len() + index,
            part: 0,
        }
    }

    /// The part of this index that JSON cannot hold, inside an unknown field.
    pub const fn inside(index: usize, part: usize) -> Self {
        Self {
            field: FIELDS.len() + index,
            part: part + 1,
        }
    }

    /// The known field at or around it.
    pub fn field(self) -> Option<Field> {
        FIELDS.get(self.field).map(|info| info.field)
    }

    /// The index of the item, or of the part of an unknown field.
    pub const fn index(self) -> Option<usize> {
        self.part.checked_sub(1)
    }

    /// The field at or around it.
    pub const fn whole(self) -> Self {
        Self { part: 0, ..self }
    }

    /// The unknown field at or around it, among those that the body has.
    pub fn among<'u>(self, unknown: &'u [Unknown<'u>]) -> Option<&'u Unknown<'u>> {
        unknown.get(self.field.checked_sub(FIELDS.len())?)
    }

    /// The name of the field at or around it, `unknown` being those that the body has.
    pub fn name<'u>(self, unknown: &'u [Unknown<'u>]) -> &'u str {
        match self.field() {
            Some(field) => field.name(),
            None => self.among(unknown).map_or("", |field| &field.name),
        }
    }

    /// The JSON Pointer, `unknown` being the unknown fields that the body has.
    pub fn pointer(self, unknown: &[Unknown<'_>]) -> String {
        let mut path = String::new();
        if self == Self::BODY {
            return path;
        }
        pointer::push(&mut path, self.name(unknown));
        if let Some(index) = self.index() {
            match self.among(unknown) {
                Some(field) => path.push_str(field.wrong.get(index).map_or("", String::as_str)),
                None => pointer::push(&mut path, &pointer::index(index)),
            }
        }
        path
    }
}
