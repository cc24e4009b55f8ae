//! `quote`: what a request costs.

mod methods;
