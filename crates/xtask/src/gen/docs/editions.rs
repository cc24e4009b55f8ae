//! The differences between the tables of two editions.

use std::collections::BTreeSet;

use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::diff;
use serde_json::{Value, json};

/// The models that only one edition has, the values that differ for models in both, and the rules that only one edition has.
pub fn context(from: Edition, to: Edition) -> Value {
    let (whole, parts): (Vec<_>, Vec<_>) = diff(from, to)
        .into_iter()
        .partition(|it| it.field == "route" && (it.from.is_null() || it.to.is_null()));
    let (new, gone): (Vec<_>, Vec<_>) = whole.into_iter().partition(|it| it.from.is_null());
    let routes = to.routes().iter().map(|route| route.id.name());
    let new = routes.filter_map(|route| {
        let of_route = new.iter().filter(|it| it.to == route);
        let models: Vec<_> = of_route.map(|it| &it.model).collect();
        (!models.is_empty()).then_some((route, models))
    });
    let gone = gone.iter().map(|it| &it.model);
    let limits = parts.iter().flat_map(|it| {
        let inner = members(&it.from, &it.to).into_iter();
        inner
            .map(move |(member, from, to)| ((format!("{}{member}", it.field), from, to), &it.model))
    });
    let limits: Vec<_> = limits.collect();
    // Models with the same change share a row.
    let rows = limits.iter().map(|(limit, _)| limit).unique().map(|limit| {
        let same = limits.iter().filter(|(other, _)| other == limit);
        let models: Vec<_> = same.map(|(_, model)| model).collect();
        let (what, from, to) = limit;
        json!({ "what": what, "from": from, "to": to, "models": models })
    });
    let only = |here: Edition, there: Edition| {
        let rules = here.rules().filter(move |rule| there.rule(rule.id).is_none());
        rules.map(move |rule| json!([here, rule]))
    };
    json!({
        "from": from,
        "to": to,
        "new": new.collect::<Vec<_>>(),
        "gone": gone.collect::<Vec<_>>(),
        "limits": rows.collect::<Vec<_>>(),
        "rules": only(to, from).chain(only(from, to)).collect::<Vec<_>>(),
    })
}

/// The members in which two objects differ: path, old value, new value. Null is an object without members here. For any other two
/// values, the pair itself under an empty path.
fn members<'a>(from: &'a Value, to: &'a Value) -> Vec<(String, &'a Value, &'a Value)> {
    let both = [from, to];
    if !both.iter().all(|value| value.is_object() || value.is_null()) {
        return vec![(String::new(), from, to)];
    }
    let objects = both.into_iter().filter_map(Value::as_object);
    let names: BTreeSet<_> = objects.flat_map(|object| object.keys()).collect();
    let differ = names.into_iter().flat_map(|name| {
        let [from, to] = both.map(|value| value.get(name).unwrap_or(&Value::Null));
        let inner = (from != to).then(|| members(from, to));
        let named = inner.into_iter().flatten();
        named.map(move |(member, from, to)| (format!(".{name}{member}"), from, to))
    });
    differ.collect()
}
