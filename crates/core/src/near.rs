//! Which known names a mistyped one is probably meant to be.

use alloc::string::String;
use alloc::vec::Vec;

const MOST_SUGGESTIONS: usize = 3;
const MOST_EDITS: usize = 3;

use crate::table::{FIELDS, Field, model_of_billing_name, models as all_models};

/// The models that an unknown one is probably meant to be, the nearest first: the one that differs in case or blanks or is
/// billed under this name, or else those of like names.
pub(crate) fn models(name: &str) -> Vec<String> {
    let name = name.trim();
    let same = all_models().find(|(_, model)| model.name.eq_ignore_ascii_case(name));
    let meant = same.map(|(_, model)| model);
    match meant.or_else(|| model_of_billing_name(name).map(|(model, _)| model)) {
        Some(model) => alloc::vec![model.name.into()],
        None => misses(name, all_models().map(|(_, model)| model.name.into())),
    }
}

/// The fields that an unknown one is probably meant to be: one that differs in case or goes by
/// this other name, or else the nearest ones.
pub(crate) fn fields(name: &str) -> Vec<Field> {
    let mut meant: Vec<Field> = FIELDS
        .iter()
        .filter(|info| {
            let mut names = core::iter::once(info.field.name()).chain(info.aliases.iter().copied());
            names.any(|known| known.eq_ignore_ascii_case(name))
        })
        .map(|info| info.field)
        .collect();
    if meant.is_empty() {
        let near = misses(name, FIELDS.iter().map(|info| info.field.name().into()));
        meant.extend(near.iter().filter_map(|name| Field::named(name)));
    }
    meant
}

/// The nearest of the known names first; none that is too far off to be meant.
pub(crate) fn misses(name: &str, known: impl Iterator<Item = String>) -> Vec<String> {
    let (mut ranks, mut near) = (Vec::new(), Vec::new());
    for known in known {
        if let Some(edits) = distance(name, &known) {
            let rank = (edits, known.len());
            let place = ranks.partition_point(|other| *other <= rank);
            ranks.insert(place, rank);
            near.insert(place, known);
        }
    }
    near.truncate(MOST_SUGGESTIONS);
    near
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
    let mut parts = known.split(['-', '_']);
    !name.is_empty()
        && name
            .split(['-', '_'])
            .all(|part| parts.any(|other| other.eq_ignore_ascii_case(part)))
}

/// Levenshtein's distance without regard to ASCII case, `None` beyond [`MOST_EDITS`].
fn edit_distance(name: &str, known: &str) -> Option<usize> {
    if name.len().abs_diff(known.len()) > MOST_EDITS {
        return None;
    }
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (line, byte) in name.bytes().enumerate() {
        // `left` is the cell just computed, `diagonal` the one above it.
        let (mut left, mut diagonal) = (line + 1, line);
        for (cell, other) in row.iter_mut().skip(1).zip(known.bytes()) {
            let above = *cell;
            let replaced = diagonal + usize::from(!byte.eq_ignore_ascii_case(&other));
            left = replaced.min(above + 1).min(left + 1);
            (diagonal, *cell) = (above, left);
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().filter(|&edits| edits <= MOST_EDITS)
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
