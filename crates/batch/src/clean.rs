//! Reports without findings on requests that stand in the line as they are to be submitted: for one model they differ in the
//! request alone.

use std::borrow::Cow;
use std::ptr;

use seedance_core::{Normalised, Report};

/// What such answers say between the label of the line and the request, by model, as they were written first.
#[derive(Debug, Default)]
pub struct Heads(Vec<(&'static str, String)>);

impl Heads {
    /// What such an answer says before its request, where one of its model was written.
    pub fn of(&self, model: &'static str) -> Option<&str> {
        // All names are the table's own.
        let (_, head) = self.0.iter().find(|(name, _)| ptr::eq(*name, model))?;
        Some(head)
    }

    /// Keeps the beginning of such an answer.
    pub fn keep(&mut self, model: &'static str, request: &str, written: &str) {
        let before = written
            .strip_suffix(END)
            .and_then(|rest| rest.strip_suffix(request));
        if let Some(head) = before {
            self.0.push((model, head.into()));
        }
    }
}

/// What such answers say behind their request.
pub const END: &str = "}}\n";

/// The model and the request of such a report.
pub fn of<'r>(report: &'r Report<'_>) -> Option<(&'static str, &'r str)> {
    let request = report.request.as_ref().and_then(Normalised::as_json);
    match (&report.model, request) {
        (Some(Cow::Borrowed(model)), Some(request)) if report.findings.is_empty() => {
            Some((model, request))
        }
        _ => None,
    }
}
