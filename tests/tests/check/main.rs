//! `check`: a request's report.

mod bodies;
mod capped;
mod cases;
mod params;
mod properties;
