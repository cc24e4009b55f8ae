//! Which known names a mistyped one is probably meant to be.

use alloc::string::String;
use alloc::vec::Vec;

const MOST_SUGGESTIONS: usize = 3;
const MOST_EDITS: usize = 3;

use crate::table::{FIELDS, model_of_billing_name, models as all_models};
use crate::trim::trim;

/// The models that an unknown one is probably meant to be, the nearest first: the one that differs in case or blanks or is
/// billed under this name, or else those of like names.
pub(crate) fn models(name: &str) -> Vec<String> {
    let name = trim(name, char::is_whitespace);
    let same = all_models().find(|(_, model)| model.name.eq_ignore_ascii_case(name));
    let meant = same.map(|(_, model)| model);
    match meant.or_else(|| model_of_billing_name(name).map(|(model, _)| model)) {
        Some(model) => alloc::vec![model.name.into()],
        None => misses(name, all_models().map(|(_, model)| model.name)),
    }
}

/// The names of the fields that an unknown one is probably meant to be: one that differs in case or goes by
/// this other name, or else the nearest ones.
pub(crate) fn fields(name: &str) -> Vec<String> {
    let mut meant = Vec::new();
    for info in &FIELDS {
        if info.goes_by(name) {
            meant.push(info.field.name().into());
        }
    }
    if meant.is_empty() {
        meant = misses(name, FIELDS.iter().map(|info| info.field.name()));
    }
    meant
}

/// The nearest of the known names first; none that is too far off to be meant.
pub(crate) fn misses(name: &str, known: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    let mut nearest = Vec::new();
    for known in known {
        look_at(&mut nearest, name, known.as_ref());
    }
    nearest
}

/// Puts a known name among the nearest so far, where it is one of them.
#[inline(never)]
fn look_at(nearest: &mut Vec<String>, name: &str, known: &str) {
    let rank_of_known = rank(name, known);
    if rank_of_known.is_some() {
        let is_nearer = |other: &&String| rank(name, other) <= rank_of_known;
        let place = nearest.iter().filter(is_nearer).count();
        nearest.insert(place, known.into());
        nearest.truncate(MOST_SUGGESTIONS);
    }
}

/// Fewer edits come first, then the shorter name; `None` for one that is too far off.
fn rank(name: &str, known: &str) -> Option<(usize, usize)> {
    distance(name, known).map(|edits| (edits, known.len()))
}

/// The edits between the names; a name that only lacks parts (a model without its resolution) is one edit away.
fn distance(name: &str, known: &str) -> Option<usize> {
    if lacks_parts_of(name, known) {
        Some(1)
    } else {
        edit_distance(name, known)
    }
}

fn lacks_parts_of(name: &str, known: &str) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'-' | b'_');
    let mut parts = known.as_bytes().split(is_mark);
    let mut own = name.as_bytes().split(is_mark);
    !name.is_empty() && own.all(|part| parts.any(|other| other.eq_ignore_ascii_case(part)))
}

/// Levenshtein's distance without regard to ASCII case, `None` beyond [`MOST_EDITS`].
fn edit_distance(name: &str, known: &str) -> Option<usize> {
    (0..=MOST_EDITS).find(|edits| are_within(*edits, name.as_bytes(), known.as_bytes()))
}

/// Whether so few edits lie between the names.
fn are_within(edits: usize, name: &[u8], known: &[u8]) -> bool {
    match (name, known) {
        ([byte, name_rest @ ..], [other, known_rest @ ..]) => {
            if byte.eq_ignore_ascii_case(other) {
                return are_within(edits, name_rest, known_rest);
            }
            edits.checked_sub(1).is_some_and(|left| {
                are_within(left, name_rest, known_rest)
                    || are_within(left, name_rest, known)
                    || are_within(left, name, known_rest)
            })
        }
        _ => name.len() + known.len() <= edits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        for (name, known, edits) in [
            ("mini", "mini", Some(0)),
            ("MINI", "mini", Some(0)),
            ("mni", "mini", Some(1)),
            ("", "abc", Some(3)),
            ("abc", "", Some(3)),
            ("kitten", "sitting", Some(3)),
            ("abcd", "wxyz", None),
            ("a", "abcde", None),
        ] {
            assert_eq!(edit_distance(name, known), edits, "{name} {known}");
        }
    }

    #[test]
    fn a_name_may_lack_parts() {
        assert!(lacks_parts_of(
            "seedance2.0-mini-video",
            "seedance2.0-mini-720p-video"
        ));
        assert!(lacks_parts_of(
            "seedance2.0-mini_720p",
            "seedance2.0-mini-720p"
        ));
        assert!(!lacks_parts_of(
            "seedance2.0-video-mini",
            "seedance2.0-mini-720p-video"
        ));
        assert!(!lacks_parts_of("", "seedance2.0-mini"));
    }
}
