//! `check`: what a request's report says.

mod bodies;
mod cases;
mod params;
mod properties;
