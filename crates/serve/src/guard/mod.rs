//! Who may ask, with which key, how much at once, and up to which price.

pub(crate) mod cap;
pub(crate) mod checks;
pub(crate) mod fields;
pub(crate) mod gate;
pub(crate) mod key;
pub(crate) mod own_name;
pub(crate) mod redact;
pub(crate) mod seats;
pub(crate) mod session;
