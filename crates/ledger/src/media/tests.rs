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
        (&whole[..whole.len() - 9], "the file is incomplete: it ends before its index (`moov`)"),
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
