//! Checks and prices Seedance 2.0 video requests before they are sent.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod answers;
mod body;
mod book;
mod check;
mod compare;
mod decimal;
mod facts;
mod finding;
mod fix;
mod job;
mod lang;
mod message;
mod near;
mod node;
mod number;
mod pointer;
mod quote;
mod report;
mod request;
pub mod table;

pub use answers::{
    CreateAnswer, Reason as RefusalReason, Refusal, TaskAnswer, Unknown as UnknownAnswer,
    read_create_answer, read_task_answer,
};
pub use body::{Body, MAX_DEPTH};
pub use book::{BookError, BookWarning, PriceBook, UnitPrice};
pub use compare::Candidate;
pub use decimal::{Decimal, DecimalError};
pub use facts::{Facts, FactsError, Length, MAX_SECONDS, VideoFacts};
pub use finding::{Finding, Fix, Param, Params, PatchOp};
pub use job::{Fired, Job, check, compare, quote};
pub use lang::{Lang, UnknownLang};
pub use quote::{
    AtLeast, Exact, NotPriceable, Part, Quantity, Quote, Range, Reason, Terms, UNKNOWN,
};
pub use report::Report;
pub use request::{Normalised, Request};
pub use table::{EDITION, Field, ROUTES, RULES, RouteId, RuleId, Severity, Source};
