//! Which path leads where, and what each of them answers.

pub(crate) mod app;
mod body;
mod calls;
mod create;
mod observe;
pub(crate) mod pages;
mod save;
