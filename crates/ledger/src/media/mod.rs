//! Media facts about reference videos: measured in MP4 and MOV files, or taken from the output of ffprobe.

mod ffprobe;

use std::io::{self, Read, Seek, SeekFrom};

use itertools::Itertools;
use mp4parse::{MediaContext, Track, TrackType};
use seedance_core::{Length, MAX_SECONDS, MediaFacts};
use serde::Serialize;

pub use self::ffprobe::from_ffprobe;
use self::ffprobe::thousandths;
use crate::problem::Problem;

/// At most this many bytes of an index are read; that of a reference clip is far smaller.
const MOST_BYTES: u64 = 64 << 20;
/// The length of a box header with a 64-bit size.
const HEAD_BYTES: u64 = 16;

/// Reads length, dimensions and frame rate from the boxes of an MP4 or MOV file, without decoding it. Values that the boxes lack
/// stay unknown, such as the length of a live recording.
///
/// # Errors
/// When the file is not MP4 or MOV, its index is missing or damaged, or reading fails.
pub fn measure(mut file: impl Read + Seek) -> Result<MediaFacts, Problem> {
    let bytes = file.seek(SeekFrom::End(0))?;
    let mut at = 0;
    loop {
        let mut head = Vec::new();
        file.seek(SeekFrom::Start(at))?;
        file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
        match Search::step(&head, at, bytes)? {
            Search::Next(next) => at = next,
            Search::Index(size) => {
                file.seek(SeekFrom::Start(at))?;
                return measure_index(&mut file.take(size), bytes);
            }
        }
    }
}

/// Like [`measure`], but from the index alone, which [`Search`] finds: for callers that read asynchronously. `bytes` is the
/// size of the file.
///
/// # Errors
/// When the index is damaged.
pub fn measure_index(index: &mut impl Read, bytes: u64) -> Result<MediaFacts, Problem> {
    let index = mp4parse::read_mp4(index).map_err(|_| {
        problem!("the file's index (`moov`) is damaged", "文件的索引（`moov`）已损坏")
    })?;
    let mut facts = facts(&index);
    facts.bytes = Some(bytes);
    Ok(facts)
}

/// The result of one step in the search for a file's index, the box `moov`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Search {
    /// The index was not found yet; the next box begins at this offset.
    Next(u64),
    /// The current box is the index; this many of its bytes are to be read.
    Index(u64),
}

impl Search {
    /// Looks at the box that begins at the offset `at`. `head` has its first 16 bytes, or fewer at the end of the file; `bytes`
    /// is the size of the file.
    ///
    /// # Errors
    /// When the file is not MP4 or MOV, or ends before its index does.
    pub fn step(head: &[u8], at: u64, bytes: u64) -> Result<Self, Problem> {
        /// The boxes that real files begin with.
        const KNOWN: [&[u8; 4]; 9] =
            [b"ftyp", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"sidx", b"uuid"];
        let (short, rest) = head.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let (name, rest) = rest.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let is_index = name == b"moov";
        if at == 0 && !is_index && !KNOWN.contains(&name) {
            return Err(problem!("not an MP4 or MOV file", "不是 MP4 或 MOV 文件"));
        }
        let size = match (u32::from_be_bytes(*short), rest.first_chunk()) {
            (0, _) => bytes.saturating_sub(at),
            (1, Some(long)) => u64::from_be_bytes(*long),
            (size, _) => size.into(),
        };
        let end = at.saturating_add(size.max(8));
        match is_index && end <= bytes {
            true => Ok(Self::Index(size.min(MOST_BYTES))),
            false if end < bytes => Ok(Self::Next(end)),
            false => Err(problem!(
                "the file is incomplete: it ends before its index (`moov`)",
                "文件不完整：缺少索引（`moov`）"
            )),
        }
    }
}

/// Reads the facts from an index. The length is that of the longest enabled video track, or in a file without one of the longest
/// audio track, with edit lists applied.
fn facts(index: &MediaContext) -> MediaFacts {
    let mut facts = MediaFacts::default();
    let plays = |track: &&Track| track.tkhd.as_ref().is_some_and(|head| !head.disabled);
    let of_type = |kind: TrackType| {
        index.tracks.iter().filter(plays).filter(|track| track.track_type == kind).collect_vec()
    };
    let seen = of_type(TrackType::Video);
    let measured = if seen.is_empty() { &of_type(TrackType::Audio) } else { &seen };
    let lengths: Option<Vec<u64>> = measured.iter().map(|track| micros(track, index)).collect();
    let longest = lengths.and_then(|lengths| lengths.into_iter().max());
    facts.length = longest.filter(|length| *length > 0).map(Length::Exact);
    let Some(track) = seen.first() else {
        return facts;
    };
    if let Some(head) = track.tkhd.as_ref().filter(|head| head.width >> 16 > 0) {
        let size = [head.width, head.height].map(|fixed| Some(u64::from(fixed >> 16)));
        // Phones record upright video sideways, with a matrix that rotates it by 90°.
        let is_turned = head.matrix.a == 0 && head.matrix.d == 0;
        [facts.width, facts.height] = if is_turned { [size[1], size[0]] } else { size };
    }
    facts.frame_rate = frame_rate(track);
    facts
}

/// The length of a track in microseconds; `None` if the file does not tell, or it is longer than a length may be.
fn micros(track: &Track, index: &MediaContext) -> Option<u64> {
    let of = |ticks: u64, a_second: u64| {
        let micros = u128::from(ticks) * u128::from(Length::SECOND);
        let length = u64::try_from(micros.checked_div(a_second.into())?).ok()?;
        (length <= u64::from(MAX_SECONDS) * Length::SECOND).then_some(length)
    };
    let movie = index.timescale.as_ref()?.0;
    let edited = track.tkhd.as_ref()?.duration;
    if edited > 0 {
        return of(edited, movie).filter(|_| edited != u64::from(u32::MAX));
    }
    // In a fragmented file the tracks have no samples of their own; `mehd` has the length.
    let fragments = index.mvex.as_ref().and_then(|it| it.fragment_duration.as_ref());
    match (fragments, &track.duration) {
        (Some(whole), _) => of(whole.0, movie),
        (None, Some(own)) if own.0 > 0 => of(own.0, track.timescale.as_ref()?.0),
        _ => None,
    }
}

/// The average frame rate: the number of frames divided by their duration.
fn frame_rate(track: &Track) -> Option<f64> {
    let frames = track.stts.as_ref()?.samples.iter();
    let (mut count, mut ticks) = (0_u64, 0_u64);
    for run in frames {
        count += u64::from(run.sample_count);
        ticks = ticks.checked_add(u64::from(run.sample_count) * u64::from(run.sample_delta))?;
    }
    let a_second = track.timescale.as_ref()?.0;
    (count > 1 && ticks > 0).then(|| thousandths(count as f64 * a_second as f64 / ticks as f64))
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        problem!("cannot be read: {error}", "无法读取：{error}")
    }
}

#[cfg(test)]
mod tests;
