//! Helpers for texts: messages in two languages, JSON, headers, and random bytes in hexadecimal.

use axum::http::HeaderValue;
use seedance_core::Lang;
use serde::Serialize;
use zeroize::Zeroizing;

/// The media type of what the API and the companion say.
pub(crate) const JSON: &str = "application/json";

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Words {
    pub(crate) en: String,
    pub(crate) zh: String,
}

impl Words {
    pub(crate) fn pick(self, lang: Lang) -> String {
        lang.pick(self.en, self.zh)
    }
}

/// [`Words`] from two format strings, which capture variables in scope.
macro_rules! words {
    ($en:literal, $zh:literal) => {
        $crate::text::Words { en: format!($en), zh: format!($zh) }
    };
}

/// The JSON text of a value whose type is the companion's or the core's own.
#[expect(
    clippy::expect_used,
    reason = "serde_json fails only if a map's key is not a string or a type refuses; these types have neither"
)]
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}

/// Random bytes from the system, fit for secrets.
#[expect(
    clippy::expect_used,
    reason = "without random bytes from the system there can be no secrets"
)]
pub(crate) fn random<const LENGTH: usize>() -> Zeroizing<[u8; LENGTH]> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).expect("the system gives random bytes");
    bytes
}

pub(crate) fn random_hex<const LENGTH: usize>() -> String {
    random::<LENGTH>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A header value from a text that is known to be visible ASCII.
#[expect(clippy::expect_used, reason = "all callers pass visible ASCII")]
pub(crate) fn plain_header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("visible ASCII")
}
