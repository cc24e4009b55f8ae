//! Which path leads where, and what each of them answers.

mod answer;
pub(crate) mod app;
mod body;
mod calls;
mod create;
mod observe;
pub(crate) mod pages;
pub(crate) mod router;
mod save;
mod speak;
