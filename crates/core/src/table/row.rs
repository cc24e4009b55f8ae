//! The types of a row: what a route can say about each field.

use alloc::string::String;
use core::ops::Not;

use serde::{Deserialize, Serialize};

use super::named::named;
use super::{Conflict, Field, Source, Text};

/// One cell of the table: a value, the sources that state it, and the conflicts between them.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Cell<T: 'static> {
    /// The value that the program uses.
    #[serde(flatten)]
    pub value: T,
    /// The sources that state it.
    pub sources: &'static [Source],
    /// Where the sources disagree about it.
    #[serde(skip_serializing_if = "<[Conflict]>::is_empty")]
    pub conflicts: &'static [Conflict],
}

/// One route of the gateway with its models and all its limits.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Route {
    /// Its name in reports.
    pub id: RouteId,
    /// Its name for people.
    pub title: Text,
    /// Whether the vendor still lists it.
    pub listed: Cell<bool>,
    /// Its models.
    pub models: &'static [Model],
    /// What one unit price buys.
    pub unit: Cell<Unit>,
    /// Whether the docs state the billing names or they are inferred.
    pub basis: Cell<Basis>,
    /// `duration`, whole seconds.
    pub duration: Cell<Duration>,
    /// `resolution`.
    pub resolution: Cell<Resolution>,
    /// `ratio`.
    pub ratio: Cell<Ratio>,
    /// `prompt`.
    pub prompt: Cell<Prompt>,
    /// `images`.
    pub images: Cell<Images>,
    /// `first_image` and `last_image`.
    pub frames: Cell<Frames>,
    /// `reference_videos`.
    pub videos: Cell<Videos>,
    /// `reference_audios`.
    pub audios: Cell<Audios>,
    /// URL schemes in images, frames and reference videos.
    pub media_schemes: Cell<Schemes>,
    /// URL schemes in images, if they differ from those in frames and reference videos.
    pub image_schemes: Option<Cell<Schemes>>,
    /// URL schemes in reference audio.
    pub audio_schemes: Cell<Schemes>,
    /// The fields that only some routes take.
    pub extras: Cell<Extras>,
}

impl Route {
    /// The URL schemes of a field.
    #[must_use]
    pub const fn schemes(&self, field: Field) -> &Cell<Schemes> {
        match (field, &self.image_schemes) {
            (Field::Images, Some(schemes)) => schemes,
            (Field::ReferenceAudios, _) => &self.audio_schemes,
            _ => &self.media_schemes,
        }
    }

    /// Whether it takes this field, one of those that only some routes take.
    pub(crate) fn takes_extra(&self, field: Field) -> bool {
        self.extras.value.fields.contains(&field)
    }
}

/// The fields that only some routes take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Extras {
    /// The ones that this route takes.
    pub fields: &'static [Field],
    /// The choices for `reference_mode`.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub reference_modes: &'static [&'static str],
    /// Whether `reference_images` takes precedence over `images`; otherwise it is the other way round.
    #[serde(skip_serializing_if = "Not::not")]
    pub prefers_reference_images: bool,
}

named! {
    /// A route's name.
    #[non_exhaustive]
    pub enum RouteId,
    /// The name in reports.
    name {
        /// Full (Manxue).
        Full = "full",
        /// SP economy.
        Sp = "sp",
        /// SP official.
        SpOfficial = "sp-official",
        /// Mini.
        Mini = "mini",
        /// Mini special.
        MiniSp = "mini-sp",
        /// MD.
        Md = "md",
        /// MD fast, where it is a route of its own.
        FastMd = "fast-md",
        /// Fast I2V.
        FastI2v = "fast-i2v",
        /// STD.
        Std = "std",
        /// 2.0 Standard.
        Standard = "standard",
        /// GZ.
        Gz = "gz",
        /// GZ mini.
        GzMini = "gz-mini",
        /// 933.
        Line933 = "933",
        /// 933 at 720p.
        Line933At720p = "933-720p",
    }
}

