//! URLs as nearly all are, seen at once, eight bytes at a time: against them nothing can be said. What is not plain is looked at by
//! the rules.

use super::url::{LOCAL_ENDINGS, ending};

/// Whether this is a URL as nearly all are, against which nothing can be said: `https://`, the name of a public host in
/// small letters, a path of visible ASCII, and none of these file endings. `false` says nothing: then [`Url`] has the answer.
#[inline(always)]
pub(super) fn is_plain(text: &str, refused_endings: &'static [&'static str]) -> bool {
    let Some(after) = text.as_bytes().strip_prefix(b"https://") else {
        return false;
    };
    let (host, path) = after.split_at(plain_host_len(after));
    matches!(path.first(), None | Some(b'/'))
        && is_plain_host(host)
        && is_visible_ascii(path)
        && (refused_endings.is_empty() || ending(path, refused_endings).is_none())
}

/// The same of `asset://` with an id of visible ASCII.
pub(super) fn is_plain_asset(text: &str, refused_endings: &'static [&'static str]) -> bool {
    let Some(after) = text.as_bytes().strip_prefix(b"asset://") else {
        return false;
    };
    !matches!(after.first(), None | Some(b'/' | b'?' | b'#'))
        && is_visible_ascii(after)
        && refused_endings.is_empty()
}

/// Whether an ordinary host's name is that of a public host, as its last eight bytes tell.
#[inline(always)]
fn is_plain_host(name: &[u8]) -> bool {
    let Some(end) = name.last_chunk() else {
        return false;
    };
    let end = u64::from_le_bytes(*end);
    // A name that ends in a digit may be an address, and one that ends in a dot is read without it.
    name.last().is_some_and(u8::is_ascii_lowercase) && equal(end, b'.') != 0 && !seems_local(name)
}

/// Whether a name in small letters may have one of these endings; most differ in the last letter.
fn seems_local(name: &[u8]) -> bool {
    let is = |ending: &&str| name.ends_with(ending.as_bytes());
    let last = name.last().map_or(0, |last| 1 << (last % 32));
    LAST_LETTERS & last != 0 && LOCAL_ENDINGS.iter().any(is)
}

/// The last letters of [`LOCAL_ENDINGS`], a bit each.
const LAST_LETTERS: u32 = {
    let (mut letters, mut index) = (0, 0);
    while index < LOCAL_ENDINGS.len() {
        if let Some(last) = LOCAL_ENDINGS[index].as_bytes().last() {
            letters |= 1 << (*last % 32);
        }
        index += 1;
    }
    letters
};

/// How many bytes there are of an ordinary host's name: small letters, digits, `-` and `.`.
#[inline]
fn plain_host_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let others = not_in_host(*word);
        if others != 0 {
            return bytes.len() - rest.len() + others.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let is_in = |byte: &&u8| not_in_host([**byte; 8]) == 0;
    bytes.len() - rest.len() + rest.iter().take_while(is_in).count()
}

/// Whether every byte is visible ASCII.
pub(super) fn is_visible_ascii(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        if !is_visible_word(*word) {
            return false;
        }
        rest = after;
    }
    match bytes.last_chunk() {
        // The last eight bytes overlap those before.
        Some(last) => rest.is_empty() || is_visible_word(*last),
        None => rest.iter().all(u8::is_ascii_graphic),
    }
}

/// The highest bit of each byte of eight that is none of an ordinary host's name.
const fn not_in_host(word: [u8; 8]) -> u64 {
    let word = u64::from_le_bytes(word);
    let low = word & !HIGHS;
    let is_letter = at_least(low, b'a') & !at_least(low, b'z' + 1);
    let is_digit_or_mark = at_least(low, b'-') & !at_least(low, b'9' + 1);
    !(is_letter | is_digit_or_mark & !equal(low, b'/')) & HIGHS | word & HIGHS
}

/// Whether each byte of eight is visible ASCII, 0x21 to 0x7E.
const fn is_visible_word(word: [u8; 8]) -> bool {
    let word = u64::from_le_bytes(word);
    let low = word & !HIGHS;
    (at_least(low, 0x21) & !at_least(low, 0x7F) & !word) & HIGHS == HIGHS
}

const ONES: u64 = u64::MAX / 0xFF;
const HIGHS: u64 = ONES * 0x80;

/// The highest bit of each byte of eight, all below 0x80, that is another.
const fn equal(bytes: u64, other: u8) -> u64 {
    let difference = bytes ^ ONES.wrapping_mul(other as u64);
    !at_least(difference, 1) & HIGHS
}

/// The highest bit of each byte of eight, all below 0x80, that is not below another.
const fn at_least(bytes: u64, least: u8) -> u64 {
    // None carries into the next.
    bytes.wrapping_add(ONES.wrapping_mul((0x80 - least) as u64))
}

#[cfg(test)]
mod tests {
    use super::super::url::{Url, has_white_space};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_url_is_seen_at_once() {
        for url in [
            "https://example.com/a.jpg",
            "https://a-1.example.com",
            "https://cdn.example.net/?x=/#y.gif",
        ] {
            assert!(is_plain(url, &["gif"]), "{url}");
        }
        assert!(!is_plain("https://example.com/a.GIF?x", &["gif"]));
        assert!(is_plain_asset("asset://asset-2026", &[]));
        for url in [
            "asset://",
            "asset:///a",
            "asset://?a",
            "asset://a b",
            "Asset://a",
        ] {
            assert!(!is_plain_asset(url, &[]), "{url}");
        }
    }

    #[test]
    fn eight_bytes_are_looked_at_as_one_by_one() {
        let is_in_host = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for other in [b'!', b'a', b'~', 0xFF] {
                    let mut word = [other; 8];
                    word[place] = byte;
                    let is_visible = other != 0xFF && byte.is_ascii_graphic();
                    assert_eq!(is_visible_word(word), is_visible);
                    let marks = not_in_host(word).to_le_bytes();
                    assert_eq!(marks[place] == 0, is_in_host(byte));
                    assert_eq!(marks[(place + 1) % 8] == 0, is_in_host(other));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is taken for plain has nothing against it the long way either.
        #[test]
        fn what_is_plain_is_so_the_long_way(
            head in "(https://|https:/|HTTPS://|http://|asset://|https://[a-z]{1,3}@)",
            host in "([a-zA-Z0-9.:-]{0,12}|[a-z0-9-]{1,4}\\.?[a-z]{1,4}\\.(com|net|local|internal|localhost)|\\[::1\\]|10\\.0\\.0\\.[0-9]|(?i)[a-z]{0,3}\\.?(localhost|local|internal|com)\\.?)",
            tail in "([/?#:@][ -~]{0,10}(\\.(?i)gif)?|[/?#]?\\PC{0,4}[\u{0}-\u{20}\u{7f}\u{a0}]?)",
        ) {
            let text = head + &host + &tail;
            if is_plain_asset(&text, &[]) {
                let url = Url::split(&text);
                prop_assert_eq!(url.scheme, Some("asset"));
                prop_assert!(!has_white_space(&text));
                prop_assert!(url.has_asset_id());
            }
            if is_plain(&text, &["gif"]) {
                let url = Url::split(&text);
                prop_assert_eq!(url.scheme, Some("https"));
                prop_assert!(!has_white_space(&text));
                prop_assert!(url.host().is_ok_and(|host| host.is_public()));
                prop_assert_eq!(url.ending(&["gif"]), None);
            }
        }
    }
}
