//! Turning other input into valid requests: text that is nearly JSON ([`lenient`]), other vendors' requests ([`Foreign`]), and
//! requests with errors whose fixes are known ([`Mending`]).

mod foreign;
mod lenient;
mod link;
mod mend;

pub use self::foreign::{Converted, Foreign};
pub use self::lenient::{Change, Lenient, lenient};
pub use self::link::expiry;
pub use self::mend::{Applied, Extent, Mended, Mending};
