//! The companion as its clients see it: over real sockets, against a gateway that can misbehave.

mod create;
mod create_faults;
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
mod tls;
