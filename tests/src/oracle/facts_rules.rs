//! The rules that need media facts; all of `md`.

use super::facts::{Fact, Facts};
use super::request::{Entry, Place, REFERENCE_VIDEOS, Request, is_blank};
use super::rules::{Places, there_if};

const SECOND: u64 = 1_000_000;

/// The facts of each item: none for an item that is no URL.
fn known(r: &Request<'_>, facts: &Facts) -> Vec<Fact> {
    if r.route() != Some("md") {
        return Vec::new();
    }
    let of = |(index, item): (usize, &Entry<'_>)| match item {
        Entry::Text(url) if !is_blank(url) => facts.of(index),
        _ => Fact::default(),
    };
    r.items(REFERENCE_VIDEOS)
        .iter()
        .enumerate()
        .map(of)
        .collect()
}

fn videos_where(r: &Request<'_>, facts: &Facts, fires: impl Fn(Fact) -> bool) -> Places {
    let fires = known(r, facts)
        .into_iter()
        .enumerate()
        .filter(|(_, fact)| fires(*fact));
    fires
        .map(|(index, _)| Place {
            field: REFERENCE_VIDEOS,
            item: Some(index),
        })
        .collect()
}

/// Known lengths together over 15 s, by the lower ends.
pub fn videos_too_long(r: &Request<'_>, facts: &Facts) -> Places {
    let together: u64 = known(r, facts)
        .iter()
        .filter_map(|fact| fact.length)
        .map(|length| length.min)
        .sum();
    there_if(together > 15 * SECOND, REFERENCE_VIDEOS)
}

/// All lengths known and together under 4 s, by the upper ends.
pub fn videos_too_short(r: &Request<'_>, facts: &Facts) -> Places {
    let lengths: Option<Vec<u64>> = known(r, facts)
        .iter()
        .map(|fact| fact.length.map(|length| length.max))
        .collect();
    there_if(
        lengths
            .is_some_and(|lengths| !lengths.is_empty() && lengths.iter().sum::<u64>() < 4 * SECOND),
        REFERENCE_VIDEOS,
    )
}

/// Known sizes together over 200 MiB.
pub fn videos_too_large(r: &Request<'_>, facts: &Facts) -> Places {
    let together: f64 = known(r, facts).iter().filter_map(|fact| fact.bytes).sum();
    there_if(together > 209_715_200.0, REFERENCE_VIDEOS)
}

/// Shorter and longer side.
fn sides(fact: Fact) -> Option<(f64, f64)> {
    fact.width
        .zip(fact.height)
        .map(|(width, height)| (width.min(height), width.max(height)))
}

/// Longer side under 720 or shorter side over 2160.
fn is_out(fact: Fact) -> bool {
    sides(fact).is_some_and(|(shorter, longer)| longer < 720.0 || shorter > 2160.0)
}

/// A video that no reading of 720–2160 admits.
pub fn video_size_out_of_range(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, is_out)
}

/// Any other side outside 720–2160.
pub fn video_size_contested(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| {
        !is_out(fact)
            && sides(fact).is_some_and(|(shorter, longer)| shorter < 720.0 || longer > 2160.0)
    })
}

/// Under 23.97 or over 60.
pub fn frame_rate_out_of_range(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| {
        fact.frame_rate
            .is_some_and(|rate| !(23.97..=60.0).contains(&rate))
    })
}

/// From 23.97 up to, not including, 24: what cameras write for 24.
pub fn frame_rate_contested(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| {
        fact.frame_rate
            .is_some_and(|rate| (23.97..24.0).contains(&rate))
    })
}
