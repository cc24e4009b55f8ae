//! Answers as text for people.

mod books;
mod findings;
mod plan;
mod quote;
mod reconciliation;
mod report;
mod routes;
mod rules;
mod table;

pub use self::books::{difference, lint};
pub use self::plan::{PlanTable, diff as plan_diff, summary as plan_summary};
pub use self::quote::{compare, quote};
pub use self::reconciliation::reconciliation;
pub use self::report::{against, report};
pub use self::routes::{differences, route_table, routes};
pub use self::rules::{explain, list};
