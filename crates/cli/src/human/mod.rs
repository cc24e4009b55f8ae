//! Answers as text for people.

mod books;
mod compare;
mod findings;
mod plan;
mod quote;
mod reconciliation;
mod report;
mod routes;
mod rules;
mod table;

pub use self::books::{difference, lint};
pub use self::compare::compare;
pub use self::plan::{PlanTable, diff as plan_diff, summary as plan_summary};
pub use self::quote::quote;
pub use self::reconciliation::reconciliation;
pub use self::report::{against, report};
pub use self::routes::{differences, route_columns, routes};
pub use self::rules::{disagreement, explain, list};
