//! Random bytes, and bytes in hexadecimal.

use zeroize::Zeroizing;

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

/// Two digits a byte, in lower case.
pub(crate) fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes
        .into_iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
