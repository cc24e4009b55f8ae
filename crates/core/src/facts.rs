//! What the caller measured of the reference videos: facts that stand in no request.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::Lang;
use crate::node::{Kind, Node, ShapeError, place};

/// No reference video is longer than a day; a larger number is a mistake of units.
pub const MAX_SECONDS: u32 = 86_400;

/// What is known of the reference videos of one request, by their index.
///
/// ```
/// use seedance_core::Facts;
/// let facts = Facts::from_text(br#"{ "reference_videos": [{ "seconds": 3.2 }, null] }"#)?;
/// assert_eq!(facts.video(0).and_then(|video| video.length).map(|length| length.min()), Some(3_200_000));
/// # Ok::<(), seedance_core::FactsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facts {
    reference_videos: Vec<Option<VideoFacts>>,
}

/// What is known of one reference video.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct VideoFacts {
    /// How long it plays.
    pub length: Option<Length>,
    /// The size of the file.
    pub bytes: Option<u64>,
    /// Pixels from left to right.
    pub width: Option<u64>,
    /// Pixels from top to bottom.
    pub height: Option<u64>,
    /// Frames a second.
    pub frame_rate: Option<f64>,
}

/// A length in whole microseconds: one that is taken at its word, or an interval that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A bare number.
    Exact(u64),
    /// A measurement that is uncertain.
    Between {
        /// Not shorter than this.
        min: u64,
        /// Not longer than this.
        max: u64,
    },
}

impl Length {
    /// Microseconds in a second.
    ///
    /// ```
    /// use seedance_core::Length;
    /// assert_eq!(Length::Exact(8 * Length::SECOND).min(), 8_000_000);
    /// ```
    pub const SECOND: u64 = 1_000_000;

    /// The shortest that the video can be, in microseconds.
    #[must_use]
    pub fn min(self) -> u64 {
        match self {
            Self::Exact(length) => length,
            Self::Between { min, .. } => min,
        }
    }

    /// The longest that the video can be, in microseconds.
    #[must_use]
    pub fn max(self) -> u64 {
        match self {
            Self::Exact(length) => length,
            Self::Between { max, .. } => max,
        }
    }
}

impl Facts {
    /// Reads media facts from JSON text.
    ///
    /// # Errors
    /// [`FactsError`] names the first entry that is not as the contract has it.
    pub fn from_text(text: &[u8]) -> Result<Self, FactsError> {
        Self::from_node(Node::from_text(text)?)
    }

    /// Reads media facts from a parsed value.
    ///
    /// # Errors
    /// As [`Facts::from_text`].
    pub fn from_value(value: &Value) -> Result<Self, FactsError> {
        Self::from_node(Node::from_value(value))
    }

    /// Facts about the reference videos in their order.
    #[must_use]
    pub fn from_videos(videos: impl IntoIterator<Item = Option<VideoFacts>>) -> Self {
        Self {
            reference_videos: videos.into_iter().collect(),
        }
    }

    /// What is known of the reference video at this index.
    #[must_use]
    pub fn video(&self, index: usize) -> Option<&VideoFacts> {
        self.reference_videos.get(index)?.as_ref()
    }

    /// The entries by index, as many as were given.
    #[must_use]
    pub fn videos(&self) -> &[Option<VideoFacts>] {
        &self.reference_videos
    }

    /// Checks that a request with so many reference videos has a video for every entry.
    ///
    /// # Errors
    /// [`FactsError`] when there are more entries than videos.
    pub fn check_count(&self, videos: usize) -> Result<(), FactsError> {
        let entries = self.reference_videos.len();
        if entries <= videos {
            Ok(())
        } else {
            Err(FactsError(Problem::TooManyEntries { entries, videos }))
        }
    }

    fn from_node(node: Node) -> Result<Self, FactsError> {
        if node == Node::Null {
            return Ok(Self::default());
        }
        let mut facts = Self::default();
        for (_, list) in node.members("", &["reference_videos"])? {
            if list == Node::Null {
                continue;
            }
            facts.reference_videos.clear();
            for (index, entry) in list.list("/reference_videos")?.into_iter().enumerate() {
                let path = format!("/reference_videos/{index}");
                facts
                    .reference_videos
                    .push(VideoFacts::from_node(entry, &path)?);
            }
        }
        Ok(facts)
    }
}

