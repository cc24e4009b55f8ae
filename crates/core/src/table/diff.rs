//! The differences between two editions for each model, derived from their rows.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use serde_json::Value;

use super::Edition;

/// One difference between two editions in what they say about a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The model.
    pub model: &'static str,
    /// What it is about: a field of the request, or another cell of the table.
    pub field: String,
    /// What the first edition says; null if it says nothing.
    pub from: Value,
    /// What the second edition says; null if it says nothing.
    pub to: Value,
}

/// All differences between two editions: the models of the first edition in its order, then those that only the second one has.
/// If one of them lacks a model, the only difference is its route.
///
/// ```
/// use seedance_core::{Edition, table::diff};
/// let all = diff(Edition::V2026_07, Edition::V2026_09);
/// let full = all.iter().find(|it| it.model == "sd2_mx_720p" && it.field == "duration").unwrap();
/// assert_eq!((&full.from["max"], &full.to["max"]), (&12.into(), &15.into()));
/// ```
#[must_use]
pub fn diff(from: Edition, to: Edition) -> Vec<Difference> {
    let (before, after) = (cells(from), cells(to));
    let only_after =
        after.iter().filter(|(model, _)| !before.iter().any(|(known, _)| known == model));
    let mut differences = Vec::new();
    for (model, _) in before.iter().chain(only_after) {
        let of = |cells: &[(_, Cells)]| {
            let mut of_model = cells.iter().filter(|(known, _)| known == model);
            of_model.next().map(|(_, cells)| cells.clone())
        };
        let (from, to) = (of(&before), of(&after));
        let is_in_both = from.is_some() && to.is_some();
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        let mut fields: Vec<_> = from.keys().chain(to.keys()).collect();
        fields.sort_unstable();
        fields.dedup();
        for field in fields {
            let [from, to] = [&from, &to].map(|it| it.get(field).cloned().unwrap_or_default());
            if from != to && (is_in_both || field == ROUTE) {
                let field = field.clone();
                differences.push(Difference { model, field, from, to });
            }
        }
    }
    differences
}

const ROUTE: &str = "route";

type Cells = BTreeMap<String, Value>;

/// What an edition says about each model, without sources, conflicts and titles.
fn cells(edition: Edition) -> Vec<(&'static str, Cells)> {
    let of_model = |(route, model): super::Row| {
        let mut cells = members(serde_json::to_value(route).ok());
        let (models, fields) = (cells.remove("models"), cells.remove("fields"));
        let models = models.and_then(|models| models.as_array().cloned());
        let is_own = |row: &Value| row.get("model").is_some_and(|name| name == model.name);
        let own = models.into_iter().flatten().find(is_own);
        cells.insert("listed".into(), route.listed.value.listed.into());
        cells.extend(members(fields));
        cells.extend(members(own));
        cells.remove("model");
        cells.remove("title");
        cells.remove("cells");
        for cell in cells.values_mut() {
            without_sources(cell);
        }
        (model.name, cells)
    };
    edition.models().map(of_model).collect()
}

fn members(object: Option<Value>) -> Cells {
    match object {
        Some(Value::Object(members)) => members.into_iter().collect(),
        _ => Cells::new(),
    }
}

fn without_sources(cell: &mut Value) {
    let Value::Object(members) = cell else {
        return;
    };
    members.remove("sources");
    members.remove("conflicts");
    members.values_mut().for_each(without_sources);
}
