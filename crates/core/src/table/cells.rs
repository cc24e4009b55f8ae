//! Building blocks of rows: values that several routes share, and short constructors of cells and models.

use super::{
    Audios, Cell, Conflict, Duration, Extras, Images, Model, Ratio, Resolution, Route, Scheme,
    Schemes, Source, Text, Videos, WithFrames,
};

pub(super) const LISTED: Cell<bool> = Cell::of(true, &[]);
pub(super) const NO_EXTRAS: Cell<Extras> =
    Cell::of(Extras { fields: &[], reference_modes: &[], prefers_reference_images: false }, &[]);
pub(super) const UP_TO_1080P: Resolution =
    Resolution { offered: &["480p", "720p", "1080p"], default: Some("720p"), contested: &[] };
pub(super) const IMAGES: Images =
    Images { max: None, counts_frames: false, expected: false, refused_files: &[] };
pub(super) const VIDEOS: Videos =
    Videos { max: None, excludes_frames: false, refused_files: &[], limits: None };
pub(super) const IMAGE_FILES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "bmp", "svg"];
pub(super) const AUDIOS: Audios = Audios {
    taken: true,
    max: None,
    max_seconds: None,
    paired: false,
    not_with_frames_alone: false,
    with_frames: WithFrames::Fine,
    with_frames_by: &[],
};
pub(super) const PAIRED_AUDIOS: Audios = Audios { paired: true, ..AUDIOS };
pub(super) const NO_AUDIOS: Audios = Audios { taken: false, ..AUDIOS };
pub(super) const ASSET_ONLY: Schemes = Schemes { accepted: &[Scheme::Asset], contested: &[] };
pub(super) const HTTPS_ONLY: Schemes = Schemes { accepted: &[Scheme::Https], contested: &[] };
pub(super) const HTTPS_OR_ASSET: Schemes =
    Schemes { accepted: &[Scheme::Https, Scheme::Asset], contested: &[] };

/// A range of durations with the usual default of 5.
pub(super) const fn seconds(min: u32, max: u32) -> Duration {
    Duration { min, max, default: 5, optional: false, choices: &[], undisputed_from: None }
}

/// A list that the docs introduce by "e.g.", so that other ratios are accepted, too.
pub(super) const fn open(list: &'static [&'static str]) -> Ratio {
    Ratio { list, closed: false, with_references: &[], default: None }
}

/// A list of everything that is accepted; its first value is the documented default.
pub(super) const fn closed(list: &'static [&'static str]) -> Ratio {
    let default = match list {
        [first, ..] => Some(*first),
        [] => None,
    };
    Ratio { list, closed: true, with_references: &[], default }
}

impl Cell<Audios> {
    pub(super) const fn contested_with_frames(mut self, by: &'static [Source]) -> Self {
        self.value.with_frames = WithFrames::Contested;
        self.value.with_frames_by = by;
        self
    }

    pub(super) const fn refused_with_frames(mut self, by: &'static [Source]) -> Self {
        self.value.with_frames = WithFrames::Refused;
        self.value.with_frames_by = by;
        self
    }
}

impl<T: Copy> Cell<T> {
    pub(super) const fn of(value: T, sources: &'static [Source]) -> Self {
        Self { value, sources, conflicts: &[] }
    }

    /// The same value, stated by other sources and without conflicts.
    pub(super) const fn by(self, sources: &'static [Source]) -> Self {
        Self::of(self.value, sources)
    }

    pub(super) const fn but(self, conflicts: &'static [Conflict]) -> Self {
        Self { conflicts, ..self }
    }
}

impl Route {
    /// The same limits, stated by other sources and without conflicts. `listed`, `prompt`, `image_schemes` and `extras` keep their
    /// own sources; a cell that no source states has to be set back.
    pub(super) const fn by(self, sources: &'static [Source]) -> Self {
        Self {
            unit: self.unit.by(sources),
            basis: self.basis.by(sources),
            duration: self.duration.by(sources),
            resolution: self.resolution.by(sources),
            ratio: self.ratio.by(sources),
            images: self.images.by(sources),
            frames: self.frames.by(sources),
            videos: self.videos.by(sources),
            audios: self.audios.by(sources),
            media_schemes: self.media_schemes.by(sources),
            audio_schemes: self.audio_schemes.by(sources),
            ..self
        }
    }
}

/// Models, one per row: name, titles, and what differs from [`Model::of`]. Models that another edition defines come first, in
/// brackets.
macro_rules! models {
    ($([$($known:expr),*])? $($name:literal, $en:literal | $zh:literal $(, $word:ident($($value:expr)?))*;)*) => {
        &[$($($known,)*)? $(Model::of($name, $en, $zh)$(.$word($($value)?))*),*]
    };
}
pub(super) use models;

impl Model {
    /// A model that is billed under its own name and takes no reference videos.
    pub(super) const fn of(name: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            title: Text::new(en, zh),
            delivers: None,
            resolution: None,
            takes_videos: false,
            contests_videos: false,
            expects_videos: false,
            requires_videos: false,
            partner: None,
            bills_first_video: false,
            billing: name,
            billing_with_videos: None,
        }
    }

    pub(super) const fn delivers(self, resolution: &'static str) -> Self {
        Self { delivers: Some(resolution), ..self }
    }

    pub(super) const fn takes_videos(self) -> Self {
        Self { takes_videos: true, ..self }
    }

    pub(super) const fn for_videos(self) -> Self {
        Self { expects_videos: true, ..self.takes_videos() }
    }

    pub(super) const fn partner(self, name: &'static str) -> Self {
        Self { partner: Some(name), ..self }
    }

    pub(super) const fn billed_as(self, name: &'static str) -> Self {
        Self { billing: name, ..self }
    }

    pub(super) const fn bills_first_video(self) -> Self {
        Self { bills_first_video: true, ..self }
    }
}
