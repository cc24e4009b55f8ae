//! What the suites share: the second model of the rules, the cases as data, seeded generators, and the core's answers beside them.

pub mod cases;
pub mod core_side;
pub mod generate;
pub mod oracle;
pub mod progress;
pub mod stand_alone;
