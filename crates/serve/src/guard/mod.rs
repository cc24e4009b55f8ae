//! Who may ask, with which key, and up to which price.

pub(crate) mod cap;
pub(crate) mod fields;
pub(crate) mod gate;
pub(crate) mod key;
pub(crate) mod redact;
pub(crate) mod session;
