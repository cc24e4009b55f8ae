//! What to make of a request that is not yet one: nearly JSON ([`lenient`]), another vendor's ([`Foreign`]), or with errors
//! whose fixes are known ([`mend`]).

mod foreign;
mod lenient;
mod mend;

pub use self::foreign::{Converted, Foreign};
pub use self::lenient::{Change, Lenient, lenient};
pub use self::mend::{Applied, Extent, Mended, MendedLine, mend, mend_line};
