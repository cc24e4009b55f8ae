//! What the companion makes itself: JSON, headers, random bytes and hexadecimal.

use axum::http::HeaderValue;
use serde::Serialize;
use zeroize::Zeroizing;

/// The JSON of a value of one of the companion's or the core's own types.
#[expect(
    clippy::expect_used,
    reason = "serde_json fails at keys that are no strings and at what a type itself refuses; none of these has either"
)]
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}

/// So many bytes that nobody can guess.
#[expect(
    clippy::expect_used,
    reason = "a system that gives no random bytes gives no secrets, and none can be made up"
)]
pub(crate) fn random<const LENGTH: usize>() -> Zeroizing<[u8; LENGTH]> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).expect("the system gives random bytes");
    bytes
}

/// The same in hexadecimal.
pub(crate) fn random_hex<const LENGTH: usize>() -> String {
    hex(*random::<LENGTH>())
}

/// A header that is made of the companion's own words, names, numbers and hexadecimal.
#[expect(clippy::expect_used, reason = "all that comes here is visible ASCII")]
pub(crate) fn plain_header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("visible ASCII")
}

/// Two digits a byte, in lower case.
pub(crate) fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}
