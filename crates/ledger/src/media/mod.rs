//! Media facts about reference videos: measured in MP4 and MOV files, or taken from the output of ffprobe.

mod boxes;
mod ffprobe;

pub use self::boxes::{NotMeasured, Search, measure, measure_index};
pub use self::ffprobe::from_ffprobe;
