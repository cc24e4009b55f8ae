//! Writes answers to standard output, and everything else to standard error.
//!
//! Whatever text comes in, a terminal gets no control characters except line feeds and our own colours: other people's text must
//! not move the cursor, ring the bell or reverse the direction of writing.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::lang::pick;

/// Writes text to standard output.
pub fn text(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(escaped(text, &['\n']).as_bytes())?;
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
        Format::Human => text(&shown()).map_err(Failure::writing),
    }
}

/// Writes text with our own colours, which are kept if the terminal shows them. Text from elsewhere must already be [`plain`].
pub fn styled(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::AutoStream::auto(io::stdout());
    let written = stdout.write_all(escaped(text, &OURS).as_bytes());
    written.and_then(|()| stdout.flush()).map_err(Failure::writing)
}

/// Writes a value as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    json_to(Json, value).map_err(Failure::writing)
}

/// Writes a value as JSON to a file or to standard output.
pub fn json_to(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    out.write_all(&text)
}

/// Standard output for JSON.
pub struct Json;

impl Write for Json {
    /// Takes whole UTF-8 characters. On a terminal, control characters become JSON escapes, which mean the same.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let mut stdout = io::stdout();
        if stdout.is_terminal() {
            let escape = |it| format!("\\u{:04x}", u32::from(it));
            // Raw line breaks and tabs stay: JSON has none inside strings, so they are layout.
            let text = replaced(&String::from_utf8_lossy(text), &['\n', '\r', '\t'], escape);
            stdout.write_all(text.as_bytes())?;
        } else {
            stdout.write_all(text)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
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
    let _ = anstream::AutoStream::auto(io::stderr()).write_all(escaped(text, &OURS).as_bytes());
}

/// Writes a warning to standard error.
pub fn warn(message: impl Display) {
    note(&format!("seedance: {}{message}", pick("warning: ", "警告：")));
}

/// Writes a warning about a price book or a table of jobs to standard error, in the format of the answers.
pub fn remark(message: &str, Global { format, .. }: Global) {
    match format {
        Format::Json => note_json(&BTreeMap::from([("warning", message)])),
        Format::Human => warn(message),
    }
}

/// Line feeds, and what begins our own colours.
const OURS: [char; 2] = ['\n', '\u{1b}'];

/// The text with every character that a terminal would obey escaped, such as `\u{1b}`.
pub fn plain(text: &str) -> String {
    escaped(text, &[])
}

fn escaped(text: &str, kept: &[char]) -> String {
    replaced(text, kept, |it| it.escape_unicode().to_string())
}

fn replaced(text: &str, kept: &[char], escape: impl Fn(char) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_obeyed(character) && !kept.contains(&character) {
            shown += &escape(character);
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a terminal acts on the character instead of showing it.
fn is_obeyed(character: char) -> bool {
    let turns_round = matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    character.is_control()
        || turns_round
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(plain("视频 é 0.05"), "视频 é 0.05");
        assert_eq!(plain("\u{1b}[2Ja\u{7}\n"), "\\u{1b}[2Ja\\u{7}\\u{a}");
        assert_eq!(plain("a\u{202E}b"), "a\\u{202e}b");
    }
}
