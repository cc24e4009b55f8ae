//! The companion of the Seedance form, `seedance serve`.
//!
//! It serves the page and passes the page's calls on to the API, both on one loopback origin: the key stays here, the
//! page needs no CORS, and nothing is sent that the core refuses. Any other client of the API can use it as its base URL.
//!
//! # What happens to a create request
//! 1. Its body is checked with the core. What the rules refuse is answered with 422 and the report, and goes no further. So
//!    is a field that differs from a known one only in case.
//! 2. With `--max-cost`, its price is capped. The upper end of a range decides. A price without a known upper end, or an
//!    unknown field, is refused too, unless `--allow-unknown` is given. What the client measured of the reference videos it
//!    may say in the header `Seedance-Media`.
//! 3. The attempt is written to the journal and synced to disk, under the id of the header `Seedance-Attempt` (or
//!    `Idempotency-Key`). Without an id, the same body of the same key waits for one that is under way, and is refused if
//!    one was lost a short while ago.
//! 4. It is sent, once. The body is passed on byte for byte: what was checked is what is sent.
//! 5. How it ended is journalled and answered. A damaged response is searched for its task id. The same attempt id again
//!    gets the same answer, and nothing is sent, unless certainly no task was made. An attempt whose end a crash swallowed is
//!    answered as lost: it may have been charged. A response that comes later than it is waited for is journalled.
//!
//! # Who gets in
//! - Only requests that name the companion's own loopback address as their host, and no other origin.
//! - The page: with the cookie that a one-time link was traded for. Its calls go out with the companion's key, whatever
//!   else they carry.
//! - Scripts: with their own bearer token, on the API's paths alone, and only if no browser's page is behind them.
//!
//! Cookies are shared by all ports of a host name, so another server on this machine that the person visits in the same
//! browser could learn the session's cookie. It would still have to pass for the page's origin, which a browser never
//! lets it do; a hostile program that runs on this machine is outside of what the companion can hold off.
//!
//! # What stays on disk
//! The journal: attempt ids, hashes of drafts, 32 bits of a hash of the key, times, and the API's answers without key and
//! prompt.

mod error;
mod guard;
mod journal;
mod options;
mod refusal;
mod routes;
mod run;
mod server;
mod upstream;

pub use error::ServeError;
pub use guard::key::KeyError;
pub use journal::JournalError;

pub use options::Options;

pub use run::run;
pub use server::{Companion, Links};
pub use upstream::TrustError;
pub use upstream::origin::{ApiOrigin, OriginError};
