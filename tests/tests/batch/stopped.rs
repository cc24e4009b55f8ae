//! A batch that is stopped between two lines and goes on later.

use seedance_batch::{Answering, Question, Tally};
use seedance_core::Lang;

use crate::MINI;

/// Whoever has no memory left answers the other lines later: the same answers, and the same counts. (No model's answer is known
/// from before, so every line takes memory.)
#[test]
fn stopped_behind_every_line_that_took_memory() {
    let piece = [MINI, "{}", "", MINI, "[", "{}", "{\"model\":1}"].join("\n");
    let (mut out, mut tally) = (String::new(), Tally::default());
    Answering::new(Question::Check, Lang::En, &mut out, &mut tally).lines(piece.as_bytes(), 1);
    for ends in ["", "\n"] {
        let piece = format!("{piece}{ends}");
        let (mut parts, mut counts) = (String::new(), Tally::default());
        let (mut rest, mut number, mut calls) = (piece.as_bytes(), 1, 0);
        while !rest.is_empty() {
            let answering = &mut Answering::new(Question::Check, Lang::En, &mut parts, &mut counts);
            let (next, bytes) = answering.lines_while(rest, number, &|| false);
            (rest, number, calls) = (&rest[bytes..], next, calls + 1);
        }
        assert_eq!((&parts, &counts), (&out, &tally));
        assert_eq!((number, calls), (7 + ends.len() as u64, 7));
    }
}
