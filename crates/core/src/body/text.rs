//! Bodies of JSON text.

use core::str;

use seedance_json::{Fault, Reader};

use super::{Fields, Plain, Root, visit};
use crate::table::Field;

/// The deepest nesting of arrays and objects in JSON text, the body itself being level 1.
///
/// ```
/// use seedance_core::{Body, MAX_DEPTH};
/// let nested = |depth: usize| format!(r#"{{"x": {}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
/// assert!(Body::from(nested(MAX_DEPTH).as_str()).is_object());
/// assert!(!Body::from(nested(MAX_DEPTH + 1).as_str()).is_object());
/// ```
pub const MAX_DEPTH: usize = seedance_json::MAX_DEPTH;

pub(super) fn read_bytes(bytes: &[u8]) -> Root<'_> {
    match str::from_utf8(bytes) {
        Ok(text) => read(text),
        Err(fault) => {
            let fault = Fault {
                reason: "the text is not UTF-8",
                offset: fault.valid_up_to(),
            };
            not_json(fault, bytes)
        }
    }
}

pub(super) fn read(text: &str) -> Root<'_> {
    let mut plain = Plain::new(text);
    if plain.read() {
        return Root::Plain(plain);
    }
    let mut reader = Reader::new(text);
    let root = visit::root(&mut reader);
    match reader.end() {
        Ok(()) => root,
        Err(fault) => not_json(fault, text.as_bytes()),
    }
}

/// Reads an unknown field's value as if it stood in the field `field`.
pub(super) fn reread<'a>(value: &'a str, field: Field, fields: &mut Fields<'a>) {
    // The value was read in full before, so this cannot fail.
    visit::slot(&mut Reader::new(value), field, fields);
}

fn not_json(fault: Fault, text: &[u8]) -> Root<'static> {
    let (line, column) = fault.position(text);
    // Nobody sees it, so it is named.
    let is_marked = fault.offset == 0 && text.starts_with("\u{feff}".as_bytes());
    let reason = if is_marked {
        "the text begins with a byte-order mark"
    } else {
        fault.reason
    };
    Root::NotJson {
        line,
        column,
        reason: reason.into(),
    }
}
