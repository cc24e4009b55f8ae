//! The decision space: the values of every dimension.

use seedance_core::Edition::{self, V2026_07, V2026_09};
use seedance_tests::core_side::page;
use seedance_tests::oracle::request::Entry;
use seedance_tests::oracle::table::models;

/// The kind of field that a URL is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An image or a frame.
    Picture,
    Video,
    Audio,
}

/// URLs that the rules treat differently: each class has one for a picture, a video and an audio.
const CLASSES: [[&str; 3]; 7] = [
    ["https://example.com/a.png", "https://example.com/a.mp4", "https://example.com/a.mp3"],
    ["asset://as_1", "asset://as_2", "asset://as_3"],
    ["http://example.com/a.png", "http://example.com/a.mp4", "data:audio/mpeg;base64,AA"],
    ["https://", "https://exa mple.com/", "asset://"],
    ["https://localhost/a.png", "https://10.0.0.1/a.mp4", "https://[::1]/a.mp3"],
    [
        "https://example.com/a.gif",
        "https://example.com/a.GIF?x&amp;y",
        "https://example.com/a\u{200b}.gif",
    ],
    // A scheme of the later edition.
    ["assetId://as_1", "assetId://as_2", "assetId://"],
];

/// A model that no edition has.
pub const NO_MODEL: &str = "seedance3.0";

/// One model of each kind that the later edition's rules distinguish.
pub const KINDS: [&str; 27] = [
    "sd2_mx_720p",
    "sd2_mx_video_4k",
    "seedance2.0-sp",
    "seedance2.0-fast-sp",
    "seedance2.0-of-sp",
    "seedance2.0-mini",
    "seedance2.0-mini-video",
    "seedance2.0-mini-480p",
    "seedance2.0-mini-1080p-video",
    "seedance2.0-mini-sp",
    "seedance2.0-md",
    "seedance2.0-fast-md",
    "seedance2.0-fast-i2v",
    "seedance2.0-std",
    "seedance-2.0-4k",
    "seedance20-480p",
    "seedance2.0-gz",
    "seedance2.0-gz-fast-480p",
    "seedance2.0-gz-fast-video",
    "seedance2.0-gz-video-1080p",
    "seedance2.0-gz-mini",
    "seedance2.0-gz-mini-video-720p",
    "seedance2.0-933",
    "seedance2.0-933-1080p",
    "sd2-933-720p",
    "sd2-adb-720p",
    NO_MODEL,
];

/// The values of each dimension.
#[derive(Debug)]
pub struct Space {
    pub edition: Edition,
    pub models: Vec<&'static str>,
    pub durations: Vec<Option<u32>>,
    pub resolutions: Vec<Option<&'static str>>,
    pub ratios: Vec<Option<&'static str>>,
    pub orientations: Vec<Option<&'static str>>,
    pub images: Vec<usize>,
    /// Whether there is a first frame, and whether there is a last.
    pub frames: Vec<(bool, bool)>,
    pub videos: Vec<usize>,
    pub audios: Vec<usize>,
    pub classes: usize,
}

impl Space {
    /// The spaces to compare: for the earlier edition all scalars with all materials, for the later one all scalars of every
    /// model with some materials, and all materials of one model of each kind with some scalars, since its rules combine less.
    pub fn all(whole: bool) -> Vec<Self> {
        let mut all = vec![Self::every_value(V2026_07)];
        let scalars = Self::every_value(V2026_09);
        let materials = Self {
            models: KINDS.to_vec(),
            durations: vec![None, Some(5), Some(10)],
            resolutions: vec![None, Some("480p")],
            ratios: vec![None, Some("adaptive")],
            orientations: vec![None],
            ..Self::every_value(V2026_09)
        };
        all.extend([
            Self {
                images: vec![0, 1],
                frames: vec![(false, false), (false, true)],
                videos: vec![0, 1],
                audios: vec![0],
                classes: 1,
                ..scalars
            },
            materials,
        ]);
        if !whole {
            all.iter_mut().for_each(Self::keep_edges);
        }
        all
    }

    fn every_value(edition: Edition) -> Self {
        let models = models(page(edition)).map(|(model, _)| model).chain([NO_MODEL]);
        let later = edition == V2026_09;
        let mut space = Self {
            edition,
            models: models.collect(),
            durations: (0..=if later { 32 } else { 17 }).map(Some).collect(),
            resolutions: vec![None, Some("480p"), Some("720p"), Some("1080p"), Some("2k")],
            ratios: vec![
                None,
                Some("16:9"),
                Some("4:3"),
                Some("Adaptive"),
                Some("5:4"),
                Some("adaptive"),
            ],
            orientations: vec![None, Some("portrait"), Some("up")],
            images: (0..=10).collect(),
            frames: vec![(false, false), (true, false), (false, true), (true, true)],
            videos: (0..=4).collect(),
            audios: (0..=4).collect(),
            classes: CLASSES.len() - usize::from(!later),
        };
        if later {
            space.durations.push(None);
            space.resolutions.push(Some("4k"));
            space.ratios.extend([Some("21:9"), Some("auto")]);
        }
        space
    }

    /// Keeps only the values on both sides of every limit.
    fn keep_edges(&mut self) {
        let edges: &[u32] = if self.edition == V2026_07 {
            &[0, 1, 3, 4, 12, 13, 15, 16]
        } else {
            &[0, 1, 3, 4, 5, 9, 10, 12, 13, 15, 16, 30, 31]
        };
        self.durations.retain(|seconds| seconds.is_none_or(|seconds| edges.contains(&seconds)));
        self.images.retain(|many| [0, 1, 4, 5, 8, 9, 10].contains(many));
        self.videos.retain(|many| [0, 1, 3, 4].contains(many));
        if self.edition == V2026_07 {
            self.audios.retain(|many| [0, 3, 4].contains(many));
        }
        self.orientations.retain(|orientation| *orientation != Some("portrait"));
        if self.edition == V2026_07 {
            self.ratios.retain(|ratio| ![Some("16:9"), Some("Adaptive")].contains(ratio));
        }
    }

    /// The number of combinations of the scalar fields.
    pub fn scalars(&self) -> usize {
        self.models.len()
            * self.durations.len()
            * self.resolutions.len()
            * self.ratios.len()
            * self.orientations.len()
    }

    /// The number of combinations of images, frames, videos, audios and classes of URLs, one of them without any URL.
    pub fn materials(&self) -> usize {
        let shapes = self.images.len() * self.frames.len() * self.videos.len() * self.audios.len();
        (shapes - 1) * self.classes + 1
    }
}

/// The URL of a class.
pub fn url(class: usize, kind: Kind) -> &'static str {
    CLASSES[class][kind as usize]
}

/// A list of this many URLs, for the oracle.
pub fn entries(many: usize, class: usize, kind: Kind) -> Vec<Entry<'static>> {
    vec![Entry::Text(url(class, kind)); many]
}
