//! What an attempt to create a task is called, and by what its draft is recognised.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Builder;
use uuid::fmt::Hyphenated;

use crate::text::random;

/// The client's own name for one press of Send: a UUID in the form that has hyphens, read in either case.
pub(crate) type AttemptId = Hyphenated;

/// A name for an attempt whose client gave none.
pub(crate) fn random_id() -> AttemptId {
    Builder::from_random_bytes(*random()).into_uuid().into()
}

/// A name for what a client calls by an `Idempotency-Key` of its own making, told apart by whose it is.
pub(crate) fn id_of_idempotency_key(key: &str, caller: &str) -> AttemptId {
    let digest = Sha256::new_with_prefix(caller).chain_update(" ").chain_update(key).finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, of_digest)| *byte = of_digest);
    // Version 8 of RFC 9562 is free for this.
    Builder::from_custom_bytes(bytes).into_uuid().into()
}

/// What the journal keeps of a draft: enough to recognise it, nothing to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct DraftHash(String);

impl DraftHash {
    pub(crate) fn of(body: &[u8]) -> Self {
        Self(format!("sha256:{:x}", Sha256::digest(body)))
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
    fn a_draft_hash_is_the_sha_256_of_the_very_bytes() {
        let hash = serde_json::to_string(&DraftHash::of(b"abc")).unwrap();
        assert_eq!(
            hash,
            "\"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""
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
