//! Lines of a batch that need no words.

use crate::body::{Plain, View};
use crate::check;
use crate::facts::Facts;

/// An ordinary request that stands in a line as it is to be submitted, and against which nothing can be said: what nearly every
/// line of a batch is, seen in a fraction of the time that a [`Report`](crate::Report) takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted<'t> {
    /// The model.
    pub model: &'static str,
    /// The request to submit, as it stands there.
    pub request: &'t str,
    /// How many bytes the line has, with the line feed at its end, if there is one.
    pub length: usize,
}

impl<'t> Accepted<'t> {
    /// Reads the first line of a text. `None` says nothing: then [`Job::check`](crate::Job::check) has the answer.
    ///
    /// ```
    /// use seedance_core::Accepted;
    /// let text = "{\"model\":\"seedance2.0-mini\",\"prompt\":\"a fox\",\"duration\":5}\n[]";
    /// let line = Accepted::first_line(text).unwrap();
    /// assert_eq!((line.model, &text[line.length..]), ("seedance2.0-mini", "[]"));
    /// assert_eq!(Accepted::first_line("[]"), None);
    /// ```
    #[must_use]
    pub fn first_line(text: &'t str) -> Option<Self> {
        let mut body = Plain::new(text);
        if !body.begin() {
            return None;
        }
        let request = body.normal_text()?;
        let (_, model) = check::clean(View(&body), &Facts::default())?;
        let length = request.len() + line_end(body.rest())?;
        Some(Self {
            model: model.name,
            request,
            length,
        })
    }
}

/// How many bytes the end of a line has that comes next.
const fn line_end(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] => Some(0),
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}
