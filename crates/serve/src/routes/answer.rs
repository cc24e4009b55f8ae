//! An answer of the API on its way to the client.

use crate::journal::outcome::{Outcome, State};
use crate::upstream::Answer;

/// Set on an answer that was found in a damaged response.
pub(crate) const LENIENT: &str = "seedance-lenient";

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        let lenient = (!answer.is_whole).then(|| (LENIENT.to_owned(), "true".to_owned()));
        Self {
            state: State::Answered,
            status: answer.status,
            answer: answer.json,
            headers: answer.headers.into_iter().chain(lenient).collect(),
        }
    }
}
