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
//! - Only requests that name one of the companion's own hosts, and no other origin: 127.0.0.1, `localhost`, `[::1]` and a
//!   name under `.localhost` that this installation alone has, each with its port.
//! - The page: with the two secrets that a one-time link was traded for, a cookie and a token that the page keeps in its
//!   tab. Its calls go out with the companion's key, whatever else they carry. The cookie alone opens the form's first
//!   file, which is the same for everybody.
//! - Scripts: with their own bearer token, on the API's paths alone, and only if no browser's page is behind them.
//!
//! Links lead to the installation's own name, and all files of the page are in a folder that each run names anew: what
//! another program left in the browser for 127.0.0.1 and this port (scripts, service workers, cookies) does not reach it.
//!
//! The crate's README says what stays on disk; `docs/security.md` lists what is promised, how much is served at once, and
//! which test holds each promise.

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
