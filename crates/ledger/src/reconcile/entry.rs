//! A charge as it is written.

/// A charge whose amount was not read yet.
#[derive(Debug)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    pub currency: Option<String>,
}
