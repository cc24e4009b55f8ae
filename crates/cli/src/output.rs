//! Standard output: the answer, whole or not at all.

use std::io::{self, Write};

use seedance_core::Lang;
use serde::Serialize;

use crate::failure::Failure;

/// Writes text; its colours are kept only where the terminal shows them.
pub fn text(text: &str, lang: Lang) -> Result<(), Failure> {
    write(text).map_err(|error| Failure::writing(lang, &error))
}

/// The same, for who words the failure.
pub fn write(text: &str) -> io::Result<()> {
    let mut stdout = anstream::AutoStream::auto(io::stdout());
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Writes a value as JSON.
pub fn json(value: &impl Serialize, lang: Lang) -> Result<(), Failure> {
    let mut bytes =
        serde_json::to_vec_pretty(value).map_err(|error| Failure::writing(lang, &error.into()))?;
    bytes.push(b'\n');
    let mut stdout = io::stdout();
    stdout
        .write_all(&bytes)
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::writing(lang, &error))
}

/// Standard output for pieces of many whole lines, which need no search for the last one's end.
pub fn unbuffered() -> Box<dyn Write + Send> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        if let Ok(output) = io::stdout().as_fd().try_clone_to_owned() {
            return Box::new(std::fs::File::from(output));
        }
    }
    Box::new(io::stdout())
}
