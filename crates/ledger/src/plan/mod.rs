//! Planning a batch before it is sent: what it costs at least and at most, which jobs have no price and why, how many of them
//! the budget covers, and where another model would be cheaper.

mod budget;
mod diff;
mod planner;
mod row;
mod summary;

pub use self::budget::{Budget, Enough};
pub use self::diff::{Change, Comparison, Cost, Diff};
pub use self::planner::Planner;
pub use self::row::{Offer, Row, Status, Why};
pub use self::summary::{ChangingSum, NoMaximum, Reason, Summary, Sums};
