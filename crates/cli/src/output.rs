//! Writes answers to standard output, and everything else to standard error.
//!
//! Whatever text comes in, a terminal gets no control characters except line feeds and our own colours.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::lang::pick;
use crate::plain::{escaped, is_obeyed, is_obeyed_but_layout, plain, replaced};

/// Writes text to standard output.
pub fn text(text: &str) -> Result<(), Failure> {
    write(text).map_err(Failure::writing)
}

/// Like [`text`], for a caller that words the failure itself.
pub fn write(text: &str) -> io::Result<()> {
    let text = escaped(text, |character| character != '\n' && is_obeyed(character));
    let mut stdout = io::stdout();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Writes an answer, as JSON or as text for people.
pub fn answer(
    value: &impl Serialize,
    shown: impl FnOnce() -> String,
    Global { format, .. }: Global,
) -> Result<(), Failure> {
    match format {
        Format::Json => json(value),
        Format::Human => text(&shown()),
    }
}

/// Writes text with our own colours, which are kept if the terminal shows them. Text from elsewhere must already be [`plain`].
pub fn styled(text: &str) -> Result<(), Failure> {
    let text = ours_only(text);
    let mut stdout = anstream::AutoStream::auto(io::stdout());
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::writing)
}

fn ours_only(text: &str) -> Cow<'_, str> {
    escaped(text, |it| !matches!(it, '\n' | '\u{1b}') && is_obeyed(it))
}

/// Writes a value as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_vec_pretty(value).map_err(io::Error::from);
    text.and_then(|text| Json::new().write_all(&[text.as_slice(), b"\n"].concat()))
        .map_err(Failure::writing)
}

/// Standard output for JSON.
pub struct Json {
    out: Box<dyn Write + Send>,
    is_terminal: bool,
}

impl Json {
    pub fn new() -> Self {
        Self { out: unbuffered(), is_terminal: io::stdout().is_terminal() }
    }
}

impl Write for Json {
    /// Takes whole UTF-8 characters. On a terminal, control characters become JSON escapes, which mean the same.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if self.is_terminal {
            let text = String::from_utf8_lossy(text);
            // Raw line breaks and tabs stay: JSON has none inside strings, so they are layout.
            let escape = |it| format!("\\u{:04x}", u32::from(it));
            self.out.write_all(replaced(&text, is_obeyed_but_layout, escape).as_bytes())?;
        } else {
            self.out.write_all(text)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes one line to standard error. It does not matter if that fails.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{}", plain(line));
}

/// Writes a value as one line of JSON to standard error.
pub fn note_json(value: &impl Serialize) {
    // This cannot fail: the values are numbers, and lists and objects of numbers and text.
    note(&serde_json::to_string(value).unwrap_or_default());
}

/// Writes the message of a failure to standard error.
pub fn failure(failure: &Failure) {
    if let Failure::Told(message) = failure {
        note(&format!("seedance: {message}"));
    }
}

/// Writes text with our own colours to standard error.
pub fn aside(text: &str) {
    let _ = anstream::AutoStream::auto(io::stderr()).write_all(ours_only(text).as_bytes());
}

/// Writes a warning to standard error.
pub fn warn(message: &str) {
    note(&format!("seedance: {}{message}", pick("warning: ", "警告：")));
}

/// Standard output without its line buffer: pieces of many whole lines need no search for the last line feed.
fn unbuffered() -> Box<dyn Write + Send> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        if let Ok(output) = io::stdout().as_fd().try_clone_to_owned() {
            return Box::new(std::fs::File::from(output));
        }
    }
    Box::new(io::stdout())
}
