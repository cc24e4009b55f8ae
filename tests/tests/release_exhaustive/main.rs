//! Everything instead of samples: every shape of a request up to the limits of the rules, core against oracle, and every price
//! against rust_decimal.
//!
//! An optimised run combines the values on both sides of every limit, which takes minutes; with `SEEDANCE_EXHAUSTIVE=whole` it
//! takes all values between them, too. A debug build takes a slice.

mod names;
mod prices;
mod shapes;
mod space;
