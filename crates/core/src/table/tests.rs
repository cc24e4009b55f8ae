//! The tables of all editions are consistent.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Value, json};

use super::*;

fn for_each_edition(look: impl Fn(Edition)) {
    Edition::ALL.into_iter().for_each(look);
}

#[test]
fn names_are_read_back() {
    for edition in Edition::ALL {
        assert_eq!(edition.name().parse(), Ok(edition));
        let written = serde_json::to_string(&edition).unwrap();
        assert_eq!(serde_json::from_str::<Edition>(&written).unwrap(), edition);
    }
    let error = serde_json::from_str::<Edition>("\"2026-08\"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown edition `2026-08`; use `2026-07`, `2026-09` or `latest`"
    );
}

#[test]
fn there_are_so_many_rows() {
    let counts = Edition::ALL.map(|edition| {
        let (routes, models) = (edition.routes().len(), edition.models().count());
        (routes, models, edition.rules().count(), edition.fields().len())
    });
    let expected = [(8, 23, 47, 11), (14, 58, 59, 18)];
    assert_eq!(
        counts, expected,
        "routes, models, rules and fields: change the counts if you added one"
    );
}

#[test]
fn limits_do_not_contradict_each_other() {
    for_each_edition(|edition| {
        for route in edition.routes() {
            let (id, range) = (route.id, route.duration.value);
            assert!((range.min..=range.max).contains(&range.default), "{id:?}");
            if let Some(undisputed) = range.undisputed_from {
                assert!(range.min < undisputed && undisputed <= range.default, "{id:?}");
            }
            let resolution = route.resolution.value;
            assert_eq!(resolution.offered.is_empty(), resolution.default.is_none(), "{id:?}");
            assert!(!route.models.is_empty(), "{id:?}");
            for schemes in [&route.media_schemes, &route.audio_schemes] {
                assert!(!schemes.value.accepted.is_empty(), "{id:?}");
            }
        }
    });
}

#[test]
fn each_name_is_one_model() {
    for_each_edition(|edition| {
        let mut names = BTreeSet::new();
        for (route, model) in edition.models() {
            for name in model.aliases.iter().chain([&model.name]) {
                assert!(names.insert(*name), "{edition}: {name} twice");
                let found = edition.find_model(name).map(|(route, it)| (route.id, it.name));
                assert_eq!(found, Some((route.id, model.name)), "{edition}: {name}");
            }
        }
        for withdrawn in edition_2026_09::WITHDRAWN {
            assert!(!names.contains(withdrawn));
        }
    });
}

/// A route that copies another route's limits copies their sources, too, and must not cite one for what none states.
#[test]
fn a_billing_name_is_inferred_where_no_source_states_it() {
    for_each_edition(|edition| {
        for route in edition.routes() {
            let is_stated = route.basis.sources != [Source::Inferred];
            assert_eq!(
                route.basis.value == Basis::Documented,
                is_stated,
                "{edition}: {}",
                route.id.name()
            );
        }
    });
}

#[test]
fn partners_are_partners_of_each_other_and_keep_the_resolution() {
    for_each_edition(|edition| {
        for (route, model) in edition.models() {
            let Some(partner) = model.partner else {
                continue;
            };
            let (other_route, other) = edition.find_model(partner).unwrap();
            assert_eq!(other.partner, Some(model.name));
            assert_eq!(other_route.id, route.id);
            assert_eq!(other.delivers, model.delivers, "{}", model.name);
            assert_eq!(other.resolution(route), model.resolution(route), "{}", model.name);
            if let Some(name) = model.billing_with_videos {
                assert_eq!((name, other.billing), (partner, name));
            }
        }
    });
}

#[test]
fn billing_names_are_each_charged_in_one_way() {
    for_each_edition(|edition| {
        let names: Vec<String> = edition.billing_names().collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        for (route, model) in edition.models() {
            for name in model.billing_names(route) {
                assert!(!name.contains(['{', '}']), "{name}");
                assert_eq!(edition.billing_unit(&name), Some(route.unit.value), "{name}");
            }
        }
    });
}

