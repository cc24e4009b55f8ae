//! The decision space: the values of every dimension, and what each stands for in a request.

use seedance_tests::oracle::request::Entry;
use seedance_tests::oracle::table::MODELS;

/// Where a URL stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Image or frame.
    Picture,
    Video,
    Audio,
}

/// Schemes and shapes of URLs about which the rules say different things, a picture's, a video's and an audio's.
const CLASSES: [[&str; 3]; 6] = [
    [
        "https://example.com/a.png",
        "https://example.com/a.mp4",
        "https://example.com/a.mp3",
    ],
    ["asset://as_1", "asset://as_2", "asset://as_3"],
    [
        "http://example.com/a.png",
        "http://example.com/a.mp4",
        "data:audio/mpeg;base64,AA",
    ],
    ["https://", "https://exa mple.com/", "asset://"],
    [
        "https://localhost/a.png",
        "https://10.0.0.1/a.mp4",
        "https://[::1]/a.mp3",
    ],
    [
        "https://example.com/a.gif",
        "https://example.com/a.GIF?x&amp;y",
        "https://example.com/a\u{200b}.gif",
    ],
];

/// One dimension a member.
#[derive(Debug)]
pub struct Space {
    pub models: Vec<&'static str>,
    pub durations: Vec<u32>,
    pub resolutions: Vec<Option<&'static str>>,
    pub ratios: Vec<Option<&'static str>>,
    pub orientations: Vec<Option<&'static str>>,
    pub images: Vec<usize>,
    /// First there, last there.
    pub frames: Vec<(bool, bool)>,
    pub videos: Vec<usize>,
    pub audios: Vec<usize>,
    pub classes: usize,
}

impl Space {
    /// Every value of every dimension.
    pub fn whole() -> Self {
        Self {
            models: MODELS
                .iter()
                .map(|(model, _)| *model)
                .chain(["seedance3.0"])
                .collect(),
            durations: (0..=17).collect(),
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
            classes: CLASSES.len(),
        }
    }

    /// Only the values on both sides of every edge.
    pub fn edges() -> Self {
        Self {
            durations: vec![0, 1, 3, 4, 12, 13, 15, 16],
            images: vec![0, 1, 4, 5, 8, 9, 10],
            videos: vec![0, 1, 3, 4],
            audios: vec![0, 3, 4],
            orientations: vec![None, Some("up")],
            ratios: vec![None, Some("4:3"), Some("5:4"), Some("adaptive")],
            ..Self::whole()
        }
    }

    /// How many combinations the scalar fields have.
    pub fn scalars(&self) -> usize {
        self.models.len()
            * self.durations.len()
            * self.resolutions.len()
            * self.ratios.len()
            * self.orientations.len()
    }

    /// How many combinations images, frames, videos, audios and their URLs have: without any, all classes are one.
    pub fn materials(&self) -> usize {
        let shapes = self.images.len() * self.frames.len() * self.videos.len() * self.audios.len();
        (shapes - 1) * self.classes + 1
    }
}

/// The URL of a class.
pub fn url(class: usize, kind: Kind) -> &'static str {
    CLASSES[class][kind as usize]
}

/// A list of so many URLs, for the oracle.
pub fn entries(many: usize, class: usize, kind: Kind) -> Vec<Entry<'static>> {
    vec![Entry::Text(url(class, kind)); many]
}
