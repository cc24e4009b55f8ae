//! What a producer asks before a batch is sent: what it costs at best and at worst, what has no price and
//! why, how much of it fits the budget, and where another model would be cheaper.

mod columns;
mod row;
mod summary;

pub use self::columns::{COLUMNS, Cell};
pub use self::row::{Row, Status, Why};
pub use self::summary::{Budget, Enough, Reason, Summary};
