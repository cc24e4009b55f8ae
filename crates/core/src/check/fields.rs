//! Rules on lists and frames, and on which fields go together.

use super::{Check, Place};
use crate::table::{Alone, Field, Model, Route, RuleId};

impl Check<'_> {
    pub(super) fn fields(&mut self) {
        if self.fields.has(Field::Images) && self.fields.frames().next().is_some() {
            let frames = |check: &Self| check.fields.frames().collect::<alloc::vec::Vec<_>>();
            let related = frames(self);
            self.hit(
                RuleId::ImagesWithFrames,
                Place::Field(Field::Images),
                |params| {
                    params.list("frames", related.iter().map(|frame| frame.name()));
                },
            );
            self.relate(RuleId::ImagesWithFrames);
        }
        if let Some((route, model)) = self.row {
            self.images(route, model);
            self.frames(route, model);
            self.videos(route, model);
            self.audios(route, model);
        }
    }

    /// Points the hit just noted at the frames that are there.
    fn relate(&mut self, rule: RuleId) {
        let frames = self.fields.frames().collect();
        if let Some(hit) = self.hits.last_mut().filter(|hit| hit.rule == rule) {
            hit.related = frames;
        }
    }

    fn images(&mut self, route: &'static Route, model: &'static Model) {
        let place = Place::Field(Field::Images);
        let images = self.fields.list(Field::Images).len();
        let frames = self.fields.frames().count();
        let rule = &route.images.value;
        let counted = if rule.counts_frames {
            images + frames
        } else {
            images
        };
        if let Some(limit) = rule.max.map(|limit| limit as usize)
            && images > 0
            && counted > limit
        {
            self.hit_by(
                RuleId::TooManyImages,
                place,
                route.images.sources,
                |params| {
                    params.text("model", model.name);
                    params.count("limit", limit);
                    params.count("actual", counted);
                    if rule.counts_frames && frames > 0 {
                        params.count("frames", frames);
                    }
                },
            );
        }
        if rule.expected && images + frames == 0 {
            self.hit(RuleId::ImageExpected, place, |params| {
                params.text("model", model.name)
            });
        }
    }

    fn frames(&mut self, route: &'static Route, model: &'static Model) {
        let first = self.fields.has(Field::FirstImage);
        let last = self.fields.has(Field::LastImage);
        let missing = match (first, last) {
            (true, false) => Field::LastImage,
            (false, true) => Field::FirstImage,
            _ => return,
        };
        match route.frames.value.alone {
            Alone::Refused => {
                let place = Place::Field(missing);
                self.hit_by(
                    RuleId::FramePairIncomplete,
                    place,
                    route.frames.sources,
                    |params| {
                        params.text("model", model.name);
                        params.text("missing", missing.name());
                    },
                );
                self.relate(RuleId::FramePairIncomplete);
            }
            Alone::LastUnstated if missing == Field::FirstImage => {
                self.hit(
                    RuleId::LastFrameAlone,
                    Place::Field(Field::LastImage),
                    |params| {
                        params.text("model", model.name);
                    },
                );
            }
            Alone::LastUnstated | Alone::Fine => {}
        }
    }

    fn videos(&mut self, route: &'static Route, model: &'static Model) {
        let place = Place::Field(Field::ReferenceVideos);
        let videos = self.fields.list(Field::ReferenceVideos).len();
        if videos == 0 {
            if model.expects_videos {
                self.hit(RuleId::VideoExpected, place, |params| {
                    params.text("model", model.name);
                    params.text_if("partner", model.partner);
                });
            }
            return;
        }
        if !model.takes_videos {
            self.hit_by(
                RuleId::VideosNotSupported,
                place,
                route.videos.sources,
                |params| {
                    params.text("model", model.name);
                    params.text_if("partner", model.partner);
                },
            );
        }
        if let Some(limit) = route.videos.value.max.map(|limit| limit as usize)
            && videos > limit
        {
            self.hit_by(
                RuleId::TooManyVideos,
                place,
                route.videos.sources,
                |params| {
                    params.text("model", model.name);
                    params.count("limit", limit);
                    params.count("actual", videos);
                },
            );
        }
    }

    fn audios(&mut self, route: &'static Route, model: &'static Model) {
        let place = Place::Field(Field::ReferenceAudios);
        let audios = self.fields.list(Field::ReferenceAudios).len();
        if audios == 0 {
            return;
        }
        let rule = &route.audios.value;
        let sources = route.audios.sources;
        let frames = self.fields.frames().next().is_some();
        let partners =
            frames || self.fields.has(Field::Images) || self.fields.has(Field::ReferenceVideos);
        if !rule.taken {
            self.hit_by(RuleId::AudiosNotSupported, place, sources, |params| {
                params.text("model", model.name);
            });
        }
        if let Some(limit) = rule.max.map(|limit| limit as usize)
            && audios > limit
        {
            self.hit_by(RuleId::TooManyAudios, place, sources, |params| {
                params.text("model", model.name);
                params.count("limit", limit);
                params.count("actual", audios);
            });
        }
        if rule.paired && !partners {
            self.hit_by(RuleId::AudioUnpaired, place, sources, |params| {
                params.text("model", model.name);
            });
        }
        if rule.not_with_frames && frames {
            let names: alloc::vec::Vec<_> = self.fields.frames().map(Field::name).collect();
            self.hit_by(RuleId::AudioWithFrames, place, sources, |params| {
                params.text("model", model.name);
                params.list("frames", names.iter().copied());
            });
            self.relate(RuleId::AudioWithFrames);
        }
    }
}
