//! Media facts: what the caller measured of the reference videos and audio files, which no request states.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::document::{Entry, Flaw, Node, Said};
use crate::number::Number;
use crate::table::{Field, Text};
use crate::{Lang, pointer};

/// The longest length accepted, in seconds: a day. A larger number is probably meant in milliseconds.
pub const MAX_SECONDS: u32 = 86_400;

/// What is known about the reference videos and audio files of one request, by index.
///
/// ```
/// use seedance_core::{Facts, Field};
/// let facts = Facts::from_slice(br#"{ "reference_videos": [{ "seconds": 3.2 }, null] }"#)?;
/// let first = facts.of(Field::ReferenceVideos, 0).and_then(|video| video.length);
/// assert_eq!(first.map(|length| length.min()), Some(3_200_000));
/// assert_eq!(facts.of(Field::ReferenceVideos, 1), None);
/// # Ok::<(), seedance_core::FactsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reference_videos: Vec<Option<MediaFacts>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reference_audios: Vec<Option<MediaFacts>>,
}

/// What is known about one reference video or audio file; of an audio file, only its length counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MediaFacts {
    /// The length.
    #[serde(rename = "seconds", skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// The size of the file in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u64>,
    /// The height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u64>,
    /// Frames per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<f64>,
}

/// A length in whole microseconds: an exact one, or an interval that contains it. `Length::Exact(3_200_000)` is 3.2 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// The exact length.
    Exact(u64),
    /// An uncertain measurement.
    Between {
        /// The shortest possible length.
        min: u64,
        /// The longest possible length.
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

    /// Microseconds as seconds.
    ///
    /// ```
    /// assert_eq!(seedance_core::Length::in_seconds(2_500_000), 2.5);
    /// ```
    #[expect(clippy::cast_precision_loss, reason = "at most days in microseconds: exact")]
    #[must_use]
    pub fn in_seconds(micros: u64) -> f64 {
        micros as f64 / Self::SECOND as f64
    }

    /// The shortest possible length, in microseconds.
    #[must_use]
    pub fn min(self) -> u64 {
        match self {
            Self::Exact(length) => length,
            Self::Between { min, .. } => min,
        }
    }

    /// The longest possible length, in microseconds.
    #[must_use]
    pub fn max(self) -> u64 {
        match self {
            Self::Exact(length) => length,
            Self::Between { max, .. } => max,
        }
    }

    /// Whether this is a length that can be read from text, and more than 0.
    fn is_possible(self) -> bool {
        let most = u64::from(MAX_SECONDS) * Self::SECOND;
        self.min() <= self.max() && (1..=most).contains(&self.max())
    }

    pub(crate) fn is_exact(self) -> bool {
        self.min() == self.max()
    }
}

impl Facts {
    /// No facts.
    pub(crate) const NONE: Self =
        Self { reference_videos: Vec::new(), reference_audios: Vec::new() };

    /// Reads media facts from JSON text.
    ///
    /// # Errors
    /// [`FactsError`] names the first entry that is not valid.
    pub fn from_slice(text: &[u8]) -> Result<Self, FactsError> {
        Self::from_node(&Node::from_slice(text).map_err(FactsError)?)
    }

    /// Reads media facts from a parsed value.
    ///
    /// # Errors
    /// As [`Facts::from_slice`].
    pub fn from_value(value: &Value) -> Result<Self, FactsError> {
        Self::from_node(&Node::from_value(value))
    }

    /// Facts about the reference videos, in the order of the request; `None` where nothing is known.
    #[must_use]
    pub fn from_videos(videos: impl IntoIterator<Item = Option<MediaFacts>>) -> Self {
        Self { reference_videos: videos.into_iter().collect(), ..Self::default() }
    }

    /// What is known about an item of `reference_videos` or `reference_audios`, or of the alias that counts instead.
    #[must_use]
    pub fn of(&self, field: Field, index: usize) -> Option<&MediaFacts> {
        let list = match field {
            Field::ReferenceVideos | Field::Videos => &self.reference_videos,
            Field::ReferenceAudios | Field::Audios => &self.reference_audios,
            _ => return None,
        };
        list.get(index)?.as_ref()
    }

