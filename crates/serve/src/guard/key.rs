//! Secrets, and the one that matters most: the API key, which is read once.

use std::fmt;
use std::path::Path;

use axum::body::Bytes;
use axum::http::HeaderValue;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::redact;
use crate::error::ServeError;
use crate::privacy;

/// The environment variable that holds the key when no key file is named.
pub(crate) const KEY_VARIABLE: &str = "JIMMYAI_API_KEY";

const MAX_KEY_BYTES: usize = 512;
/// What replaces the key in texts that repeat it.
const REDACTED: &[u8] = b"[key]";

/// A bearer token: the companion's own key, or the one that a script sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiKey(Secret);

impl ApiKey {
    /// Parses a key, ignoring white space around it: at most 512 visible ASCII characters, without quotes and backslashes.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let key = text.trim_ascii();
        let fits = !key.is_empty() && key.len() <= MAX_KEY_BYTES;
        // No quotes and backslashes: `redact` recognises all other characters however JSON spells them.
        let plain =
            key.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'));
        (fits && plain).then(|| Self(Secret::new(key.to_owned())))
    }

    /// The token of an `Authorization: Bearer …` header.
    pub(crate) fn from_authorization(header: &str) -> Option<Self> {
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Self::new(token))?
    }

    /// The `Authorization` header for the API; its bytes are wiped when it is dropped.
    #[expect(clippy::expect_used, reason = "`new` takes visible ASCII alone")]
    pub(crate) fn to_authorization(&self) -> HeaderValue {
        let text = Zeroizing::new(format!("Bearer {}", self.0.reveal()).into_bytes());
        let text = Bytes::from_owner(text);
        let mut header = HeaderValue::from_maybe_shared(text).expect("visible ASCII");
        header.set_sensitive(true);
        header
    }

    /// Replaces the key in these bytes, in every spelling that `redact` knows.
    pub(crate) fn redact(&self, bytes: &[u8]) -> Vec<u8> {
        redact::whole(bytes, self.0.reveal(), REDACTED)
    }

    /// 32 bits of the key's hash: enough to tell keys apart in the journal, too few to reveal one.
    pub(crate) fn fingerprint(&self) -> String {
        let digest = Sha256::new_with_prefix("seedance-preflight key ")
            .chain_update(self.0.reveal())
            .finalize();
        format!("{digest:.8x}")
    }
}

/// Reads the key from the file named on the command line, else from the environment; `None` when there is neither.
pub(crate) fn read(file: Option<&Path>) -> Result<Option<ApiKey>, ServeError> {
    if let Some(path) = file {
        let text = privacy::read(path, MAX_KEY_BYTES * 2)?;
        return ApiKey::new(&text).ok_or_else(|| no_key(&path.display())).map(Some);
    }
    let Some(value) = std::env::var_os(KEY_VARIABLE) else {
        return Ok(None);
    };
    let text = Zeroizing::new(value.into_string().map_err(|_| no_key(&KEY_VARIABLE))?);
    if text.trim().is_empty() {
        return Ok(None);
    }
    ApiKey::new(&text).ok_or_else(|| no_key(&KEY_VARIABLE)).map(Some)
}

/// The text is not repeated, because it may be a key with a typing error.
fn no_key(place: &dyn fmt::Display) -> ServeError {
    ServeError::new(words!(
        "{place} does not contain an API key: expected one line of at most {MAX_KEY_BYTES} visible ASCII characters",
        "{place} 中没有 API 密钥：应为一行，最多 {MAX_KEY_BYTES} 个可见的 ASCII 字符"
    ))
}

/// A text that nobody but its owner may learn: never shown, compared in constant time so that timing does not tell where texts
/// differ, and wiped from memory when dropped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(super) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, to be sent to its owner.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn equals(&self, other: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(other).into()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other.0.as_bytes())
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_hold_the_key() {
        let key = ApiKey::new("sk_CANARY").unwrap();
        assert_eq!(format!("{key:?}"), "ApiKey([redacted])");
        assert!(!format!("{:?}", key.to_authorization()).contains("CANARY"));
    }

    #[test]
    fn texts_that_cannot_be_keys_are_refused() {
        for text in
            ["", " \n", "two words", "sk_\u{e9}", "line\nbreak", "a\"b", "a\\b", &"k".repeat(513)]
        {
            assert!(ApiKey::new(text).is_none(), "{text:?}");
        }
        assert!(ApiKey::new(" sk_x\r\n").is_some());
    }

    #[test]
    fn a_bearer_header_gives_its_token() {
        let key = ApiKey::from_authorization;
        assert_eq!(key("bearer sk_x").unwrap().to_authorization(), "Bearer sk_x");
        for other in ["Basic c2s=", "Bearer", "Bearer ", "Bearer a b", "sk_x"] {
            assert!(key(other).is_none(), "{other}");
        }
    }

    #[test]
    fn an_answer_that_repeats_the_key_loses_it() {
        let key = ApiKey::new("sk_CANARY").unwrap();
        assert_eq!(key.redact(b"a sk_CANARY b sk_CANARYsk_CANARY"), b"a [key] b [key][key]");
        assert_eq!(key.redact(b"sk_CANAR"), b"sk_CANAR");
    }

    #[test]
    fn an_answer_that_spells_the_key_as_json_may_loses_it_too() {
        let key = ApiKey::new("sk/CANARY+&1").unwrap();
        for spelled in [
            r"sk\/CANARY+&1",
            r"sk/CANARY\u002b\u00261",
            r"sk\u002fCANARY\u002B&1",
            r"\u0073\u006b\u002F\u0043\u0041\u004e\u0041\u0052\u0059\u002b\u0026\u0031",
            // A JSON text within a JSON string.
            r"sk\\/CANARY\\u002b&1",
            r"\\\\u0073k\\\\/CANARY+&1",
        ] {
            let answer = format!(r#"{{"a":"{spelled}","b":"\u00e9 {spelled}"}}"#);
            let kept = key.redact(answer.as_bytes());
            assert_eq!(
                String::from_utf8(kept).unwrap(),
                r#"{"a":"[key]","b":"\u00e9 [key]"}"#,
                "{spelled}"
            );
        }
        for other in [
            r"sk\u002fCANARY\u002b\u00271",
            r"sk\u012fCANARY+&1",
            r"sk\u+02fCANARY+&1",
            r"s\k/CANARY+&1",
            r"sk\/CANARY+\u00",
            r"sk\",
        ] {
            assert_eq!(key.redact(other.as_bytes()), other.as_bytes(), "{other}");
        }
    }

    /// A megabyte is the longest answer that is kept.
    #[test]
    fn an_answer_made_to_be_slow_is_not() {
        let key = ApiKey::new("sk_CANARY").unwrap();
        let answer = "\\".repeat(1024 * 1024).into_bytes();
        assert_eq!(key.redact(&answer), answer);
    }
}
