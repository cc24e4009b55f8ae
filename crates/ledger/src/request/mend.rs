//! Applies the fixes of errors until none is left that may be applied.

use std::borrow::Cow;

use indexmap::IndexMap;
use json_patch::jsonptr::Pointer;
use json_patch::{Patch, PatchOperation};
use seedance_batch::{Line, Tally, numbered_lines};
use seedance_core::{Edition, Field, Finding, Fix, Job, Lang, PatchOp, Report, RuleId};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, from_value, to_value};
use serde_with::skip_serializing_none;
use strum::{EnumString, VariantNames};

/// The settings for mending requests.
#[derive(Clone, Copy, Debug)]
pub struct Mending {
    /// Which fixes are applied.
    pub extent: Extent,
    /// The language of messages and labels.
    pub lang: Lang,
}

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Extent {
    /// Only fixes that neither remove a value that is not empty nor replace a known model.
    Safe,
    /// The first fix of each error.
    All,
}

/// The members of a request, each as it was written.
pub type Members = IndexMap<String, Box<RawValue>>;

/// A request after its fixes.
#[derive(Debug, Serialize)]
pub struct Mended {
    /// The mended request: that of the report or, if it is still refused, what was given after its fixes, with its fields in the
    /// table's order. `None` (`null` in JSON) if the body is not an object or repeats a member.
    pub request: Option<Members>,
    /// The fixes that were applied, in order.
    pub applied: Vec<Applied>,
    /// The report on the mended request.
    pub report: Report<'static>,
}

/// A fix that was applied.
#[derive(Debug, Serialize)]
pub struct Applied {
    /// The rule of the error.
    pub rule: RuleId,
    /// The path of the error, a JSON Pointer.
    pub path: String,
    /// What the fix does, in a few words.
    pub label: String,
}

/// The answer to a line of a batch: the mended request, or why the line is no job.
#[skip_serializing_none]
#[derive(Serialize)]
struct MendedLine<'a> {
    line: u64,
    id: Option<Cow<'a, RawValue>>,
    #[serde(flatten)]
    mended: Option<Mended>,
    error: Option<String>,
}

impl Mending {
    /// Mends a job, and with it its request, the JSON `text`. Repeatedly applies the first permitted fix of the first error that
    /// has one, until no error has any. A request with a repeated member is not changed: only the caller knows which of the two
    /// is meant.
    #[must_use]
    pub fn request(self, job: Job<'_>, text: &[u8]) -> Mended {
        let mut report = job.check(self.lang).into_owned();
        let is_twice = report.findings.iter().any(|finding| finding.rule == RuleId::DuplicateField);
        let mut applied = Vec::new();
        let members = serde_json::from_slice(text).ok();
        let Some(mut request) = members.filter(|_| job.body().is_object() && !is_twice) else {
            return Mended { request: None, applied, report };
        };
        let mut job = job.into_owned();
        // Each fix removes its error and adds none, so the loop ends.
        while let Some((error, fix)) = self.next_fix(&report, &request)
            && let Some(mended) = job.mended(fix)
            && let Some(changed) = changed(&request, fix)
        {
            let (path, label) = (error.path.clone(), fix.label.clone());
            applied.push(Applied { rule: error.rule, path, label });
            (job, request) = (mended, changed);
            report = job.check(self.lang).into_owned();
        }
        let accepted = report.request.as_ref().map(|request| request.to_json());
        let accepted = accepted.and_then(|text| serde_json::from_str(&text).ok());
        Mended { request: Some(accepted.unwrap_or_else(|| in_order(request))), applied, report }
    }

    /// The first error that has a permitted fix, and the first such fix.
    fn next_fix<'r>(
        self,
        report: &'r Report<'_>,
        request: &Members,
    ) -> Option<(&'r Finding, &'r Fix)> {
        let is_safe = |op: &PatchOp| match op {
            PatchOp::Remove { path } | PatchOp::Move { path, .. } => {
                value_at(request, path).as_ref().is_none_or(is_empty)
            }
            PatchOp::Replace { path, .. } if path == "/model" => report.model.is_none(),
            _ => true,
        };
        let may_be = |fix: &&Fix| self.extent == Extent::All || fix.patch.iter().all(is_safe);
        let mut errors = report.findings.iter().filter(|finding| finding.is_error());
        errors.find_map(|error| Some((error, error.fixes.iter().find(may_be)?)))
    }

    /// Mends every line of a piece of a batch that begins at line `first_line`, by the rules of `edition`. Appends the answers to
    /// `out` and counts them in `tally`.
    pub fn lines(
        self,
        edition: Edition,
        piece: &[u8],
        first_line: u64,
        out: &mut Vec<u8>,
        tally: &mut Tally,
    ) {
        for (at, given) in numbered_lines(piece) {
            let Line { id, wrapped, job } = Line::read(given, edition, self.lang);
            let (mended, error) = match job {
                Ok(job) => {
                    let mut mended = self.request(job, wrapped.map_or(given, str::as_bytes));
                    if let (None, Some(_), Some(request)) = (wrapped, &id, &mut mended.request) {
                        request.shift_remove("id");
                    }
                    tally.report(&mended.report);
                    (Some(mended), None)
                }
                Err(error) => {
                    tally.error();
                    (None, Some(error))
                }
            };
            let line = MendedLine { line: first_line + at - 1, id, mended, error };
            // Serializing an answer to JSON cannot fail.
            out.extend(serde_json::to_vec(&line).unwrap_or_default());
            out.push(b'\n');
        }
    }
}

/// The request after a fix; `None` if the fix does not fit. Members that it does not name stay as they were written.
fn changed(request: &Members, fix: &Fix) -> Option<Members> {
    let patch: Patch = from_value(to_value(&fix.patch).ok()?).ok()?;
    let pointers = patch.iter().flat_map(|op| match op {
        PatchOperation::Move(op) => vec![&*op.from, &*op.path],
        op => vec![op.path()],
    });
    let names: Vec<String> = pointers.filter_map(|it| Some(it.first()?.decoded().into())).collect();
    let named = names.iter().filter_map(|name| Some((name.clone(), value_of(request, name)?)));
    let mut named = Value::Object(named.collect());
    json_patch::patch(&mut named, &patch).ok()?;
    let mut request = request.clone();
    for name in names {
        match named.get(&name) {
            Some(value) => _ = request.insert(name, to_raw_value(value).ok()?),
            None => _ = request.shift_remove(&name),
        }
    }
    Some(request)
}

fn value_of(request: &Members, name: &str) -> Option<Value> {
    serde_json::from_str(request.get(name)?.get()).ok()
}

fn value_at(request: &Members, path: &str) -> Option<Value> {
    let (name, rest) = Pointer::parse(path).ok()?.split_front()?;
    value_of(request, &name.decoded())?.pointer(rest.as_str()).cloned()
}

/// The members of a request in the table's order, then the unknown ones.
fn in_order(mut request: Members) -> Members {
    request.sort_by_key(|name, _| {
        let field = Field::named(name);
        (field.is_none(), field)
    });
    request
}

/// Whether nothing is lost with this value.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
