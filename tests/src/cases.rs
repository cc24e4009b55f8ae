//! The cases of `tests/cases`: requests with their complete expected results, worked out by hand from the specification.
//!
//! Cases of an edition other than the default one are in a folder of its name.

use std::fs;
use std::path::{Path, PathBuf};

use seedance_core::Edition;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// One file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What the cases are about.
    pub about: String,
    /// In the order of the file.
    pub cases: Vec<Case>,
}

/// One request and its expected results.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Not in the file: taken from its folder.
    #[serde(skip)]
    pub edition: Edition,
    /// Unique in its file.
    pub name: String,
    /// The body as a JSON value. A case has either this or `text`.
    pub request: Option<Box<RawValue>>,
    /// The body as text, which need not be JSON.
    pub text: Option<String>,
    /// Media facts for the request.
    pub media: Option<Value>,
    /// A price book for the request.
    pub prices: Option<Value>,
    /// All findings, in the order of a report.
    #[serde(default)]
    pub findings: Vec<ReducedFinding>,
    /// The normalised request, if the request is accepted.
    pub normalised: Option<Value>,
    /// The whole quote, with reduced findings.
    pub quote: Option<Value>,
    /// Which input is refused: `media` or `prices`.
    pub error: Option<String>,
}

/// A finding without its message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReducedFinding {
    /// Rule id.
    pub rule: String,
    /// `error` or `warning`.
    pub severity: String,
    /// JSON Pointer.
    pub path: String,
}

impl Case {
    /// The body as it goes over the wire.
    #[must_use]
    pub fn wire(&self) -> &str {
        match (&self.request, &self.text) {
            (Some(request), None) => request.get(),
            (None, Some(text)) => text,
            _ => panic!("{}: a case has either a request or a text", self.name),
        }
    }
}

/// Every case with its edition, file and name, for messages.
///
/// # Panics
/// If a case file cannot be read or is malformed.
#[must_use]
pub fn all() -> Vec<(String, Case)> {
    let mut cases = Vec::new();
    for (edition, path) in files() {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file: CaseFile = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        cases.extend(file.cases.into_iter().map(|case| {
            (format!("{} {stem}: {}", edition.name(), case.name), Case { edition, ..case })
        }));
    }
    cases
}

/// Runs every case, and reports all that differ at once.
///
/// # Panics
/// If any case differs, or if hardly any were found.
pub fn every_case(mut run: impl FnMut(&Case) -> Result<(), String>) {
    let cases = all();
    assert!(cases.len() > 2000, "only {} cases were found", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(place, case)| {
            run(case).err().map(|difference| format!("{place}\n{difference}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases differ:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// The case files of each edition, sorted by name.
fn files() -> impl Iterator<Item = (Edition, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    Edition::ALL.into_iter().flat_map(move |edition| {
        let folder = if edition == Edition::default() {
            folder.clone()
        } else {
            folder.join(edition.name())
        };
        in_folder(&folder).into_iter().map(move |path| (edition, path))
    })
}

fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
}