/// One model of a route.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Model {
    /// The request's `model`.
    pub name: &'static str,
    /// Other names under which the gateway accepts it.
    pub aliases: &'static [&'static str],
    /// Its name for people.
    pub title: Text,
    /// The resolution that its videos have whatever `resolution` says; `None` where the request chooses.
    pub delivers: Option<&'static str>,
    /// The resolutions that the request chooses from, if they differ from the route's.
    pub resolution: Option<Resolution>,
    /// Whether it takes `reference_videos`.
    pub takes_videos: bool,
    /// Whether the docs disagree about whether it takes `reference_videos`.
    pub contests_videos: bool,
    /// Whether it is meant for reference videos, so that a request without any is a likely mistake.
    pub expects_videos: bool,
    /// Whether a request without reference videos is refused.
    pub requires_videos: bool,
    /// The counterpart for requests with reference videos, or without them if this is the one for requests with them.
    pub partner: Option<&'static str>,
    /// Whether the first reference video's length is billed on top of `duration`.
    pub bills_first_video: bool,
    /// The billing name, with `{resolution}` in the place of the resolution.
    pub billing: &'static str,
    /// The billing name of a request with reference videos, if it differs.
    pub billing_with_videos: Option<&'static str>,
}

impl Model {
    /// The name under which a request of this resolution is billed.
    #[must_use]
    pub fn billing_name(&self, resolution: &str) -> String {
        match self.billing.split_once('{').zip(self.billing.split_once('}')) {
            Some(((before, _), (_, after))) => [before, resolution, after].concat(),
            None => self.billing.into(),
        }
    }

    /// Whether the resolution is part of the billing name.
    pub(crate) fn bills_resolution(&self) -> bool {
        self.billing.contains('{')
    }

    /// The resolutions that the request chooses from; none if the model delivers its own resolution.
    #[must_use]
    pub const fn resolution(&self, route: &Route) -> Resolution {
        match (self.delivers, self.resolution) {
            (Some(_), _) => Resolution::FIXED,
            (None, Some(own)) => own,
            (None, None) => route.resolution.value,
        }
    }
}

named! {
    /// What one unit price buys.
    pub enum Unit,
    /// The unit in quotes and price books.
    name {
        /// One second of video.
        Second = "second",
        /// One task, whatever its length.
        Task = "task",
        /// A million tokens; how many a video takes is known only after it has been made.
        MillionTokens = "million-tokens",
    }
}

impl Unit {
    /// The unit with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Second, Self::Task, Self::MillionTokens].into_iter().find(|unit| unit.name() == name)
    }
}

/// Where a billing name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The docs state it.
    Documented,
    /// The docs do not state it; it is inferred from what they do state.
    Inferred,
}

/// Allowed lengths in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Duration {
    /// The shortest.
    pub min: u32,
    /// The longest.
    pub max: u32,
    /// The documented default: what an absent field means, or what a fix sets where the field is required.
    pub default: u32,
    /// Whether the field may be absent. It has a default even where it may not (conflicts C4, N1).
    #[serde(skip_serializing_if = "Not::not")]
    pub optional: bool,
    /// The only lengths allowed between `min` and `max`; if empty, every whole second is.
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    pub choices: &'static [u32],
    /// The docs disagree about lengths below this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undisputed_from: Option<u32>,
}

impl Duration {
    /// The allowed length that is nearest; of two equally near ones, the longer.
    pub(crate) fn nearest(&self, seconds: f64) -> u32 {
        let (min, max) = (f64::from(self.min), f64::from(self.max));
        let seconds = seconds.clamp(min, max);
        let distance = |it: &u32| (f64::from(*it) - seconds).abs();
        let is_offered = |it: &u32| self.choices.is_empty() || self.choices.contains(it);
        let offered = (self.min..=self.max).rev().filter(is_offered);
        offered
            .min_by(|one, other| distance(one).total_cmp(&distance(other)))
            .unwrap_or(self.default)
    }
}

/// The choices for `resolution`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Resolution {
    /// The choices; empty if the model delivers its own resolution and the field is ignored.
    pub offered: &'static [&'static str],
    /// What an absent field means, if the request chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'static str>,
    /// Choices that the docs disagree about.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub contested: &'static [&'static str],
}

