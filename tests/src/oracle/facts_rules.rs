//! The rules on media facts, which apply to `md` in `2026-07` and to `fast-md` in `2026-09`.

use super::Edition::July;
use super::facts::{Fact, Facts};
use super::request::{Entry, Place, REFERENCE_AUDIOS, REFERENCE_VIDEOS, Request, is_blank};
use super::rules::{Places, there_if};
use super::table;

const SECOND: u64 = 1_000_000;

/// The facts of each item, if the route has rules on them. An item that is not a URL has none.
fn known(r: &Request<'_>, field: usize, facts: &[Fact]) -> Vec<Fact> {
    let measured = |route| table::measures_media(r.edition, route);
    if !r.route().is_some_and(measured) {
        return Vec::new();
    }
    let of = |(index, item): (usize, &Entry<'_>)| match item {
        Entry::Text(url) if !is_blank(url) => facts.get(index).copied().unwrap_or_default(),
        _ => Fact::default(),
    };
    r.items(field).iter().enumerate().map(of).collect()
}

fn of_videos(r: &Request<'_>, facts: &Facts) -> Vec<Fact> {
    known(r, REFERENCE_VIDEOS, &facts.videos)
}

/// The sum of the known lengths, by their lower ends.
fn together(facts: &[Fact]) -> u64 {
    let lengths = facts.iter().filter_map(|fact| fact.length);
    lengths.map(|length| length.min).sum()
}

fn videos_where(r: &Request<'_>, facts: &Facts, fires: impl Fn(Fact) -> bool) -> Places {
    let fires = of_videos(r, facts).into_iter().enumerate().filter(|(_, fact)| fires(*fact));
    fires.map(|(index, _)| Place { field: REFERENCE_VIDEOS, item: Some(index) }).collect()
}

/// The sum of the known lengths is over 15 s, by their lower ends.
pub fn videos_too_long(r: &Request<'_>, facts: &Facts) -> Places {
    there_if(together(&of_videos(r, facts)) > 15 * SECOND, REFERENCE_VIDEOS)
}

/// `fast-md`: the same for audios.
pub fn audios_too_long(r: &Request<'_>, facts: &Facts) -> Places {
    let known = known(r, REFERENCE_AUDIOS, &facts.audios);
    there_if(r.route() == Some("fast-md") && together(&known) > 15 * SECOND, REFERENCE_AUDIOS)
}

/// `md` of `2026-07`: all lengths are known, and their sum is under 4 s, by their upper ends.
pub fn videos_too_short(r: &Request<'_>, facts: &Facts) -> Places {
    if r.edition != July {
        return Vec::new();
    }
    let lengths: Option<Vec<u64>> =
        of_videos(r, facts).iter().map(|fact| fact.length.map(|length| length.max)).collect();
    there_if(
        lengths
            .is_some_and(|lengths| !lengths.is_empty() && lengths.iter().sum::<u64>() < 4 * SECOND),
        REFERENCE_VIDEOS,
    )
}

/// The sum of the known sizes is over 200 MiB.
pub fn videos_too_large(r: &Request<'_>, facts: &Facts) -> Places {
    let together: f64 = of_videos(r, facts).iter().filter_map(|fact| fact.bytes).sum();
    there_if(together > 209_715_200.0, REFERENCE_VIDEOS)
}

/// The shorter and the longer side.
fn sides(fact: Fact) -> Option<(f64, f64)> {
    fact.width.zip(fact.height).map(|(width, height)| (width.min(height), width.max(height)))
}

/// Whether the longer side is under 720, or the shorter side over 2160.
fn is_out(fact: Fact) -> bool {
    sides(fact).is_some_and(|(shorter, longer)| longer < 720.0 || shorter > 2160.0)
}

/// A video outside of 720–2160 however that range is read.
pub fn video_size_out_of_range(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, is_out)
}

/// A video that is not, but with a side outside of 720–2160.
pub fn video_size_contested(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| {
        !is_out(fact)
            && sides(fact).is_some_and(|(shorter, longer)| shorter < 720.0 || longer > 2160.0)
    })
}

/// A frame rate under 23.97 or over 60.
pub fn frame_rate_out_of_range(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| {
        fact.frame_rate.is_some_and(|rate| !(23.97..=60.0).contains(&rate))
    })
}

/// A frame rate from 23.97 to just under 24, which cameras write for 24.
pub fn frame_rate_contested(r: &Request<'_>, facts: &Facts) -> Places {
    videos_where(r, facts, |fact| fact.frame_rate.is_some_and(|rate| (23.97..24.0).contains(&rate)))
}
