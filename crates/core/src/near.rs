//! Suggests known names for mistyped ones.

use alloc::string::String;
use alloc::vec::Vec;

use crate::table::Edition;

const MOST_SUGGESTIONS: usize = 3;
const MOST_EDITS: usize = 3;

/// The names that an unknown one probably means. They are looked up only when a message is written, since that takes long.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Near<'a> {
    Models(Edition, &'a str),
    Fields(Edition, &'a str),
}

impl Near<'_> {
    pub fn names(self) -> Vec<String> {
        match self {
            Self::Models(edition, name) => {
                let names = names_of_models(edition, name);
                names.iter().map(|name| model_of(edition, name).into()).collect()
            }
            Self::Fields(edition, name) => edition.fields_like(name),
        }
    }
}

/// The names of models that an unknown name probably means, the nearest first: the replacements of a withdrawn model; else the
/// model that differs only in case or surrounding blanks, or the billing name that this is; else similar names. A billing name
/// means a model and a resolution, so it counts only if it is one edit away and no other billing name is.
pub(crate) fn names_of_models(edition: Edition, name: &str) -> Vec<String> {
    let name = name.trim();
    if let instead @ [_, ..] = edition.instead_of(name) {
        return instead.iter().copied().map(Into::into).collect();
    }
    let models = || edition.models().map(|(_, model)| model.name);
    if let Some(same) = models().find(|model| model.eq_ignore_ascii_case(name)) {
        return alloc::vec![same.into()];
    }
    if edition.model_of_billing_name(name).is_some() {
        return alloc::vec![name.into()];
    }
    let is_slip = |known: &String| {
        edition.model_of_billing_name(known).is_some()
            && are_within(1, name.as_bytes(), known.as_bytes())
    };
    let billed: Vec<_> = edition.billing_names().filter(is_slip).collect();
    if billed.len() > 1 {
        return Vec::new();
    }
    misses(name, models().map(String::from).chain(billed), |known| model_of(edition, known))
}

/// The model that is billed under a name that includes a resolution; any other name as it is.
fn model_of(edition: Edition, name: &str) -> &str {
    edition.model_of_billing_name(name).map_or(name, |(model, _)| model.name)
}

impl Edition {
    /// The names of the fields that an unknown name probably means: those with this name or alias in any spelling, else the
    /// nearest.
    ///
    /// ```
    /// use seedance_core::Edition;
    /// assert_eq!(Edition::LATEST.fields_like("firstFrame"), ["first_image"]);
    /// ```
    #[must_use]
    pub fn fields_like(self, name: &str) -> Vec<String> {
        let fields = self.fields().iter();
        let meant = fields.clone().filter(|info| info.goes_by(name)).map(|info| info.name.into());
        let meant: Vec<_> = meant.collect();
        if !meant.is_empty() {
            return meant;
        }
        let near = fields.map(|info| info.name).filter(|known| is_slip_of(name, known));
        misses(name, near.map(String::from), |known| known)
    }
}

/// Whether a name is a misspelling of a field's. The parts between underscores are compared one by one, since `start_image` and
/// `last_image` share most letters but mean the opposite; a shorter part may have fewer errors.
fn is_slip_of(name: &str, known: &str) -> bool {
    let (own, parts) = (name.split('_'), known.split('_'));
    let is_near = |(own, part): (&str, &str)| {
        edit_distance(own, part)
            .is_some_and(|edits| edits <= part.len().div_ceil(3).min(2) && edits < own.len() / 2)
    };
    own.clone().count() == parts.clone().count() && own.zip(parts).all(is_near)
}

/// The known names that are similar to a name, the nearest first, and of those with the same meaning only one.
pub(crate) fn misses(
    name: &str,
    known: impl Iterator<Item = String>,
    meaning: impl Fn(&str) -> &str,
) -> Vec<String> {
    let mut ranked: Vec<_> = known.filter_map(|known| Some((rank(name, &known)?, known))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut nearest: Vec<String> = Vec::new();
    for (_, known) in ranked {
        let meant = meaning(&known);
        if nearest.len() < MOST_SUGGESTIONS && nearest.iter().all(|it| meaning(it) != meant) {
            nearest.push(known);
        }
    }
    nearest
}

/// The sort key: fewer edits first, then fewer parts too many or too few; `None` if the known name is too different.
fn rank(name: &str, known: &str) -> Option<(usize, usize)> {
    let edits = if lacks_parts_of(name, known) { Some(1) } else { edit_distance(name, known) };
    edits.map(|edits| (edits, parts(name).count().abs_diff(parts(known).count())))
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_'])
}

/// Whether a name only lacks parts of a known one, such as a model without its resolution; that counts as one edit.
fn lacks_parts_of(name: &str, known: &str) -> bool {
    let mut known = parts(known);
    !name.is_empty() && parts(name).all(|part| known.any(|other| other.eq_ignore_ascii_case(part)))
}

/// The Levenshtein distance, ignoring ASCII case; `None` beyond [`MOST_EDITS`].
fn edit_distance(name: &str, known: &str) -> Option<usize> {
    (0..=MOST_EDITS).find(|edits| are_within(*edits, name.as_bytes(), known.as_bytes()))
}

/// Whether at most this many edits turn one name into the other.
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
    fn two_models_may_be_equally_near_but_not_two_billing_names() {
        let near = |name| Near::Models(Edition::V2026_07, name).names();
        assert_eq!(near("sd2_mx_3k")[..2], ["sd2_mx_2k", "sd2_mx_4k"]);
        assert_eq!(near("seedance2.0-mini-080p"), [""; 0]);
    }

    #[test]
    fn a_name_may_lack_parts() {
        assert!(lacks_parts_of("seedance2.0-mini-video", "seedance2.0-mini-720p-video"));
        assert!(lacks_parts_of("seedance2.0-mini_720p", "seedance2.0-mini-720p"));
        assert!(!lacks_parts_of("seedance2.0-video-mini", "seedance2.0-mini-720p-video"));
        assert!(!lacks_parts_of("", "seedance2.0-mini"));
    }
}
