//! The IDs of attempts to create a task, and what tells whether two of them send the same.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Builder;
use uuid::fmt::Hyphenated;

use crate::text::random;

/// The ID of one attempt to create a task, such as one press of Send: a hyphenated UUID, parsed in either case.
pub(crate) type AttemptId = Hyphenated;

/// A fresh ID, for an attempt whose client sent none.
pub(crate) fn random_id() -> AttemptId {
    Builder::from_random_bytes(*random()).into_uuid().into()
}

/// The ID for an `Idempotency-Key` that is not a UUID. It depends on the caller too, so two callers can use the same key.
pub(crate) fn id_of_idempotency_key(key: &str, caller: &str) -> AttemptId {
    let digest = Sha256::new_with_prefix(caller).chain_update(" ").chain_update(key).finalize();
    let bytes = digest.first_chunk().copied().unwrap_or_default();
    // RFC 9562 reserves version 8 for UUIDs with contents of one's own.
    Builder::from_custom_bytes(bytes).into_uuid().into()
}

/// What an attempt sends, and with which key: enough to recognise both, not to read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    /// The hash of the request body.
    #[serde(rename = "draft")]
    pub(crate) body: String,
    /// The first bits of the hash of the key.
    #[serde(rename = "caller", default)]
    pub(crate) key: String,
}

impl Fingerprint {
    pub(crate) fn new(body: &[u8], key: String) -> Self {
        Self { body: format!("sha256:{:x}", Sha256::digest(body)), key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempt_ids_are_uuids_in_either_case() {
        let id: AttemptId = "0F8FAD5B-D9CB-469F-A165-70867728950E".parse().unwrap();
        assert_eq!(id.to_string(), "0f8fad5b-d9cb-469f-a165-70867728950e");
        for bad in [
            "",
            "0f8fad5b",
            "0f8fad5bd9cb469fa16570867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950g",
            "0f8fad5b-d9cb-469f-a165-70867728950e-",
        ] {
            assert!(bad.parse::<AttemptId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn random_attempt_ids_are_attempt_ids() {
        let id = random_id();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_ne!(id, random_id());
    }

    #[test]
    fn a_body_is_known_by_the_sha_256_of_its_very_bytes() {
        assert_eq!(
            Fingerprint::new(b"abc", String::new()).body,
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn an_idempotency_key_names_one_attempt_of_one_caller() {
        let id = id_of_idempotency_key("order 1", "a");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id, id_of_idempotency_key("order 1", "a"));
        assert_ne!(id, id_of_idempotency_key("order 1", "b"));
        assert_ne!(id, id_of_idempotency_key("order 2", "a"));
    }
}
