//! Tells, before a cent is spent, whether a Seedance 2.0 video request will be accepted, how to mend it, and what it will cost to
//! the last digit. Pure: without IO, clock or randomness.
//!
//! # Check
//!
//! A [`Job`] is a request with what is known of its media. It is made of JSON text or bytes, of a [`serde_json::Value`], or of a
//! typed [`Request`], lent or given away.
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
//! A [`Report`] says everything at once: each [`Finding`] names its rule, the place in the request and the vendor's pages on which
//! it rests. [`Lang`] chooses English or Chinese, [`Job::edition`] the state of the vendor's documents.
//!
//! # Mend
//!
//! A finding's fixes are proved before they are shown: applied, each removes its finding and adds no error.
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
//! Unit prices are private to each account, so a [`PriceBook`] comes from the caller. A [`Quote`] is exact, a range, a lower bound,
//! or says why there is none; nothing is ever rounded.
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
//! Where a reference video's length is billed, [`Facts`] bring it: [`Job::with_facts`]. [`Job::compare`] tries the request on every
//! model, the cheapest first.
//!
//! # Send
//!
//! An accepted report holds the body to submit: what was checked, in the schema's order, without empty fields. `POST` it, once, to
//! `/api/open-api/v1/seedance/videos`.
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
//! With its HTTP status. An answer that cannot be read says that the task may have been created and charged: it is no reason to
//! send again.
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
//!     _ => panic!("nobody can tell: look at the account before sending it again"),
//! }
//!
//! let answer = br#"{"code": 20000, "data": {"status": "completed", "result": {"video_url": "https://example.com/v.mp4"}}}"#;
//! let TaskAnswer::Done { video_url, .. } = read_task_answer(answer, 200) else { panic!("it is done") };
//! assert_eq!(video_url, "https://example.com/v.mp4");
//! ```
//!
//! # What else there is
//!
//! - [`assets`]: uploads, audited assets and real persons, asked for and read.
//! - [`table`]: the rule table, all const data; every limit stands there once, with the pages it comes from.
//! - [`read_account_balance`], [`read_key_balance`]: what is left to spend.
//! - Types write and read their JSON with serde, the same in the command line and the npm package.
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

pub use answers::{
    AccountBalance, Answer, CHARGE_CURRENCY, Charge, CreateAnswer, KeyBalance, Refusal,
    RefusalReason, TaskAnswer, UnknownAnswer, read_account_balance, read_create_answer,
    read_key_balance, read_task_answer,
};
pub use body::{Body, MAX_DEPTH};
pub use book::{BookError, BookWarning, PriceBook, UnitPrice};
pub use check::MAX_FINDINGS;
pub use compare::{Candidate, Offer};
pub use decimal::{Decimal, DecimalError};
pub use facts::{AudioFacts, Facts, FactsError, Length, MAX_SECONDS, VideoFacts};
pub use finding::{Finding, Fix, PatchOp};
pub use job::{Fired, Job};
pub use lang::{Lang, UnknownLang};
pub use order::{Part, Quantity, UNKNOWN as UNKNOWN_LENGTH};
pub use params::{Param, Params};
pub use quote::{AtLeast, Exact, NotPriceable, Quote, Range, Reason as NotPriceableReason, Terms};
pub use report::Report;
pub use request::{Normalised, Request};
pub use table::{Edition, Field, RouteId, RuleId, Severity, Source, UnknownEdition, UnknownRule};

/// An error that ends a program is shown by its `Debug`: that says its sentence, too.
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

// With that feature numbers come as maps, which types read back by serde would not understand.
const _: () = assert!(
    !core::mem::needs_drop::<serde_json::Number>(),
    "seedance-core cannot be built with serde_json's feature `arbitrary_precision`: find who switches it on with \
     `cargo tree -e features -i serde_json`"
);

/// What the README shows is run too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
