//! Reports without findings on requests that stand in the line as they are to be submitted: for one model they differ in the
//! request alone.

use std::borrow::Cow;

use seedance_core::{Normalised, Report};

/// What such reports say before their request, by model, as they were written first.
#[derive(Debug, Default)]
pub struct Heads(Vec<(Cow<'static, str>, String)>);

impl Heads {
    /// What such a report says before its request, where one of its model was written.
    pub fn of(&self, report: &Report<'_>) -> Option<&str> {
        let model = report.model.as_ref()?;
        let (_, head) = self.0.iter().find(|(name, _)| name == model)?;
        Some(head)
    }

    /// Keeps the beginning of such a report.
    pub fn keep(&mut self, report: &Report<'_>, written: &str) {
        let before = written
            .strip_suffix('}')
            .and_then(|rest| rest.strip_suffix(request(report)?));
        if let (Some(model), Some(head)) = (report.model.clone(), before) {
            self.0.push((model, head.into()));
        }
    }
}

/// The request of such a report.
pub fn request<'r>(report: &'r Report<'_>) -> Option<&'r str> {
    let request = report.request.as_ref().and_then(Normalised::as_json);
    request.filter(|_| report.findings.is_empty())
}
