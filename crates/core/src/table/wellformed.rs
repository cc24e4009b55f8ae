//! What must hold of every table, checked while it compiles.

use super::{FIELDS, ROUTES, RULES, Route, SCHEMA_RESOLUTIONS};

const _: () = assert!(
    fields_are_in_order(),
    "FIELDS must list every field once, in order"
);
const _: () = assert!(
    rules_are_in_order(),
    "RULES must list every rule once, in order"
);
const _: () = assert!(routes_are_sound(), "a route's limits contradict each other");

const fn fields_are_in_order() -> bool {
    let mut index = 0;
    while index < FIELDS.len() {
        if FIELDS[index].field as usize != index {
            return false;
        }
        index += 1;
    }
    true
}

const fn rules_are_in_order() -> bool {
    let mut index = 0;
    while index < RULES.len() {
        if RULES[index].id as usize != index || RULES[index].sources.is_empty() {
            return false;
        }
        index += 1;
    }
    true
}

const fn routes_are_sound() -> bool {
    let mut index = 0;
    while index < ROUTES.len() {
        if !is_sound(&ROUTES[index]) {
            return false;
        }
        index += 1;
    }
    true
}

const fn is_sound(route: &Route) -> bool {
    let range = route.duration.value;
    let undisputed = match range.undisputed_from {
        Some(from) => range.min < from && from <= range.default,
        None => true,
    };
    let schemes = !route.media_schemes.value.accepted.is_empty()
        && !route.audio_schemes.value.accepted.is_empty();
    !route.models.is_empty()
        && range.min <= range.default
        && range.default <= range.max
        && undisputed
        && schemes
        && route.resolution.value.offered.len() <= SCHEMA_RESOLUTIONS.len()
        && route.resolution.value.offered.is_empty() == route.resolution.value.default.is_none()
}
