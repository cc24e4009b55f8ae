//! The companion of the Seedance form, `seedance serve`.
//!
//! It serves the page and passes the page's calls on to the API, both on one loopback origin: the key stays in this process, the
//! page needs no CORS, and no create that the core refuses is sent. Any other client of the API can use it as its base URL.
//!
//! A create request is checked by the core, priced against `--max-cost`, written to the journal, and sent once, byte for byte as
//! it was checked. Its outcome is journalled and returned, and returned again if the attempt is repeated.
//!
//! The page is let in by two secrets, a cookie and a token, which it got in exchange for a one-time link; its calls go out with
//! the companion's key. Scripts are let in by a bearer token of their own, on the API's paths only, and only if no browser's page
//! sent the request. Everybody else is refused, as is every request for another host name than the companion's own.
//!
//! The crate's README says how each request is handled and what is stored on disk; `docs/security.md` lists the promises, the
//! limits on what is served at once, and the test that holds each promise.

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
pub use options::{Options, amount};
pub use origin::ApiOrigin;
pub use run::run;
pub use server::{Companion, Links};
#[cfg(unix)]
pub use terminal::is_ignored;
