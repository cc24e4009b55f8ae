//! Access and limits: who may send requests, with which key, how many at once, and up to which price.

pub(crate) mod cap;
pub(crate) mod gate;
pub(crate) mod key;
pub(crate) mod own_name;
pub(crate) mod redact;
pub(crate) mod seats;
pub(crate) mod session;
