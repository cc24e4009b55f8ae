//! The interpreter: reads a body against the rule table and notes every hit, in report order.

mod address;
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
use crate::table::{FIELDS, Field, Model, Route, RuleId, Source, find_model};

use notes::{Anything, Hits, Notes};
pub(crate) use values::{ADAPTIVE, is_ratio};

/// A rule that fired, and where.
#[derive(Debug)]
pub(crate) struct Hit {
    pub rule: RuleId,
    pub spot: Spot,
    pub params: Params,
    pub related: &'static [Field],
    pub sources: &'static [Source],
}

/// Where a finding points.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Body,
    Field(Field),
    Item(Field, usize),
    /// The unknown field of this index.
    Unknown(usize),
    /// The part of this index that JSON cannot hold, inside an unknown field.
    Inside(usize, usize),
}

/// A [`Place`] as two numbers in report order: fields in the order of the table, unknown ones behind them; a field before its
/// items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
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
        spot: Spot::BODY,
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
    let row = fields.text(Field::Model).and_then(find_model);
    let mut check = Check {
        fields,
        facts,
        row,
        notes: Hits {
            hits: Vec::new(),
            model: row.map(|(_, model)| model.name),
            with_params,
        },
    };
    check.run();
    let mut hits = check.notes.hits;
    // No rule fires twice at a place.
    hits.sort_unstable_by_key(|hit| (hit.spot, hit.rule));
    Found { row, hits }
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
    fn hit(&mut self, rule: RuleId, spot: Spot, params: impl FnOnce(&mut Params)) {
        if let Some(given) = N::note(self, rule, spot, None) {
            params(given);
        }
    }

    /// Notes a hit that rests on the pages of a cell.
    #[inline]
    fn hit_by(
        &mut self,
        rule: RuleId,
        spot: Spot,
        sources: &'static [Source],
        params: impl FnOnce(&mut Params),
    ) {
        if let Some(given) = N::note(self, rule, spot, Some(sources)) {
            params(given);
        }
    }
}

impl Hit {
    pub fn is_error(&self) -> bool {
        self.rule.is_error()
    }

    pub fn place(&self) -> Place {
        self.spot.place()
    }
}

impl Spot {
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

    pub const fn item(field: Field, index: usize) -> Self {
        Self {
            field: field as usize,
            part: index + 1,
        }
    }

    pub const fn unknown(index: usize) -> Self {
        Self {
            field: FIELDS.len() + index,
            part: 0,
        }
    }

    pub const fn inside(index: usize, part: usize) -> Self {
        Self {
            field: FIELDS.len() + index,
            part: part + 1,
        }
    }

    /// The known field with its items, by one number for each.
    pub const fn known(self) -> Option<usize> {
        if self.field < FIELDS.len() {
            Some(2 * self.field + (self.part > 0) as usize)
        } else {
            None
        }
    }

    // Asked for in many places: once is enough in the code.
    #[inline(never)]
    pub fn place(self) -> Place {
        let Self { field, part } = self;
        match (FIELDS.get(field), field.wrapping_sub(FIELDS.len())) {
            (Some(info), _) if part == 0 => Place::Field(info.field),
            (Some(info), _) => Place::Item(info.field, part - 1),
            _ if self == Self::BODY => Place::Body,
            (None, index) if part == 0 => Place::Unknown(index),
            (None, index) => Place::Inside(index, part - 1),
        }
    }
}

impl Place {
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) | Self::Item(field, _) => Some(field),
            Self::Body | Self::Unknown(_) | Self::Inside(..) => None,
        }
    }

    /// The name of the field at or around it, `unknown` being those that the body has.
    pub fn name<'u>(self, unknown: &'u [Unknown<'u>]) -> &'u str {
        match self {
            Self::Body => "",
            Self::Field(field) | Self::Item(field, _) => field.name(),
            Self::Unknown(index) | Self::Inside(index, _) => {
                unknown.get(index).map_or("", |field| &field.name)
            }
        }
    }

    /// The JSON Pointer, `unknown` being the unknown fields that the body has.
    pub fn pointer(self, unknown: &[Unknown<'_>]) -> String {
        let mut path = String::new();
        if let Self::Body = self {
            return path;
        }
        pointer::push(&mut path, self.name(unknown));
        match self {
            Self::Item(_, index) => pointer::push(&mut path, &pointer::index(index)),
            Self::Inside(index, part) => {
                let wrong = unknown.get(index).and_then(|field| field.wrong.get(part));
                path.push_str(wrong.map_or("", String::as_str));
            }
            Self::Body | Self::Field(_) | Self::Unknown(_) => {}
        }
        path
    }
}
