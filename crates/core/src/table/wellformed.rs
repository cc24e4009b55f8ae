//! What must hold for every table, checked at compile time.
#![expect(
    clippy::indexing_slicing,
    reason = "const code has no iterators, and what fails here does not compile"
)]

use super::{Route, edition_2026_07, edition_2026_09};

const _: () = assert!(
    routes_are_sound(&edition_2026_07::ROUTES) && routes_are_sound(&edition_2026_09::ROUTES),
    "a route's limits contradict each other"
);

const fn routes_are_sound(routes: &[Route]) -> bool {
    let mut index = 0;
    while index < routes.len() {
        if !is_sound(&routes[index]) {
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
        && route.resolution.value.offered.is_empty() == route.resolution.value.default.is_none()
}
