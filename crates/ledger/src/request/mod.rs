//! What to make of a request that is not yet one: nearly JSON ([`lenient`]), another vendor's ([`Foreign`]), or with errors
//! whose fixes are known ([`Mending`]).

mod foreign;
mod lenient;
mod link;
mod mend;

pub use self::foreign::{Converted, Foreign};
pub use self::lenient::{Change, Lenient, lenient};
pub use self::link::expiry;
pub use self::mend::{Applied, Extent, Mended, Mending};
