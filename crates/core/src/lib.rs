//! Checks a Seedance 2.0 video request before a cent is spent: whether it will be accepted, how to fix it, and exactly what it
//! will cost. Pure: no IO, no clock, no randomness.
//!
//! # Check
//!
//! A [`Job`] is a request together with what is known about its media. It is made from JSON text or bytes, a
//! [`serde_json::Value`] or a typed [`Request`], borrowed or owned.
//!
//! ```
//! use seedance_core::{Job, Lang, Request};
//!
//! let request = Request::new("seedance2.0-mini", "a fox in the snow", 3)
//!     .resolution("720p")
//!     .image("https://example.com/fox.png");
//! let job = Job::new(&request);
//! let report = job.check(Lang::En);
//! assert!(!report.accepted);
//! assert_eq!(report.findings[0].message, "`duration` is 3 s; it must be 4–15 s on `seedance2.0-mini`");
//! ```
//!
//! A [`Report`] lists all problems at once: each [`Finding`] names its rule, its place in the request and the sources that it is
//! based on. [`Lang`] selects English or Chinese, [`Job::edition`] the version of the vendor's documents: the default is the
//! oldest, `2026-07`, and [`Edition::LATEST`] is the newest.
//!
//! # Fix
//!
//! Every fix has been tried before it is shown: applying it removes its finding and adds no error.
//!
//! ```
//! # use seedance_core::{Job, Lang};
//! # let job = Job::new(r#"{"model":"seedance2.0-mini","prompt":"a fox in the snow","duration":3}"#);
//! # let report = job.check(Lang::En);
//! let fix = &report.findings[0].fixes[0];
//! assert_eq!(fix.label, "set the duration to 4 s");
//! let job = job.mended(fix).unwrap();
//! assert!(job.check(Lang::En).accepted);
//! ```
//!
//! # Price
//!
//! Unit prices are private to each account, so the caller supplies a [`PriceBook`]. A [`Quote`] is exact, a range or a lower
//! bound, or says why there is no price; amounts are never rounded.
//!
//! ```
//! use seedance_core::{PriceBook, Quote};
//! # use seedance_core::{Job, Lang};
//! # let job = Job::new(r#"{"model":"seedance2.0-mini","prompt":"a fox in the snow","duration":4}"#);
//! let book = PriceBook::from_slice(br#"{"currency": "USD", "prices": {"seedance2.0-mini-720p": "0.05"}}"#)?;
//! let Quote::Exact(quote) = job.quote(&book, Lang::En) else { panic!("nothing is unknown") };
//! assert_eq!(quote.amount().to_string(), "0.20");
//! # Ok::<(), seedance_core::BookError>(())
//! ```
//!
//! Before money is spent:
//!
//! - Compare a limit with [`Quote::highest`], which is `None` where no upper end is known.
//! - Look at the report, too ([`Job::check_and_quote`] gives both): a request that would be refused can have a price.
//! - For another edition than the default, read the book with [`PriceBook::from_slice_for`] and the job's edition: a price
//!   that it states for another unit than the job's route bills by is not used.
//!
//! Some models bill the length of a reference video, too: pass it as [`Facts`] to [`Job::with_facts`]. [`Job::compare`] tries the
//! request on every model and sorts the models that accept it by the least that it may cost there.
//!
//! # Send
//!
//! An accepted report holds the body to submit: the checked request, in the schema's order and without empty fields. `POST` it,
//! once, to `/api/open-api/v1/seedance/videos`.
//!
//! ```
//! # use seedance_core::{Job, Lang};
//! # let job = Job::new(r#"{"prompt":"a fox in the snow","model":"seedance2.0-mini","duration":4.0,"ratio":""}"#);
//! let body = job.check(Lang::En).request.unwrap().to_json();
//! assert_eq!(body, r#"{"model":"seedance2.0-mini","prompt":"a fox in the snow","duration":4}"#);
//! ```
//!
//! # Read the answer
//!
//! An answer is read together with its HTTP status; a lost answer is read as `b""`, without a status. If it cannot be read, the
//! task may have been created and charged all the same: look at the account before sending the request again. A charge is in
//! [`CHARGE_CURRENCY`], whatever the currency of the price book.
//!
//! ```
//! use seedance_core::{CreateAnswer, TaskAnswer, read_create_answer, read_task_answer};
//!
//! let answer = br#"{"code": 20000, "msg": "ok", "data": {"task_id": "videos_1", "status": "queued", "cost": 0.20}}"#;
//! match read_create_answer(answer, 200) {
//!     CreateAnswer::Created { task_id, charge, .. } => {
//!         assert_eq!(task_id, "videos_1");
//!         assert_eq!(charge.cost.unwrap().to_string(), "0.20");
//!     }
//!     CreateAnswer::Refused(refusal) => panic!("{:?}: {:?}", refusal.reason, refusal.message),
//!     // It may hold a task's ID and a charge.
//!     CreateAnswer::Unknown(unknown) => panic!("look at the account before sending it again: {unknown:?}"),
//! }
//!
//! let answer = br#"{"code": 20000, "data": {"status": "completed", "result": {"video_url": "https://example.com/v.mp4"}}}"#;
//! let TaskAnswer::Done { video_url, .. } = read_task_answer(answer, 200) else { panic!("it is done") };
//! assert_eq!(video_url, "https://example.com/v.mp4");
//! ```
//!
//! # What else there is
//!
//! - [`assets`]: responses about uploads, reviewed assets and real persons.
//! - [`table`]: the rule table as const data; it states every limit once, with the sources that it comes from.
//! - [`read_account_balance`], [`read_key_balance`]: what is left to spend.
//! - The types' serde representation is the JSON that the command line and the npm package use, too.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod answers;
pub mod assets;
mod body;
mod book;
mod check;
mod compare;
mod decimal;
mod document;
mod facts;
mod finding;
mod findings;
mod fix;
mod job;
mod lang;
mod message;
mod near;
mod number;
mod order;
mod params;
mod pointer;
mod quote;
mod report;
mod request;
mod syntax;
pub mod table;
mod template;
mod wording;

