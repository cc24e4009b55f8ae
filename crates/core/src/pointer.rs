//! JSON Pointers (RFC 6901).

use alloc::string::String;

use crate::number;

/// Appends a reference token, escaped.
pub(crate) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The pointer of a member of the top level.
pub(crate) fn member(name: &str) -> String {
    let mut pointer = String::new();
    push(&mut pointer, name);
    pointer
}

/// The reference token of an array index.
pub(crate) fn index(index: usize) -> String {
    number::of_count(index)
}
