//! Rules on the reference videos themselves, as far as their media facts are known.

use super::{Check, Notes, Place};
use crate::body::{LentItem, Look};
use crate::facts::{Length, VideoFacts};
use crate::table::{Field, Model, RuleId, VideoLimits};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn media(&mut self) {
        let Some((route, model)) = self.row else {
            return;
        };
        let Some(limits) = &route.videos.value.limits else {
            return;
        };
        if !self.facts.videos().is_empty() && self.fields.has(Field::ReferenceVideos) {
            self.lengths(limits, model);
            self.bytes(limits, model);
            self.pictures(limits, model);
        }
    }

    /// The facts of each video; those of a wrong-typed item are ignored.
    fn known(&self) -> impl Iterator<Item = (usize, LentItem<'_>, Option<&VideoFacts>)> {
        self.fields
            .list(Field::ReferenceVideos)
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let facts = match item {
                    LentItem::Wrong(_) => None,
                    LentItem::Blank | LentItem::Url(_) => self.facts.video(index),
                };
                (index, item, facts)
            })
    }

    fn lengths(&mut self, limits: &VideoLimits, model: &Model) {
        let place = Place::Field(Field::ReferenceVideos);
        let lengths = || {
            self.known()
                .map(|(.., facts)| facts.and_then(|facts| facts.length))
        };
        let at_least: u64 = lengths().flatten().map(Length::min).sum();
        let at_most: Option<u64> = lengths().map(|length| length.map(Length::max)).sum();
        if at_least > u64::from(limits.max_seconds) * Length::SECOND {
            self.hit(RuleId::VideosTooLong, place, |params| {
                params.text("model", model.name);
                params.count("limit", limits.max_seconds as usize);
                params.micros("actual", at_least);
            });
        }
        if let Some(at_most) =
            at_most.filter(|it| *it < u64::from(limits.min_seconds) * Length::SECOND)
        {
            self.hit(RuleId::VideosTooShort, place, |params| {
                params.text("model", model.name);
                params.count("limit", limits.min_seconds as usize);
                params.micros("actual", at_most);
            });
        }
    }

    fn bytes(&mut self, limits: &VideoLimits, model: &Model) {
        let bytes = self
            .known()
            .filter_map(|(.., facts)| facts?.bytes)
            .fold(0_u64, u64::saturating_add);
        if bytes > limits.max_bytes {
            self.hit(
                RuleId::VideosTooLarge,
                Place::Field(Field::ReferenceVideos),
                |params| {
                    params.text("model", model.name);
                    params.integer("limit", limits.max_bytes);
                    params.integer("actual", bytes);
                },
            );
        }
    }

    fn pictures(&mut self, limits: &VideoLimits, model: &Model) {
        let fields = self.fields;
        for (index, item) in fields.list(Field::ReferenceVideos).iter().enumerate() {
            let (LentItem::Url(_), Some(facts)) = (item, self.facts.video(index)) else {
                continue;
            };
            let place = Place::Item(Field::ReferenceVideos, index);
            let (width, height, frame_rate) = (facts.width, facts.height, facts.frame_rate);
            if let (Some(width), Some(height)) = (width, height)
                && let Some(rule) = picture(limits, width, height)
            {
                self.hit(rule, place, |params| {
                    params.text("model", model.name);
                    params.count("min", limits.min_side as usize);
                    params.count("max", limits.max_side as usize);
                    params.integer("width", width);
                    params.integer("height", height);
                });
            }
            let rates = f64::from(limits.min_frame_rate)..=f64::from(limits.max_frame_rate);
            if let Some(rate) = frame_rate.filter(|rate| !rates.contains(rate)) {
                self.hit(RuleId::FrameRateOutOfRange, place, |params| {
                    params.text("model", model.name);
                    params.count("min", limits.min_frame_rate as usize);
                    params.count("max", limits.max_frame_rate as usize);
                    params.number("actual", rate);
                });
            }
        }
    }
}

/// No page says which side the limits mean, so a size is refused only where every reading refuses it.
fn picture(limits: &VideoLimits, width: u64, height: u64) -> Option<RuleId> {
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
