//! Rules on the reference videos themselves, as far as their media facts are known.

use super::{Check, Notes, Place};
use crate::body::{LentItem, Look};
use crate::facts::{Length, VideoFacts};
use crate::table::{Field, RuleId, VideoLimits};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn media(&mut self) {
        let Some((route, _)) = self.row else {
            return;
        };
        let Some(limits) = &route.videos.value.limits else {
            return;
        };
        // Facts are rare, and few routes have limits.
        if !self.facts.videos().is_empty()
            && self.fields.has(Field::ReferenceVideos)
            && self.notes.suspect()
        {
            self.known_videos(limits);
        }
    }

    /// Each video, and what all come to; the facts of a wrong-typed item are ignored.
    fn known_videos(&mut self, limits: &VideoLimits) {
        let (mut at_least, mut at_most, mut bytes) = (0, Some(0), 0_u64);
        let videos = self.fields.list(Field::ReferenceVideos);
        for (index, item) in videos.iter().enumerate() {
            let facts = match item {
                LentItem::Wrong(_) => None,
                LentItem::Blank | LentItem::Url(_) => self.facts.video(index),
            };
            let length = facts.and_then(|facts| facts.length);
            at_least += length.map_or(0, Length::min);
            at_most = at_most.zip(length).map(|(sum, length)| sum + length.max());
            let size = facts.and_then(|facts| facts.bytes);
            bytes = bytes.saturating_add(size.unwrap_or(0));
            if let (LentItem::Url(_), Some(facts)) = (item, facts) {
                self.picture(limits, index, facts);
            }
        }
        let place = Place::of(Field::ReferenceVideos);
        if at_least > u64::from(limits.max_seconds) * Length::SECOND {
            self.hit(RuleId::VideosTooLong, place, |params| {
                params.count("limit", limits.max_seconds as usize);
                params.micros("actual", at_least);
            });
        }
        if let Some(at_most) =
            at_most.filter(|it| *it < u64::from(limits.min_seconds) * Length::SECOND)
        {
            self.hit(RuleId::VideosTooShort, place, |params| {
                params.count("limit", limits.min_seconds as usize);
                params.micros("actual", at_most);
            });
        }
        if bytes > limits.max_bytes {
            self.hit(RuleId::VideosTooLarge, place, |params| {
                params.integer("limit", limits.max_bytes);
                params.integer("actual", bytes);
            });
        }
    }

    fn picture(&mut self, limits: &VideoLimits, index: usize, facts: &VideoFacts) {
        let place = Place::item(Field::ReferenceVideos, index);
        if let (Some(width), Some(height)) = (facts.width, facts.height)
            && let Some(rule) = size(limits, width, height)
        {
            self.hit(rule, place, |params| {
                params.count("min", limits.min_side as usize);
                params.count("max", limits.max_side as usize);
                params.integer("width", width);
                params.integer("height", height);
            });
        }
        let rates = f64::from(limits.min_frame_rate)..=f64::from(limits.max_frame_rate);
        if let Some(rate) = facts.frame_rate.filter(|rate| !rates.contains(rate)) {
            self.hit(RuleId::FrameRateOutOfRange, place, |params| {
                params.count("min", limits.min_frame_rate as usize);
                params.count("max", limits.max_frame_rate as usize);
                params.number("actual", rate);
            });
        }
    }
}

/// No page says which side the limits mean, so a size is refused only where every reading refuses it.
fn size(limits: &VideoLimits, width: u64, height: u64) -> Option<RuleId> {
    let (min, max) = (u64::from(limits.min_side), u64::from(limits.max_side));
    let (shorter, longer) = (width.min(height), width.max(height));
    if longer < min || shorter > max {
        Some(RuleId::VideoSizeOutOfRange)
    } else if shorter < min || longer > max {
        Some(RuleId::VideoSizeContested)
    } else {
        None
    }
}
