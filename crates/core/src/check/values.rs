//! Rules on single values: model, prompt, duration, resolution, orientation, ratio.

use alloc::vec::Vec;

use super::{Check, Notes, Place};
use crate::body::Look;
use crate::table::{Field, ROUTES, RuleId, SCHEMA_DURATION, SCHEMA_RESOLUTIONS, Source};
use crate::{message, near};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn values(&mut self) {
        self.model();
        self.prompt();
        self.duration();
        self.resolution();
        self.orientation();
        self.ratio();
    }

    fn model(&mut self) {
        let Some(name) = self.fields.text(Field::Model) else {
            return;
        };
        if self.row.is_none() {
            self.hit(RuleId::UnknownModel, Place::of(Field::Model), |params| {
                params.text("actual", name);
                params.list_if_any("suggestions", near::models(name));
            });
        }
    }

    fn prompt(&mut self) {
        let (Some(prompt), Some((route, _))) = (self.fields.text(Field::Prompt), self.row) else {
            return;
        };
        let Some(limit) = route.prompt.value.max else {
            return;
        };
        let limit = limit as usize;
        // A character is at least a byte, so most prompts need no counting.
        if prompt.len() > limit && prompt.chars().count() > limit {
            let place = Place::of(Field::Prompt);
            self.hit_by(
                RuleId::PromptTooLong,
                place,
                route.prompt.sources,
                |params| {
                    params.count("limit", limit);
                    params.count("actual", prompt.chars().count());
                },
            );
        }
    }

    fn duration(&mut self) {
        let Some(seconds) = self.fields.duration() else {
            return;
        };
        let place = Place::of(Field::Duration);
        let cell = self
            .row
            .map_or(&SCHEMA_DURATION, |(route, _)| &route.duration);
        let range = cell.value;
        if seconds < f64::from(range.min) || seconds > f64::from(range.max) {
            self.hit_by(RuleId::DurationOutOfRange, place, cell.sources, |params| {
                params.count("min", range.min as usize);
                params.count("max", range.max as usize);
                params.number("actual", seconds);
            });
        } else if let Some(from) = range.undisputed_from
            && self.row.is_some()
            && seconds < f64::from(from)
        {
            self.hit_by(RuleId::DurationContested, place, cell.sources, |params| {
                params.number("actual", seconds);
                params.count("undisputed_from", from as usize);
            });
        }
    }

    fn resolution(&mut self) {
        let Some(resolution) = self.fields.text(Field::Resolution) else {
            return;
        };
        let place = Place::of(Field::Resolution);
        let offering = self
            .row
            .filter(|(route, _)| !route.resolution.value.is_fixed());
        let (allowed, sources) = match offering {
            Some((route, _)) => (route.resolution.value.offered, route.resolution.sources),
            None => (SCHEMA_RESOLUTIONS, &[Source::SeedOpenapi] as &[_]),
        };
        if !allowed.contains(&resolution) {
            self.hit_by(RuleId::ResolutionNotOffered, place, sources, |params| {
                params.text("actual", resolution);
                params.list("allowed", allowed);
            });
        } else if let Some((route, model)) = self.row
            && let Some(delivered) = model.delivers
            && delivered != resolution
        {
            self.hit_by(
                RuleId::ResolutionIgnored,
                place,
                route.resolution.sources,
                |params| {
                    params.text("actual", resolution);
                    params.text("delivered", delivered);
                },
            );
        }
    }

    fn orientation(&mut self) {
        let Some(orientation) = self.fields.text(Field::Orientation) else {
            return;
        };
        let place = Place::of(Field::Orientation);
        let allowed = Field::Orientation.info().choices;
        if !allowed.contains(&orientation) {
            self.hit(RuleId::OrientationNotOffered, place, |params| {
                params.text("actual", orientation);
                params.list("allowed", allowed);
            });
        }
        if self.fields.has(Field::Ratio) {
            self.hit(RuleId::OrientationOverridden, place, |_| ());
        }
    }

    fn ratio(&mut self) {
        let Some(ratio) = self.fields.text(Field::Ratio) else {
            return;
        };
        let place = Place::of(Field::Ratio);
        let listed = self
            .row
            .map(|(route, _)| (route.ratio.value, route.ratio.sources));
        let rule = match listed {
            Some((ratios, _)) if ratios.list.contains(&ratio) => return,
            Some((ratios, _)) if ratios.closed => RuleId::RatioNotOffered,
            _ if !is_ratio(ratio) => RuleId::RatioMalformed,
            Some(_) => RuleId::RatioUnlisted,
            None => return,
        };
        let sources = match listed {
            Some((_, sources)) if rule != RuleId::RatioMalformed => sources,
            _ => rule.finding().sources,
        };
        self.hit_by(rule, place, sources, |params| {
            params.text("actual", ratio);
            match listed {
                Some((ratios, _)) => params.list("allowed", ratios.list),
                None => params.list("allowed", &listed_everywhere()),
            }
        });
    }
}

/// The ratios that every route lists: examples where the route is unknown.
fn listed_everywhere() -> Vec<&'static str> {
    let [first, others @ ..] = &ROUTES;
    let mut listed = first.ratio.value.list.to_vec();
    for route in others {
        listed.retain(|ratio| route.ratio.value.list.contains(ratio));
    }
    listed
}

/// The word for "as the input".
pub(crate) const ADAPTIVE: &str = "Adaptive";

/// `W:H`, each 1–99 without a leading zero, or `Adaptive`.
pub(crate) fn is_ratio(text: &str) -> bool {
    let is_side =
        |side: &str| matches!(side.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']);
    text == ADAPTIVE || message::split(text, b':').is_some_and(|(w, h)| is_side(w) && is_side(h))
}
