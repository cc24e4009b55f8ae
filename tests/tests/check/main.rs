//! `check`: what a request's report says.

mod bodies;
mod capped;
mod cases;
mod params;
mod properties;
