//! The companion of the Seedance form, `seedance serve`.
//!
//! It serves the page and passes the page's calls on to the API, both on one loopback origin: the key stays here, the
//! page needs no CORS, and nothing is sent that the core refuses. Any other client of the API can use it as its base URL.
//!
//! A create request is checked with the core, priced against `--max-cost`, written to the journal, and sent once, byte for byte
//! as it was checked. How it ended is journalled and answered; the same attempt again gets the same answer.
//!
//! The page gets in with the two secrets that a one-time link was traded for, a cookie and a token, and its calls go out with the
//! companion's key. Scripts get in with their own bearer token, on the API's paths alone, and only if no browser's page is behind
//! them. Nobody else does, and nobody by another host name than the companion's own.
//!
//! The crate's README says what each request meets with, and what stays on disk; `docs/security.md` lists what is promised, how
//! much is served at once, and which test holds each promise.

#[macro_use]
mod text;

mod attempt;
mod error;
mod guard;
mod journal;
mod options;
mod origin;
mod outcome;
mod privacy;
mod refusal;
mod routes;
mod run;
mod server;
mod terminal;
mod upstream;

pub use error::ServeError;
pub use seedance_core;

pub use options::Options;
pub use origin::{ApiOrigin, OriginError};
pub use run::run;
pub use server::{Companion, Links};
#[cfg(unix)]
pub use terminal::signals::is_ignored;
