//! The inputs beside a request, price books and media facts, and the ways to make a job.

mod books;
mod facts;
mod jobs;

/// The message of an input error is one line that is not empty.
fn one_line(text: &str, error: Option<impl std::fmt::Display>) {
    let said = error.map(|error| error.to_string());
    assert!(
        said.as_ref().is_none_or(|said| !said.is_empty() && !said.contains('\n')),
        "{text}: {said:?}"
    );
}
