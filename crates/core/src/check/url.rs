//! URLs, split as RFC 3986 does and judged by their text alone.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A URL's parts, as far as the rules look at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Url<'u> {
    pub scheme: Option<&'u str>,
    /// What stands between `//` and the path; `None` without `//`.
    pub authority: Option<&'u str>,
    /// The path, and the query and fragment behind it.
    rest: &'u str,
}

/// What makes a URL of an accepted scheme unusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Address,
    AssetId,
    Characters,
    Host,
}

impl Broken {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "bad-address",
            Self::AssetId => "no-asset-id",
            Self::Characters => "white-space",
            Self::Host => "no-host",
        }
    }
}

impl<'u> Url<'u> {
    pub fn split(text: &'u str) -> Self {
        let (scheme, rest) = match text
            .as_bytes()
            .iter()
            .position(|byte| !is_scheme_byte(*byte))
        {
            Some(end)
                if text.as_bytes()[end] == b':' && text.as_bytes()[0].is_ascii_alphabetic() =>
            {
                (Some(&text[..end]), &text[end + 1..])
            }
            _ => (None, text),
        };
        let (authority, rest) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, rest) =
                    rest.split_at(find(rest, |byte| matches!(byte, b'/' | b'?' | b'#')));
                (Some(authority), rest)
            }
            None => (None, rest),
        };
        Self {
            scheme,
            authority,
            rest,
        }
    }

    /// The host of an `https` URL.
    pub fn host(&self) -> Result<Host<'u>, Broken> {
        let authority = self.authority.unwrap_or("");
        let user = authority.bytes().rposition(|byte| byte == b'@');
        let host = user.map_or(authority, |user| &authority[user + 1..]);
        if let Some(bracketed) = host.strip_prefix('[') {
            let (address, port) = bracketed.split_once(']').ok_or(Broken::Address)?;
            let address: Ipv6Addr = address.parse().map_err(|_| Broken::Address)?;
            return if port.is_empty() || port.starts_with(':') {
                Ok(Host::Address(IpAddr::V6(address)))
            } else {
                Err(Broken::Address)
            };
        }
        match &host[..find(host, |byte| byte == b':')] {
            "" => Err(Broken::Host),
            name => Ok(Host::named(name)),
        }
    }

    /// Whether there is an id after `asset://`.
    pub fn has_asset_id(&self) -> bool {
        self.authority.is_some_and(|id| !id.is_empty())
    }

    /// The ending of the path among `endings` (in lower case).
    pub fn ending(&self, endings: &'static [&'static str]) -> Option<&'static str> {
        ending(self.rest.as_bytes(), endings)
    }
}

/// Whether this is a URL as nearly all are, against which nothing can be said: `https://`, the name of a public host,
/// then visible ASCII, and none of these file endings. `false` says nothing: then [`Url`] has the answer.
#[inline]
pub(crate) fn is_plain(text: &str, refused_endings: &'static [&'static str]) -> bool {
    let Some(after) = text.as_bytes().strip_prefix(b"https://") else {
        return false;
    };
    let in_host = |byte: &u8| IN_HOST[usize::from(*byte)];
    let end = after.iter().position(|byte| !in_host(byte));
    let (host, rest) = after.split_at(end.unwrap_or(after.len()));
    // A host that ends in a digit may be an address, and one that ends in a dot is read without it.
    host.last().is_some_and(u8::is_ascii_alphabetic)
        && matches!(rest.first(), None | Some(b'/' | b'?' | b'#'))
        && is_public_name(host)
        && is_visible_ascii(rest)
        && ending(rest, refused_endings).is_none()
}

/// The ending among `endings` of the path that these bytes begin with.
fn ending(rest: &[u8], endings: &'static [&'static str]) -> Option<&'static str> {
    if endings.is_empty() {
        return None;
    }
    let end = rest.iter().position(|byte| matches!(byte, b'?' | b'#'));
    let path = &rest[..end.unwrap_or(rest.len())];
    let dot = path.iter().rposition(|byte| *byte == b'.')?;
    let ending = &path[dot + 1..];
    let is = |known: &&str| known.as_bytes().eq_ignore_ascii_case(ending);
    endings.iter().copied().find(is)
}

/// Whether the text holds white space or control characters anywhere.
pub(crate) fn has_white_space(text: &str) -> bool {
    // Visible ASCII, as nearly every URL is, needs no look at Unicode.
    !is_visible_ascii(text.as_bytes())
        && text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
}