    /// Whether there are no entries.
    pub(crate) fn is_empty(&self) -> bool {
        self.reference_videos.is_empty() && self.reference_audios.is_empty()
    }

    /// Checks that every entry has its item in a request with this many reference videos and audio files.
    ///
    /// # Errors
    /// [`FactsError`] when there are more entries than items.
    pub(crate) fn check_count(&self, videos: usize, audios: usize) -> Result<(), FactsError> {
        let lists = [
            (VIDEOS, self.reference_videos.len(), videos, "reference videos", "参考视频"),
            (AUDIOS, self.reference_audios.len(), audios, "reference audio files", "参考音频"),
        ];
        for (name, entries, items, en, zh) in lists {
            if entries > items {
                let of = Text::new(en, zh);
                let what = Text::new(
                    "more entries ({entries}) than {of} in the request ({items})",
                    "有 {entries} 条，但请求里只有 {items} 个{of}",
                );
                let flaw = Flaw::new(pointer::member(name), what).with("of", Said::Words(of));
                return Err(FactsError(
                    flaw.with_text("entries", entries).with_text("items", items),
                ));
            }
        }
        Ok(())
    }

    /// Removes the entry of an item; the entries after it move up.
    pub(crate) fn remove(&mut self, field: Field, index: usize) {
        if let Some(list) = self.list_mut(field)
            && index < list.len()
        {
            list.remove(index);
        }
    }

    /// Removes all entries of a list.
    pub(crate) fn clear(&mut self, field: Field) {
        if let Some(list) = self.list_mut(field) {
            list.clear();
        }
    }

    fn list_mut(&mut self, field: Field) -> Option<&mut Vec<Option<MediaFacts>>> {
        match field {
            Field::ReferenceVideos | Field::Videos => Some(&mut self.reference_videos),
            Field::ReferenceAudios | Field::Audios => Some(&mut self.reference_audios),
            _ => None,
        }
    }

    fn from_node(node: &Node) -> Result<Self, FactsError> {
        Self::read(&Entry::document(node)).map_err(FactsError)
    }

    fn read(document: &Entry<'_>) -> Result<Self, Flaw> {
        let mut facts = Self::default();
        if document.is_null() {
            return Ok(facts);
        }
        for list in document.members(&[VIDEOS, AUDIOS])? {
            match list.name {
                VIDEOS => facts.reference_videos = entries(&list, &OF_VIDEOS)?,
                _ => facts.reference_audios = entries(&list, &OF_AUDIOS)?,
            }
        }
        Ok(facts)
    }
}

const VIDEOS: &str = Field::ReferenceVideos.name();
const AUDIOS: &str = Field::ReferenceAudios.name();
/// The members of an entry about a video.
const OF_VIDEOS: [&str; 5] = ["seconds", "bytes", "width", "height", "frame_rate"];
/// The members of an entry about an audio file.
const OF_AUDIOS: [&str; 1] = ["seconds"];

/// Reads the entries of a list, which may have these members. `null`, as an entry or as the whole list, means that nothing is known.
fn entries(
    list: &Entry<'_>,
    members: &'static [&'static str],
) -> Result<Vec<Option<MediaFacts>>, Flaw> {
    if list.is_null() {
        return Ok(Vec::new());
    }
    let entries = list.list()?.iter().enumerate();
    let read_entry = |(index, value): (usize, &Node)| {
        let name = index.to_string();
        let entry = list.inner(&name, value);
        if entry.is_null() { Ok(None) } else { MediaFacts::read(&entry, members).map(Some) }
    };
    entries.map(read_entry).collect()
}

impl MediaFacts {
    /// The length, if it is known; one of 0, or one that no text can state, counts as unknown.
    #[must_use]
    pub fn known_length(&self) -> Option<Length> {
        self.length.filter(|length| length.is_possible())
    }

