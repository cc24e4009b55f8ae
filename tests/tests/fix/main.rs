//! The fixes that a report offers.

mod applied;
mod meant;
mod offers;
mod patches;