pub use answers::{
    AccountBalance, Answer, CHARGE_CURRENCY, Charge, CreateAnswer, KeyBalance, Refusal,
    RefusalReason, TaskAnswer, UnknownAnswer, read_account_balance, read_create_answer,
    read_key_balance, read_task_answer,
};
pub use body::{Body, MAX_DEPTH};
pub use book::{BookError, BookWarning, PriceBook, UnitPrice};
pub use check::MAX_FINDINGS;
pub use compare::Candidate;
pub use decimal::{Decimal, DecimalError};
pub use facts::{Facts, FactsError, Length, MAX_SECONDS, MediaFacts};
pub use finding::{Finding, Fix, PatchOp};
pub use job::{Fired, Job};
pub use lang::{Lang, UnknownLang};
pub use order::{Part, Quantity, UNKNOWN as UNKNOWN_LENGTH};
pub use params::{Param, Params};
pub use quote::{AtLeast, Exact, NotPriceable, Quote, Range, Reason as NotPriceableReason, Terms};
pub use report::Report;
pub use request::{Normalised, Request};
pub use table::{Edition, Field, RouteId, RuleId, Severity, Source, UnknownEdition, UnknownRule};

/// An error returned from `main` is printed with `Debug`, so `Debug` shows the same sentence as `Display`.
macro_rules! debug_says_the_sentence {
    ($($error:ty),*) => {$(
        impl core::fmt::Debug for $error {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(self, f)
            }
        }
    )*};
}

debug_says_the_sentence!(
    BookError,
    DecimalError,
    FactsError,
    UnknownEdition,
    UnknownLang,
    UnknownRule
);

// With `arbitrary_precision`, serde_json hands numbers to serde as maps, which this crate's types cannot read.
const _: () = assert!(
    !core::mem::needs_drop::<serde_json::Number>(),
    "seedance-core cannot be built with serde_json's feature `arbitrary_precision`: find who switches it on with \
     `cargo tree -e features -i serde_json`"
);

/// Runs the README's examples as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