impl VideoFacts {
    /// Facts that know only how long the video plays.
    #[must_use]
    pub fn of_length(length: Length) -> Self {
        Self {
            length: Some(length),
            ..Self::default()
        }
    }

    fn from_node(node: Node, path: &str) -> Result<Option<Self>, FactsError> {
        if node == Node::Null {
            return Ok(None);
        }
        let mut video = Self::default();
        for (name, value) in
            node.members(path, &["seconds", "bytes", "width", "height", "frame_rate"])?
        {
            if value == Node::Null {
                continue;
            }
            let path = format!("{path}/{name}");
            match name.as_str() {
                "seconds" => video.length = Some(length(value, &path)?),
                "bytes" => video.bytes = Some(whole(value, &path)?),
                "width" => video.width = Some(whole(value, &path)?),
                "height" => video.height = Some(whole(value, &path)?),
                _ => video.frame_rate = Some(not_negative(value, &path)?),
            }
        }
        Ok(Some(video))
    }
}

/// Media facts that cannot be used, and why: an error of the input beside the request, never a finding.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct FactsError(Problem);

#[derive(Clone, Debug, PartialEq)]
enum Problem {
    Shape(ShapeError),
    Negative { path: String },
    NotFinite { path: String },
    TooLong { path: String },
    NotWhole { path: String },
    NoEnd { path: String, end: &'static str },
    EndsSwapped { path: String },
    TooManyEntries { entries: usize, videos: usize },
}

impl FactsError {
    /// The JSON Pointer of the entry; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match &self.0 {
            Problem::Shape(shape) => shape.path(),
            Problem::TooManyEntries { .. } => "/reference_videos",
            Problem::Negative { path }
            | Problem::NotFinite { path }
            | Problem::TooLong { path }
            | Problem::NotWhole { path }
            | Problem::NoEnd { path, .. }
            | Problem::EndsSwapped { path } => path,
        }
    }

    /// The one sentence that says what is wrong and where.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let at = place(self.path(), lang);
        let text = match &self.0 {
            Problem::Shape(shape) => shape.message(lang),
            Problem::Negative { .. } if zh => format!("{at}不能为负数"),
            Problem::Negative { .. } => format!("{at}must not be negative"),
            Problem::NotFinite { .. } if zh => format!("{at}必须是有限的数字"),
            Problem::NotFinite { .. } => format!("{at}must be a finite number"),
            Problem::TooLong { .. } if zh => {
                format!("{at}时长超过 {MAX_SECONDS} 秒，请以秒为单位填写")
            }
            Problem::TooLong { .. } => {
                format!("{at}longer than {MAX_SECONDS} seconds, give the length in seconds")
            }
            Problem::NotWhole { .. } if zh => format!("{at}必须是整数"),
            Problem::NotWhole { .. } => format!("{at}must be a whole number"),
            Problem::NoEnd { end, .. } if zh => {
                format!("{at}区间缺少 `{end}`，`min` 和 `max` 都要填写")
            }
            Problem::NoEnd { end, .. } => {
                format!("{at}the interval has no `{end}`, give both `min` and `max`")
            }
            Problem::EndsSwapped { .. } if zh => format!("{at}`min` 大于 `max`"),
            Problem::EndsSwapped { .. } => format!("{at}`min` is above `max`"),
            Problem::TooManyEntries { entries, videos } if zh => {
                format!("{at}有 {entries} 条，但请求里只有 {videos} 个参考视频")
            }
            Problem::TooManyEntries { entries, videos } => {
                format!("{at}{entries} entries, but the request has {videos} reference videos")
            }
        };
        if zh {
            format!("媒体信息：{text}")
        } else {
            format!("media facts: {text}")
        }
    }
}

impl From<ShapeError> for FactsError {
    fn from(shape: ShapeError) -> Self {
        Self(Problem::Shape(shape))
    }
}