impl Resolution {
    /// No choices: the model delivers its own resolution.
    pub(super) const FIXED: Self = Self { offered: &[], default: None, contested: &[] };

    /// Whether the model delivers its own resolution whatever the request says.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        self.offered.is_empty()
    }
}

/// The choices for `ratio`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ratio {
    /// The listed values.
    pub list: &'static [&'static str],
    /// Whether nothing else is accepted; an open list is introduced by "e.g.".
    pub closed: bool,
    /// Listed values that require images, reference videos or reference audio.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub with_references: &'static [&'static str],
    /// The documented default, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<&'static str>,
}

/// Limits of `prompt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// The most characters (Unicode scalar values).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// Limits of `images`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Images {
    /// The most items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Whether the frames count towards `max`.
    pub counts_frames: bool,
    /// Whether a request without images and frames is a likely mistake.
    pub expected: bool,
    /// File endings that are refused in images and frames, in lower case.
    pub refused_files: &'static [&'static str],
}

/// Limits of `first_image` and `last_image`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Frames {
    /// What one frame without the other means.
    pub alone: Alone,
}

/// What one frame without the other means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alone {
    /// Either may be used alone.
    Fine,
    /// The first may be used alone; the docs do not say whether the last may.
    LastUnstated,
    /// The first may be used alone, the last may not.
    LastRefused,
    /// Both or none.
    Refused,
    /// The route takes no frames at all.
    NotTaken,
}

/// Limits of `reference_videos`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Videos {
    /// The most items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Whether frames are refused beside reference videos.
    #[serde(skip_serializing_if = "Not::not")]
    pub excludes_frames: bool,
    /// File endings that are refused, in lower case.
    pub refused_files: &'static [&'static str],
    /// Limits on the videos themselves, checked when their media facts are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<VideoLimits>,
}

/// Limits on the reference videos themselves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VideoLimits {
    /// The shortest total length in seconds; contested (C6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_seconds: Option<u32>,
    /// The longest total length in seconds.
    pub max_seconds: u32,
    /// The largest total size in bytes.
    pub max_bytes: u64,
    /// The shortest side in pixels.
    pub min_side: u32,
    /// The longest side in pixels.
    pub max_side: u32,
    /// The lowest frame rate, in frames per second.
    pub min_frame_rate: u32,
    /// Rates from here up to `min_frame_rate` are contested: cameras record 24000/1001 frames per second for 24.
    pub contested_frame_rate: f64,
    /// The highest frame rate, in frames per second.
    pub max_frame_rate: u32,
}

/// Limits of `reference_audios`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Audios {
    /// Whether the route takes reference audio.
    pub taken: bool,
    /// The most items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// The longest total length in seconds, checked when their media facts are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_seconds: Option<u32>,
    /// Whether they need images, frames or reference videos beside them.
    pub paired: bool,
    /// Whether frames alone do not satisfy `paired`.
    #[serde(skip_serializing_if = "Not::not")]
    pub not_with_frames_alone: bool,
    /// Whether they may be used together with frames.
    pub with_frames: WithFrames,
    /// The sources that say whether they may be used together with frames.
    #[serde(skip)]
    pub with_frames_by: &'static [Source],
}

/// Whether reference audio may be used together with frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithFrames {
    /// They may.
    Fine,
    /// The docs disagree (C11, N4).
    Contested,
    /// They exclude each other.
    Refused,
}

/// The URL schemes that a route accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Schemes {
    /// Accepted by all docs that mention them.
    pub accepted: &'static [Scheme],
    /// Accepted by some docs and excluded by others.
    #[serde(skip_serializing_if = "<[Scheme]>::is_empty")]
    pub contested: &'static [Scheme],
}

named! {
    /// A URL scheme that some route accepts.
    pub enum Scheme,
    /// The scheme as it is written before the colon.
    name {
        /// `asset://ID`
        Asset = "asset",
        /// `assetId://ID`
        AssetId = "assetId",
        /// `https://HOST…`
        Https = "https",
    }
}

impl Scheme {
    /// The scheme with this name, in any case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Asset, Self::AssetId, Self::Https]
            .into_iter()
            .find(|known| known.name().eq_ignore_ascii_case(name))
    }
}