fn is_visible_ascii(bytes: &[u8]) -> bool {
    // The last eight bytes overlap those before.
    match bytes.last_chunk() {
        Some(last) => {
            let (words, _) = bytes.as_chunks();
            words.iter().all(is_visible_word) && is_visible_word(last)
        }
        None => bytes.iter().all(u8::is_ascii_graphic),
    }
}

/// Whether each byte of eight is visible ASCII, 0x21 to 0x7E.
const fn is_visible_word(word: &[u8; 8]) -> bool {
    let word = u64::from_le_bytes(*word);
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGHS: u64 = ONES * 0x80;
    // Of bytes below 0x80 none carries into the next: 0x7F + 1 and 0x21 + 0x5F are just the first to reach 0x80.
    let is_below_7f = (word | word.wrapping_add(ONES)) & HIGHS == 0;
    is_below_7f && word.wrapping_add(ONES * 0x5F) & HIGHS == HIGHS
}

/// A host: an address, or a name without one trailing dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host<'u> {
    Address(IpAddr),
    Name(&'u str),
}

impl<'u> Host<'u> {
    fn named(name: &'u str) -> Self {
        let name = name.strip_suffix('.').unwrap_or(name);
        // `Ipv4Addr` reads four decimal parts without leading zeros, and nothing else.
        let is_numeric = name.as_bytes().last().is_some_and(u8::is_ascii_digit);
        match is_numeric.then(|| name.parse()) {
            Some(Ok(address)) => Self::Address(IpAddr::V4(address)),
            _ => Self::Name(name),
        }
    }

    /// Whether it can be reached from the internet.
    pub fn is_public(&self) -> bool {
        match *self {
            Self::Address(IpAddr::V4(address)) => is_public_v4(address),
            Self::Address(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
                Some(address) => is_public_v4(address),
                None => is_public_v6(address),
            },
            Self::Name(name) => is_public_name(name.as_bytes()),
        }
    }
}

fn is_public_name(name: &[u8]) -> bool {
    let dot = name.iter().rposition(|byte| *byte == b'.');
    let is = |ending: &&str| {
        dot.is_some_and(|dot| ending.as_bytes().eq_ignore_ascii_case(&name[dot + 1..]))
    };
    dot.is_some() && !LOCAL_ENDINGS.iter().any(is)
}

/// Name endings that never resolve on the internet (RFC 6761 and common practice).
const LOCAL_ENDINGS: &[&str] = &["localhost", "local", "internal"];

const fn is_public_v4(address: Ipv4Addr) -> bool {
    !(address.is_unspecified()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local())
}

const fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_unspecified()
        || address.is_loopback()
        || address.is_unique_local()
        || address.is_unicast_link_local())
}

/// Where an ASCII byte of this kind first stands, or the end.
fn find(text: &str, is_it: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(is_it).unwrap_or(text.len())
}

/// The bytes of an ordinary host's name; looked up, because every byte of every URL's host comes by here.
static IN_HOST: [bool; 256] = {
    let mut is_in = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        is_in[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        byte += 1;
    }
    is_in
};

/// One byte of a scheme, of which the first is a letter.
const fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_url_is_seen_at_once() {
        for url in [
            "https://example.com/a.jpg",
            "https://a-1.example.com",
            "https://EXAMPLE.com?x=/#y.gif",
        ] {
            assert!(is_plain(url, &["gif"]), "{url}");
        }
        assert!(!is_plain("https://example.com/a.GIF?x", &["gif"]));
    }

    #[test]
    fn eight_bytes_are_looked_at_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for other in [b'!', b'a', b'~'] {
                    let mut word = [other; 8];
                    word[place] = byte;
                    assert_eq!(is_visible_word(&word), byte.is_ascii_graphic());
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
            host in "([a-zA-Z0-9.:-]{0,12}|\\[::1\\]|10\\.0\\.0\\.[0-9]|(?i)[a-z]{0,3}\\.?(localhost|local|internal|com)\\.?)",
            tail in "([/?#:@][ -~]{0,10}(\\.(?i)gif)?|[/?#]?\\PC{0,4}[\u{0}-\u{20}\u{7f}\u{a0}]?)",
        ) {
            let text = head + &host + &tail;
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