    fn read(entry: &Entry<'_>, members: &'static [&'static str]) -> Result<Self, Flaw> {
        let mut facts = Self::default();
        for member in entry.members(members)?.filter(|member| !member.is_null()) {
            match member.name {
                "seconds" => facts.length = Some(length(&member)?),
                "bytes" => facts.bytes = Some(whole(&member)?),
                "width" => facts.width = Some(whole(&member)?),
                "height" => facts.height = Some(whole(&member)?),
                _ => facts.frame_rate = Some(not_negative(&member)?),
            }
        }
        Ok(facts)
    }
}

/// Why media facts cannot be used. This is an error in the facts, never a finding about the request.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct FactsError(Flaw);

impl FactsError {
    /// A JSON Pointer to the faulty entry; empty for all media facts.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence that says what is wrong and where.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(Text::new("media facts", "素材信息"), lang)
    }
}

fn length(entry: &Entry<'_>) -> Result<Length, Flaw> {
    match entry.value {
        Node::Number(_) => Ok(Length::Exact(microseconds(seconds(entry)?))),
        Node::Object(_) => {
            let (mut min, mut max) = (None, None);
            for member in entry.members(&["min", "max"])?.filter(|member| !member.is_null()) {
                let end = Some(seconds(&member)?);
                match member.name {
                    "min" => min = end,
                    _ => max = end,
                }
            }
            let lacks_end = Text::new(
                "`{name}` is missing; give both `min` and `max`",
                "缺少 `{name}`，`min` 和 `max` 都要填写",
            );
            let known = |end: Option<f64>, name| {
                end.ok_or_else(|| entry.flaw(lacks_end).with_text("name", name))
            };
            let (min, max) = (known(min, "min")?, known(max, "max")?);
            if min > max {
                return Err(entry.flaw(Text::new("`min` is above `max`", "`min` 大于 `max`")));
            }
            Ok(Length::Between { min: microseconds(min), max: microseconds(max) })
        }
        _ => Err(entry.is_not(Text::new(
            "a number or an object with `min` and `max`",
            "数字，或带 `min` 和 `max` 的对象",
        ))),
    }
}

fn seconds(entry: &Entry<'_>) -> Result<f64, Flaw> {
    let number = not_negative(entry)?;
    if number > f64::from(MAX_SECONDS) {
        let what = Text::new(
            "more than {max} seconds; is the value in milliseconds?",
            "超过 {max} 秒，是否误用了毫秒？请以秒为单位填写",
        );
        return Err(entry.flaw(what).with_text("max", MAX_SECONDS));
    }
    Ok(number)
}

fn not_negative(entry: &Entry<'_>) -> Result<f64, Flaw> {
    let number = entry.number()?;
    if !number.is_finite() {
        return Err(entry.flaw(Text::new("must be a finite number", "必须是有限的数字")));
    }
    if number < 0.0 {
        return Err(entry.flaw(Text::new("must not be negative", "不能为负数")));
    }
    // `abs` takes the sign off -0.0, which is not below zero.
    Ok(number.abs())
}

/// Reads a whole number. One beyond `u64` counts as the largest `u64`, which is above every limit anyway.
fn whole(entry: &Entry<'_>) -> Result<u64, Flaw> {
    let number = not_negative(entry)?;
    let whole = number as u64;
    if number < u64::MAX as f64 && whole as f64 != number {
        return Err(entry.flaw(Text::new("must be a whole number", "必须是整数")));
    }
    Ok(whole)
}

/// Rounds to the nearest microsecond, ties up. The argument was validated: it is not negative and at most [`MAX_SECONDS`].
///
/// A tie is what a person writes as one (`16.4083135`). So the border between two microseconds is converted to `f64` and
/// compared with the argument. Rounding the product instead would move some ties down, because the product is itself rounded.
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

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        length(&Entry::document(&node)).map_err(|flaw| D::Error::custom(FactsError(flaw)))
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Exact(length) => Number(Self::in_seconds(length)).serialize(serializer),
            Self::Between { min, max } => {
                #[derive(Serialize)]
                struct Ends {
                    min: Number,
                    max: Number,
                }
                let [min, max] = [min, max].map(|end| Number(Self::in_seconds(end)));
                Ends { min, max }.serialize(serializer)
            }
        }
    }
}

#[cfg(test)]
mod tests;
