//! What the suites share: the second model of the rules and the cases as data.

pub mod cases;
pub mod oracle;
