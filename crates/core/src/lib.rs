//! Checks and prices Seedance 2.0 video requests before they are sent: pure, without IO, clock or
//! randomness.
//!
//! A [`Job`] is a request with what is known of its media. It says whether the request would be
//! accepted ([`Job::check`]), what it would cost ([`Job::quote`]), and what the other models make of
//! it ([`Job::compare`]).
//!
//! ```
//! use seedance_core::{Job, Lang, PriceBook, Quote, Request};
//!
//! let request = Request::new("seedance2.0-mini", "a fox in the snow", 5)
//!     .resolution("720p")
//!     .image("https://example.com/fox.png");
//! let job = Job::new(&request); // or JSON text, bytes, a serde_json::Value
//!
//! let report = job.check(Lang::En);
//! assert!(report.accepted);
//! let body = report.request.unwrap().to_json(); // what to send
//!
//! let book = PriceBook::from_text(br#"{"currency": "USD", "prices": {"seedance2.0-mini-720p": "0.05"}}"#)?;
//! let Quote::Exact(quote) = job.quote(&book, Lang::En) else { panic!("nothing is unknown") };
//! assert_eq!(quote.amount().to_string(), "0.25");
//! # Ok::<(), seedance_core::BookError>(())
//! ```
//!
//! Where it reads and how: [`table`] is the rule table, all const data; every limit stands there
//! once, with the pages it comes from. [`read_create_answer`] and [`read_task_answer`] read what
//! the gateway says. Types write and read the JSON of the contract with serde. A dependency that
//! switches on serde_json's `arbitrary_precision` changes how numbers arrive and is not supported.
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
pub use job::{Fired, Job, check, compare, quote};
pub use lang::{Lang, UnknownLang};
pub use params::{Param, Params};
pub use quote::{
    AtLeast, Exact, NotPriceable, Part, Quantity, Quote, Range, Reason, Terms, UNKNOWN,
};
pub use report::Report;
pub use request::{Normalised, Request};
pub use table::{Edition, Field, RouteId, RuleId, Severity, Source};

/// What the README shows is run too.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
