//! Everything instead of samples: every shape of a request up to the limits of the rules, core against oracle, and every price
//! against rust_decimal.

mod names;
mod prices;
mod shapes;
mod space;