#[test]
fn a_rule_in_short_is_the_rule_without_its_sources_and_conflicts() {
    for rule in Edition::LATEST.rules() {
        let mut whole = serde_json::to_value(rule).unwrap();
        let members = whole.as_object_mut().unwrap();
        assert!(members.remove("sources").is_some() && members.remove("conflicts").is_some());
        assert_eq!(serde_json::to_value(RuleRow(rule)).unwrap(), whole);
    }
}

#[test]
fn rules_stand_in_the_order_of_their_ids() {
    for_each_edition(|edition| {
        let ids: Vec<RuleId> = edition.rules().map(|rule| rule.id).collect();
        assert!(ids.is_sorted());
    });
    assert!(Edition::V2026_07.rule(RuleId::WrongEndpoint).is_none());
    assert!(Edition::V2026_09.rule(RuleId::DurationContested).is_none());
}

/// Collects the ids that are listed under `sources` or `conflicts` in a table that was written as JSON.
fn cited(value: &Value, member: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| cited(item, member, into)),
        Value::Object(members) => {
            for (name, value) in members {
                if name == member {
                    let ids = value.as_array().unwrap().iter();
                    into.extend(ids.map(|id| id.as_str().unwrap().to_string()));
                } else {
                    cited(value, member, into);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn an_edition_cites_its_own_sources_and_conflicts() {
    for_each_edition(|edition| {
        let rules: Vec<Rule> = edition.rules().collect();
        let written = json!([edition.table(), rules]);
        let ids = |member| {
            let mut ids = BTreeSet::new();
            cited(&written, member, &mut ids);
            ids
        };
        for source in ids("sources") {
            assert!(
                edition.sources().any(|info| info.source.id() == source),
                "{edition}: {source}"
            );
        }
        for conflict in ids("conflicts") {
            let mut known = edition.conflicts().iter();
            assert!(known.any(|info| info.conflict.id() == conflict), "{edition}: {conflict}");
        }
    });
}

#[test]
fn routes_name_the_sources_of_their_billing() {
    let routes = |edition: Edition| json!(edition.routes());
    let cells = |edition, id: &str| {
        let routes = routes(edition);
        let mut all = routes.as_array().unwrap().iter();
        all.find(|route| route["route"] == id).unwrap()["cells"].clone()
    };
    assert_eq!(
        cells(Edition::V2026_07, "mini"),
        json!({
            "unit": { "sources": ["seed:table", "seed:openapi"] },
            "basis": { "sources": ["seed:table"], "conflicts": ["C18"] }
        })
    );
    assert_eq!(
        cells(Edition::V2026_09, "gz")["unit"],
        json!({ "sources": ["docs:gz", "skills:api"], "conflicts": ["N6"] })
    );
    assert_eq!(
        cells(Edition::V2026_09, "mini-sp"),
        json!({
            "unit": { "sources": ["page:mini-sp", "skills:api"], "conflicts": ["N8"] },
            "basis": { "sources": ["page:mini-sp"] },
            "listed": { "sources": ["docs:llms"], "conflicts": ["N15"] }
        })
    );
}

#[test]
fn an_edition_differs_from_itself_in_nothing() {
    for_each_edition(|edition| assert_eq!(diff(edition, edition), []));
}

#[test]
fn differences_have_two_sides() {
    let (first, later) = (Edition::V2026_07, Edition::V2026_09);
    let there = diff(first, later);
    let of = |model: &str| -> Vec<Value> {
        let of_model = there.iter().filter(|it| it.model == model);
        of_model.map(|it| serde_json::to_value(it).unwrap()).collect()
    };
    assert_eq!(
        of("seedance2.0-gz"),
        [json!({ "model": "seedance2.0-gz", "field": "route", "from": null, "to": "gz" })]
    );
    assert_eq!(
        of("seedance2.0-std"),
        [json!({ "model": "seedance2.0-std", "field": "listed", "from": true, "to": false })]
    );
    assert!(of("seedance2.0-fast-md").contains(
        &json!({ "model": "seedance2.0-fast-md", "field": "route", "from": "md", "to": "fast-md" })
    ));
    let mut back = diff(later, first);
    back.iter_mut().for_each(|it| core::mem::swap(&mut it.from, &mut it.to));
    back.sort_by_key(|it| format!("{} {}", it.model, it.field));
    let mut there = there;
    there.sort_by_key(|it| format!("{} {}", it.model, it.field));
    assert_eq!(there, back);
}
