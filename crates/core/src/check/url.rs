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

    /// The parts of a URL as nearly all are: `https://`, the name of a public host, a path of visible ASCII. Such a
    /// one is not broken. `None` says nothing: then [`Url::split`] and the other questions have the answer.
    pub fn ordinary(text: &'u str) -> Option<Self> {
        let after = text.strip_prefix("https://")?;
        let mut dot = None;
        let mut end = after.len();
        for (at, byte) in after.bytes().enumerate() {
            match HOST_BYTES[usize::from(byte)] {
                HostByte::Plain => {}
                HostByte::Dot => dot = Some(at),
                HostByte::None => {
                    end = at;
                    break;
                }
            }
        }
        let (host, rest) = after.split_at(end);
        // A host that ends in a digit may be an address, and one that ends in a dot is read without it.
        let is_ordinary = host.as_bytes().last().is_some_and(u8::is_ascii_alphabetic)
            && matches!(rest.as_bytes().first(), None | Some(b'/' | b'?' | b'#'))
            && dot.is_some_and(|dot| !is_local(&host[dot + 1..]))
            && is_visible_ascii(text);
        is_ordinary.then_some(Self {
            scheme: Some("https"),
            authority: Some(host),
            rest,
        })
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
        if endings.is_empty() {
            return None;
        }
        let path = &self.rest[..find(self.rest, |byte| matches!(byte, b'?' | b'#'))];
        let dot = path.bytes().rposition(|byte| byte == b'.')?;
        let ending = &path[dot + 1..];
        endings
            .iter()
            .copied()
            .find(|known| known.eq_ignore_ascii_case(ending))
    }
}

/// Whether the text holds white space or control characters anywhere.
pub(crate) fn has_white_space(text: &str) -> bool {
    // Visible ASCII, as nearly every URL is, needs no look at Unicode.
    !is_visible_ascii(text)
        && text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
}

fn is_visible_ascii(text: &str) -> bool {
    let bytes = text.as_bytes();
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
            Self::Name(name) => is_public_name(name),
        }
    }
}

fn is_public_name(name: &str) -> bool {
    let dot = name.bytes().rposition(|byte| byte == b'.');
    dot.is_some_and(|dot| !is_local(&name[dot + 1..]))
}

fn is_local(last_label: &str) -> bool {
    LOCAL_ENDINGS
        .iter()
        .any(|local| local.eq_ignore_ascii_case(last_label))
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

/// What a byte is in an ordinary host's name.
#[derive(Clone, Copy)]
enum HostByte {
    None,
    Plain,
    Dot,
}

/// Looked up, because every byte of every URL's host comes by here.
static HOST_BYTES: [HostByte; 256] = {
    let mut kinds = [HostByte::None; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            kinds[byte as usize] = HostByte::Plain;
        }
        byte += 1;
    }
    kinds[b'.' as usize] = HostByte::Dot;
    kinds
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
    fn an_ordinary_url_is_seen_at_once() {
        for url in [
            "https://example.com/a.jpg",
            "https://a-1.example.com",
            "https://EXAMPLE.com?x=/#y",
        ] {
            assert_eq!(Url::ordinary(url), Some(Url::split(url)), "{url}");
        }
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

        /// Whatever is taken for ordinary has the same parts the long way, and nothing can be said against it.
        #[test]
        fn what_is_ordinary_is_so_the_long_way(
            head in "(https://|https:/|HTTPS://|http://|asset://|https://[a-z]{1,3}@)",
            host in "([a-zA-Z0-9.:-]{0,12}|\\[::1\\]|10\\.0\\.0\\.[0-9]|(?i)[a-z]{0,3}\\.?(localhost|local|internal|com)\\.?)",
            tail in "([/?#:@][ -~]{0,10}|[/?#]?\\PC{0,4}[\u{0}-\u{20}\u{7f}\u{a0}]?)",
        ) {
            let text = head + &host + &tail;
            if let Some(url) = Url::ordinary(&text) {
                prop_assert_eq!(url, Url::split(&text));
                prop_assert!(!has_white_space(&text));
                prop_assert!(url.host().is_ok_and(|host| host.is_public()));
            }
        }
    }
}
