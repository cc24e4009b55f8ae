//! Which path leads where, and what each of them answers.

pub(crate) mod app;
mod around;
mod body;
mod calls;
mod check;
mod create;
pub(crate) mod pages;
pub(crate) mod router;
mod save;
