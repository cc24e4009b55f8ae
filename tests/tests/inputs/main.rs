//! What stands beside a request: price books and media facts, read or refused.

mod books;
mod facts;
mod jobs;

/// An input error is one line and says something.
fn one_line(text: &str, error: Option<impl std::fmt::Display>) {
    let said = error.map(|error| error.to_string());
    assert!(
        said.as_ref().is_none_or(|said| !said.is_empty() && !said.contains('\n')),
        "{text}: {said:?}"
    );
}
