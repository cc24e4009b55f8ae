//! A batch: one job a line in, one answer a line out, in order. The command line and the npm package answer with it, each
//! bringing its own way of reading and writing.

mod clean;
mod line;
mod tally;
mod wrapper;

pub use line::{Answering, Question, add_media, numbered_lines};
pub use tally::{Tally, plural};
pub use wrapper::Line;
