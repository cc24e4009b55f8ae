//! What stands for itself in a JSON string, found eight bytes at a time.

/// How many bytes there are before the first that is a quote, a backslash or a control character.
///
/// ```
/// assert_eq!(seedance_flat::plain_len(b"fox\"\n"), 3);
/// ```
#[inline]
#[must_use]
pub fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let marks = marks(*word);
        if marks != 0 {
            return bytes.len() - rest.len() + marks.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let is_marked = |byte: &u8| matches!(byte, 0..=0x1f | b'"' | b'\\');
    match bytes.last_chunk() {
        // The last eight bytes overlap those before.
        Some(last) if marks(*last) == 0 => bytes.len(),
        _ => bytes.len() - rest.len() + rest.iter().position(is_marked).unwrap_or(rest.len()),
    }
}

/// The highest bit of the first byte that is looked for (Mycroft's trick); bytes after it may be marked wrongly.
const fn marks(word: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let word = u64::from_le_bytes(word);
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20);
    // What is below 0x80 becomes at least that only by a borrow: from itself, or from an earlier byte that is looked for.
    (control | quote.wrapping_sub(ONES) | backslash.wrapping_sub(ONES)) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn eight_bytes_are_looked_at_as_one_by_one(
            bytes in proptest::collection::vec(prop_oneof![
                4 => 0x20_u8..=0xff,
                1 => prop_oneof![Just(b'"'), Just(b'\\'), Just(0x1f_u8), Just(0x20_u8), Just(0xa2_u8), Just(0xdc_u8), any::<u8>()],
            ], 0..40),
        ) {
            let is_marked = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            prop_assert_eq!(plain_len(&bytes), bytes.iter().position(is_marked).unwrap_or(bytes.len()));
        }
    }
}
