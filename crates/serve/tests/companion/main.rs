//! The companion as its clients see it: over real sockets, against a gateway that can misbehave.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

#[cfg(target_os = "linux")]
mod alone;
mod charges;
mod create;
mod create_faults;
#[cfg(target_os = "linux")]
mod crowd;
mod damaged;
mod gate;
mod guard;
mod hostile;
mod in_words;
mod journal_file;
mod late;
mod pass_on;
mod price_cap;
mod process;
mod repeats;
mod save;
mod secrecy;
mod session;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod terms;
mod tls;
