//! What the caller measured of the reference videos: facts that stand in no request.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::node::{Entry, Flaw, Node};
use crate::number::of_count;
use crate::{Lang, pointer};

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
        Self::from_node(&Node::from_text(text).map_err(FactsError)?)
    }

    /// Reads media facts from a parsed value.
    ///
    /// # Errors
    /// As [`Facts::from_text`].
    pub fn from_value(value: &Value) -> Result<Self, FactsError> {
        Self::from_node(&Node::from_value(value))
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

    /// Forgets these videos: those behind them move up.
    pub(crate) fn drop_videos(&mut self, dropped: &Range<usize>) {
        let videos = &mut self.reference_videos;
        let (start, end) = (dropped.start, dropped.end.min(videos.len()));
        if start < end {
            videos.copy_within(end.., start);
            videos.truncate(start + videos.len() - end);
        }
    }

    /// Checks that a request with so many reference videos has a video for every entry.
    ///
    /// # Errors
    /// [`FactsError`] when there are more entries than videos.
    pub fn check_count(&self, videos: usize) -> Result<(), FactsError> {
        let entries = self.reference_videos.len();
        if entries <= videos {
            return Ok(());
        }
        Err(FactsError(Flaw::new(
            "/reference_videos".into(),
            "% entries, but the request has % reference videos\
                |有 % 条，但请求里只有 % 个参考视频",
            &[[&of_count(entries); 2], [&of_count(videos); 2]],
        )))
    }

    fn from_node(node: &Node) -> Result<Self, FactsError> {
        Self::read(&Entry::document(node, "")).map_err(FactsError)
    }

    fn read(document: &Entry<'_>) -> Result<Self, Flaw> {
        let mut facts = Self::default();
        if document.is_null() {
            return Ok(facts);
        }
        for list in document.members(&["reference_videos"])? {
            if list.is_null() {
                continue;
            }
            for (index, value) in list.list()?.iter().enumerate() {
                let index = pointer::index(index);
                let video = VideoFacts::read(&list.inner(&index, value))?;
                facts.reference_videos.push(video);
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

    fn read(entry: &Entry<'_>) -> Result<Option<Self>, Flaw> {
        if entry.is_null() {
            return Ok(None);
        }
        let mut video = Self::default();
        for member in entry.members(&["seconds", "bytes", "width", "height", "frame_rate"])? {
            if member.is_null() {
                continue;
            }
            match member.name {
                "seconds" => video.length = Some(length(&member)?),
                "bytes" => video.bytes = Some(whole(&member)?),
                "width" => video.width = Some(whole(&member)?),
                "height" => video.height = Some(whole(&member)?),
                _ => video.frame_rate = Some(not_negative(&member)?),
            }
        }
        Ok(Some(video))
    }
}

/// Media facts that cannot be used, and why: an error of the input beside the request, never a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsError(Flaw);

impl FactsError {
    /// The JSON Pointer of the entry; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// The one sentence that says what is wrong and where.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.0.message("media facts: |媒体信息：", lang)
    }
}

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for FactsError {}

fn length(entry: &Entry<'_>) -> Result<Length, Flaw> {
    match entry.value {
        Node::Number(_) => Ok(Length::Exact(microseconds(seconds(entry)?))),
        Node::Object(_) => {
            let (mut min, mut max) = (None, None);
            for member in entry.members(&["min", "max"])? {
                let end = if member.is_null() {
                    None
                } else {
                    Some(seconds(&member)?)
                };
                if member.name == "min" {
                    min = end;
                } else {
                    max = end;
                }
            }
            let known = |end: Option<f64>, name| {
                end.ok_or_else(|| {
                    entry.flaw(
                        "the interval has no `%`, give both `min` and `max`\
                |区间缺少 `%`，`min` 和 `max` 都要填写",
                        &[[name; 2]],
                    )
                })
            };
            let (min, max) = (known(min, "min")?, known(max, "max")?);
            if min > max {
                return Err(entry.flaw("`min` is above `max`|`min` 大于 `max`", &[]));
            }
            Ok(Length::Between {
                min: microseconds(min),
                max: microseconds(max),
            })
        }
        _ => Err(entry.is_not(
            "a number or an object with `min` and `max`\
                |数字，或带 `min` 和 `max` 的对象",
        )),
    }
}

fn seconds(entry: &Entry<'_>) -> Result<f64, Flaw> {
    let number = not_negative(entry)?;
    if number > f64::from(MAX_SECONDS) {
        return Err(entry.flaw(
            "longer than % seconds, give the length in seconds\
                |时长超过 % 秒，请以秒为单位填写",
            &[[&of_count(MAX_SECONDS as usize); 2]],
        ));
    }
    Ok(number)
}

fn not_negative(entry: &Entry<'_>) -> Result<f64, Flaw> {
    let number = entry.number()?;
    if !number.is_finite() {
        return Err(entry.flaw("must be a finite number|必须是有限的数字", &[]));
    }
    if number < 0.0 {
        return Err(entry.flaw("must not be negative|不能为负数", &[]));
    }
    // Takes the sign off -0.0, which is zero.
    Ok(number.abs())
}

/// A whole number beyond `u64` counts as the largest: it is above every limit all the same.
fn whole(entry: &Entry<'_>) -> Result<u64, Flaw> {
    let number = not_negative(entry)?;
    let whole = number as u64;
    if number < u64::MAX as f64 && whole as f64 != number {
        return Err(entry.flaw("must be a whole number|必须是整数", &[]));
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
        Self::from_node(&Node::deserialize(deserializer)?).map_err(D::Error::custom)
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
        let node = Node::deserialize(deserializer)?;
        length(&Entry::document(&node, "seconds"))
            .map_err(|flaw| D::Error::custom(FactsError(flaw)))
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
