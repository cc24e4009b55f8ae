//! JSON Pointers (RFC 6901).

use alloc::string::String;

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

/// The pointer to a top-level member.
pub(crate) fn member(name: &str) -> String {
    let mut pointer = String::with_capacity(1 + name.len());
    push(&mut pointer, name);
    pointer
}
