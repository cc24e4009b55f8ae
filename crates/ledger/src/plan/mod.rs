//! Planning a batch before it is sent: what it costs at least and at most, which jobs have no price and why, how many of them
//! the budget covers, and where another model would be cheaper.

mod budget;
mod diff;
mod planner;
mod summary;

pub use self::budget::{Budget, Enough};
pub use self::diff::{Change, Comparison, Cost, Diff};
pub use self::planner::{Offer, Planner, Row, Status, Why};
pub use self::summary::{ChangingSum, NoMaximum, Reason, Summary, Sums};
