//! Not sampled but all of it: every shape of a request up to the edges of the rules, core against oracle, and every price
//! against rust_decimal.
//!
//! An optimised run takes a product of the values at the edges, made to take minutes, and with `SEEDANCE_EXHAUSTIVE=whole`
//! everything between them too. A debug build takes a slice of it.

mod names;
mod prices;
mod shapes;
mod space;
