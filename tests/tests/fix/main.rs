//! The fixes that a report offers.

mod applied;
mod offers;
mod patches;
