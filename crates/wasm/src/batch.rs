//! Batches: a line in, a line out.

use seedance_batch::{Answering, Question, Tally};
use seedance_core::PriceBook;
use wasm_bindgen::prelude::*;

use crate::Settings;

/// A batch that is answered in pieces, so that only one of them is in memory.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch {
    book: Option<PriceBook>,
    by: Settings,
    /// The number of the first line of the next piece.
    line: u64,
}

#[wasm_bindgen]
impl Batch {
    /// Asks what each line costs, or, without prices, whether it would be accepted.
    #[wasm_bindgen(constructor)]
    pub fn new(
        prices: Option<Vec<u8>>,
        lang: Option<String>,
        edition: Option<String>,
    ) -> Result<Batch, JsError> {
        let by = Settings::of(lang, edition)?;
        let book = prices.map(|prices| by.book(&prices)).transpose()?;
        Ok(Self { book, by, line: 1 })
    }

    /// Answers a piece of whole lines. Only the last piece may lack its line feed.
    pub fn answer(&mut self, piece: &[u8]) -> Vec<u8> {
        let question = self.book.as_ref().map_or(Question::Check, Question::Quote);
        let mut out = Vec::with_capacity(2 * piece.len());
        let Settings { lang, edition } = self.by;
        let answering = Answering { edition, question, lang };
        self.line = answering.lines(piece, self.line, &mut out, &mut Tally::default());
        out
    }
}
