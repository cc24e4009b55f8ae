//! The differences between the tables of two editions.

use itertools::Itertools;
use seedance_core::table::diff;
use seedance_core::{Edition, Lang};
use serde_json::{Value, json};

/// The models that only one edition has, the values that differ for models in both, and the rules that only one edition has.
pub fn context(from: Edition, to: Edition, lang: Lang) -> Value {
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
        let changes = it.changes(lang).into_iter();
        changes.map(|change| (change, it.model))
    });
    let limits: Vec<_> = limits.collect();
    // Models with the same change share a row.
    let rows = limits.iter().map(|(change, _)| change).unique().map(|change| {
        let same = limits.iter().filter(|(other, _)| other == change);
        let models: Vec<_> = same.map(|(_, model)| model).collect();
        json!({ "change": change, "models": models })
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