fn length(node: Node, path: &str) -> Result<Length, FactsError> {
    match node {
        Node::Number(number) => Ok(Length::Exact(microseconds(seconds(number, path)?))),
        Node::Object(_) => {
            let (mut min, mut max) = (None, None);
            for (name, end) in node.members(path, &["min", "max"])? {
                let path = format!("{path}/{name}");
                let end = match end {
                    Node::Null => None,
                    end => Some(seconds(end.number(&path)?, &path)?),
                };
                if name == "min" { min = end } else { max = end }
            }
            let no_end = |end| {
                FactsError(Problem::NoEnd {
                    path: path.into(),
                    end,
                })
            };
            let (min, max) = (
                min.ok_or_else(|| no_end("min"))?,
                max.ok_or_else(|| no_end("max"))?,
            );
            if min > max {
                return Err(FactsError(Problem::EndsSwapped { path: path.into() }));
            }
            Ok(Length::Between {
                min: microseconds(min),
                max: microseconds(max),
            })
        }
        other => Err(other.wrong_type(path, Kind::Seconds).into()),
    }
}

fn seconds(number: f64, path: &str) -> Result<f64, FactsError> {
    let number = not_negative(Node::Number(number), path)?;
    if number > f64::from(MAX_SECONDS) {
        return Err(FactsError(Problem::TooLong { path: path.into() }));
    }
    Ok(number)
}

fn not_negative(node: Node, path: &str) -> Result<f64, FactsError> {
    let number = node.number(path)?;
    if !number.is_finite() {
        return Err(FactsError(Problem::NotFinite { path: path.into() }));
    }
    if number < 0.0 {
        return Err(FactsError(Problem::Negative { path: path.into() }));
    }
    // Takes the sign off -0.0, which is zero.
    Ok(number.abs())
}

/// A whole number beyond `u64` counts as the largest: it is above every limit all the same.
fn whole(node: Node, path: &str) -> Result<u64, FactsError> {
    let number = not_negative(node, path)?;
    let whole = number as u64;
    if number < u64::MAX as f64 && whole as f64 != number {
        return Err(FactsError(Problem::NotWhole { path: path.into() }));
    }
    Ok(whole)
}

/// To the nearest microsecond, a tie going up. The argument is validated: neither negative nor long.
///
/// A tie is what a person writes as one (`16.4083135`), so it is the border that is taken to binary64 and compared,
/// not the product, whose own rounding would move some ties down.
fn microseconds(seconds: f64) -> u64 {
    let below = (seconds * Length::SECOND as f64) as u64;
    let border = (below as f64 + 0.5) / Length::SECOND as f64;
    if seconds >= border { below + 1 } else { below }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_node(Node::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for VideoFacts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = [
            self.bytes.is_some(),
            self.width.is_some(),
            self.height.is_some(),
        ];
        let count = members.iter().filter(|known| **known).count();
        let count =
            count + usize::from(self.length.is_some()) + usize::from(self.frame_rate.is_some());
        let mut object = serializer.serialize_struct("VideoFacts", count)?;
        if let Some(length) = &self.length {
            object.serialize_field("seconds", length)?;
        }
        for (name, number) in [
            ("bytes", self.bytes),
            ("width", self.width),
            ("height", self.height),
        ] {
            if let Some(number) = number {
                object.serialize_field(name, &number)?;
            }
        }
        if let Some(frame_rate) = self.frame_rate {
            object.serialize_field("frame_rate", &frame_rate)?;
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        length(Node::deserialize(deserializer)?, "seconds").map_err(D::Error::custom)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Exact(length) => Seconds(length).serialize(serializer),
            Self::Between { min, max } => {
                let mut interval = serializer.serialize_struct("Length", 2)?;
                interval.serialize_field("min", &Seconds(min))?;
                interval.serialize_field("max", &Seconds(max))?;
                interval.end()
            }
        }
    }
}

/// Microseconds, written as seconds.
struct Seconds(u64);

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::number::serialize(self.0 as f64 / Length::SECOND as f64, serializer)
    }
}

#[cfg(test)]
mod tests;
