//! A price book that is still to be filled in.

use seedance_core::{BookError, Edition, PriceBook};

/// A price book, and the names in it whose price is still blank.
#[derive(Debug)]
pub struct Draft {
    /// What is filled in.
    pub book: PriceBook,
    /// What is not, in the text's order.
    pub to_fill_in: Vec<String>,
}

impl Draft {
    /// Reads a price book of an edition, blank prices aside.
    ///
    /// # Errors
    /// As for a price book, of all that is not blank.
    pub fn read(edition: Edition, text: &[u8]) -> Result<Self, BookError> {
        let (book, to_fill_in) = PriceBook::from_draft(edition, text)?;
        Ok(Self { book, to_fill_in })
    }
}
