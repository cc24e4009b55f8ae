//! Standard output: the answer, whole or not at all. Standard error: what else there is to tell.
//!
//! Whatever text comes in, no character that a terminal obeys leaves here but line feeds and our own colours.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::lang::pick;
use crate::plain::{escaped, is_obeyed, is_obeyed_but_layout, plain, replaced};

/// Writes text.
pub fn text(text: &str) -> Result<(), Failure> {
    write(text).map_err(Failure::writing)
}

/// The same, for who words the failure.
pub fn write(text: &str) -> io::Result<()> {
    let text = escaped(text, |character| character != '\n' && is_obeyed(character));
    let mut stdout = io::stdout();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Writes an answer: as JSON, or as people read it.
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

/// Writes text with our own colours, which are kept only where the terminal shows them. What others wrote in it is plain already.
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
    /// Takes whole characters; on a terminal, what it would obey stands as JSON's own escape, which says the same.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if self.is_terminal {
            let text = String::from_utf8_lossy(text);
            // Inside a string JSON has no raw line break or tab: those that are left are its layout.
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

/// One line for whoever watches; nobody need.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{}", plain(line));
}

/// The same for a program that watches: a value as one line of JSON.
pub fn note_json(value: &impl Serialize) {
    // Of nothing that JSON cannot hold: it cannot fail.
    note(&serde_json::to_string(value).unwrap_or_default());
}

/// Tells what went wrong.
pub fn failure(failure: &Failure) {
    if let Failure::Told(message) = failure {
        note(&format!("seedance: {message}"));
    }
}

/// What stands beside the answer, with our own colours.
pub fn aside(text: &str) {
    let _ = anstream::AutoStream::auto(io::stderr()).write_all(ours_only(text).as_bytes());
}

/// Something odd that stops nothing.
pub fn warn(message: &str) {
    note(&format!("seedance: {}{message}", pick("warning: ", "警告：")));
}

/// Standard output for pieces of many whole lines, which need no search for the last one's end.
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
