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
        let other_format = || problem!("not an MP4 or MOV file", "不是 MP4 或 MOV 文件");
        let cut_off = || {
            problem!(
                "the file is incomplete: it ends before its index (`moov`)",
                "文件不完整：缺少索引（`moov`）"
            )
        };
        let (short, rest) = head.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let (name, rest) = rest.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let is_index = name == b"moov";
        if at == 0 && !is_index && !KNOWN.contains(&name) {
            return Err(other_format());
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
            false => Err(cut_off()),
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
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A box with this name and content.
    fn made(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), name, content].concat()
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    const TURNED: [u32; 9] = [0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000];
    const UPRIGHT: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

    /// A track of 1280 × 720 pixels: `length` in milliseconds, each frame 1001 ticks long at 30000 ticks per second.
    fn track(flags: u32, kind: &[u8; 4], length: u32, frames: u32, matrix: [u32; 9]) -> Vec<u8> {
        let mut head = words(&[flags, 0, 0, 1, 0, length, 0, 0, 0, 0]);
        head.extend(words(&matrix));
        head.extend(words(&[1280 << 16, 720 << 16]));
        let media = words(&[0, 0, 0, 30_000, frames * 1001, 0]);
        let handler = [&words(&[0, 0])[..], kind, &[0; 13]].concat();
        let times = words(&[0, 1, frames, 1001]);
        let inner = made(b"minf", &made(b"stbl", &made(b"stts", &times)));
        let media = [made(b"mdhd", &media), made(b"hdlr", &handler), inner].concat();
        made(b"trak", &[made(b"tkhd", &head), made(b"mdia", &media)].concat())
    }

    fn movie(tracks: &[Vec<u8>], more: &[u8]) -> Vec<u8> {
        let mut head = words(&[0, 0, 0, 1000, 3504]);
        head.extend([0; 80]);
        let index = [made(b"mvhd", &head), tracks.concat(), more.to_vec()].concat();
        [made(b"ftyp", b"isom\0\0\0\0isom"), made(b"moov", &index)].concat()
    }

    fn facts(file: &[u8]) -> String {
        let facts = measure(Cursor::new(file)).map(|mut facts| {
            facts.bytes = None;
            facts
        });
        facts.map_or_else(|error| error.to_string(), |facts| serde_json::to_string(&facts).unwrap())
    }

    #[test]
    fn tracks_that_are_seen() {
        let seen = track(3, b"vide", 3504, 105, UPRIGHT);
        let measured = r#"{"seconds":3.504,"width":1280,"height":720,"frame_rate":29.97}"#;
        let off = track(2, b"vide", 9000, 1, TURNED);
        for others in [
            vec![],
            vec![track(3, b"sbtl", 9000, 3, TURNED)],
            vec![track(3, b"tmcd", 9000, 1, UPRIGHT)],
            vec![off],
        ] {
            let tracks = [others, vec![seen.clone()]].concat();
            assert_eq!(facts(&movie(&tracks, &[])), measured);
        }
        let turned = movie(&[track(3, b"vide", 3504, 105, TURNED)], &[]);
        assert!(facts(&turned).contains(r#""width":720,"height":1280"#));
        // The audio track of a video is often slightly longer; it counts where there is no other.
        let heard = track(3, b"soun", 3520, 0, UPRIGHT);
        assert_eq!(facts(&movie(&[heard.clone(), seen], &[])), measured);
        assert_eq!(facts(&movie(&[heard], &[])), r#"{"seconds":3.52}"#);
    }

    #[test]
    fn lengths_that_nobody_knows() {
        let live = movie(&[track(3, b"vide", u32::MAX, 0, UPRIGHT)], &[]);
        assert_eq!(facts(&live), r#"{"width":1280,"height":720}"#);
        let tracks = [track(3, b"vide", 0, 0, UPRIGHT)];
        assert_eq!(facts(&movie(&tracks, &[])), r#"{"width":1280,"height":720}"#);
        let fragments = made(b"mvex", &made(b"mehd", &words(&[0, 4200])));
        assert!(facts(&movie(&tracks, &fragments)).starts_with(r#"{"seconds":4.2,"#));
    }

    #[test]
    fn files_that_do_not_tell() {
        let whole = movie(&[track(3, b"vide", 3504, 105, UPRIGHT)], &[]);
        for (file, error) in [
            (&b""[..], "not an MP4 or MOV file"),
            (b"RIFF....AVI LIST", "not an MP4 or MOV file"),
            (
                &whole[..whole.len() - 9],
                "the file is incomplete: it ends before its index (`moov`)",
            ),
            (&whole[..16], "the file is incomplete: it ends before its index (`moov`)"),
            (&made(b"moov", &made(b"mvhd", &[1])), "the file's index (`moov`) is damaged"),
        ] {
            assert_eq!(facts(file), error);
        }
        // A box before the index may have a 64-bit size.
        let size = [&1_u32.to_be_bytes()[..], b"mdat", &24_u64.to_be_bytes(), &[0; 8]].concat();
        let (head, index) = whole.split_at(20);
        assert!(facts(&[head, &size, index].concat()).starts_with(r#"{"seconds":3.504,"#));
        // That size may be larger than any file.
        let endless = [&1_u32.to_be_bytes()[..], b"mdat", &[0xff; 8]].concat();
        assert_eq!(
            facts(&[head, &endless, index].concat()),
            "the file is incomplete: it ends before its index (`moov`)"
        );
    }
}
