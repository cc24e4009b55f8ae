//! Rules on lists and frames, and on which fields go together.

use super::{Check, Notes, Place};
use crate::body::Look;
use crate::table::{Alone, Field, Model, Route, RuleId, Source};

impl<L: Look + ?Sized, N: Notes> Check<'_, L, N> {
    pub(super) fn fields(&mut self) {
        let fields = self.fields;
        if fields.has(Field::Images) && fields.has_frames() {
            let place = Place::of(Field::Images);
            self.hit(RuleId::ImagesWithFrames, place, |_| ());
        }
        if let Some((route, model)) = self.row {
            self.images(route);
            self.frames(route);
            self.videos(route, model);
            self.audios(route);
        }
    }

    /// More items than the route takes; `frames` are those counted with them.
    fn count(
        &mut self,
        rule: RuleId,
        field: Field,
        limit: Option<u32>,
        sources: &'static [Source],
        frames: usize,
    ) {
        let Some(limit) = limit else {
            return;
        };
        let actual = self.fields.list(field).len() + frames;
        if actual > limit as usize {
            self.hit_by(rule, Place::of(field), sources, |params| {
                params.count("limit", limit as usize);
                params.count("actual", actual);
                if frames > 0 {
                    params.count("frames", frames);
                }
            });
        }
    }

    fn images(&mut self, route: &'static Route) {
        let has = |field| usize::from(self.fields.has(field));
        let frames = has(Field::FirstImage) + has(Field::LastImage);
        let rule = &route.images.value;
        if self.fields.has(Field::Images) {
            let counted_frames = if rule.counts_frames { frames } else { 0 };
            self.count(
                RuleId::TooManyImages,
                Field::Images,
                rule.max,
                route.images.sources,
                counted_frames,
            );
        } else if rule.expected && frames == 0 {
            self.hit(RuleId::ImageExpected, Place::of(Field::Images), |_| ());
        }
    }

    fn frames(&mut self, route: &'static Route) {
        let first = self.fields.has(Field::FirstImage);
        let last = self.fields.has(Field::LastImage);
        let missing = match (first, last) {
            (true, false) => Field::LastImage,
            (false, true) => Field::FirstImage,
            _ => return,
        };
        match route.frames.value.alone {
            Alone::Refused => {
                let place = Place::of(missing);
                self.hit_by(
                    RuleId::FramePairIncomplete,
                    place,
                    route.frames.sources,
                    |params| {
                        params.text("missing", missing.name());
                    },
                );
            }
            Alone::LastUnstated if missing == Field::FirstImage => {
                self.hit(RuleId::LastFrameAlone, Place::of(Field::LastImage), |_| ());
            }
            Alone::LastUnstated | Alone::Fine => {}
        }
    }

    fn videos(&mut self, route: &'static Route, model: &'static Model) {
        let place = Place::of(Field::ReferenceVideos);
        if !self.fields.has(Field::ReferenceVideos) {
            if model.expects_videos {
                self.hit(RuleId::VideoExpected, place, |params| {
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
                    params.text_if("partner", model.partner);
                },
            );
        }
        self.count(
            RuleId::TooManyVideos,
            Field::ReferenceVideos,
            route.videos.value.max,
            route.videos.sources,
            0,
        );
    }

    fn audios(&mut self, route: &'static Route) {
        let place = Place::of(Field::ReferenceAudios);
        if !self.fields.has(Field::ReferenceAudios) {
            return;
        }
        let rule = &route.audios.value;
        let sources = route.audios.sources;
        let frames = self.fields.has_frames();
        let partners =
            frames || self.fields.has(Field::Images) || self.fields.has(Field::ReferenceVideos);
        if !rule.taken {
            self.hit_by(RuleId::AudiosNotSupported, place, sources, |_| ());
        }
        self.count(
            RuleId::TooManyAudios,
            Field::ReferenceAudios,
            rule.max,
            sources,
            0,
        );
        if rule.paired && !partners {
            self.hit_by(RuleId::AudioUnpaired, place, sources, |_| ());
        }
        if rule.not_with_frames && frames {
            self.hit_by(RuleId::AudioWithFrames, place, sources, |_| ());
        }
    }
}
