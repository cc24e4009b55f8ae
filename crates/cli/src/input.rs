//! Reading what the options name.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use seedance_core::{Lang, PriceBook};

use crate::failure::Failure;
use crate::output;

/// A whole document with the name that messages call it by.
#[derive(Debug)]
pub struct Document {
    pub name: String,
    pub text: Vec<u8>,
}

/// A source of bytes that is read piece by piece.
pub struct Stream {
    pub name: String,
    pub reader: Box<dyn Read + Send>,
    /// In bytes, where it is known beforehand.
    pub length: Option<u64>,
}

/// Reads a whole file, or standard input for `-` and for nothing.
pub fn read(path: Option<&Path>, lang: Lang) -> Result<Document, Failure> {
    let Stream {
        name,
        mut reader,
        length,
    } = open(path, lang)?;
    let mut text = Vec::new();
    let length = usize::try_from(length.unwrap_or(0)).unwrap_or(usize::MAX);
    text.try_reserve_exact(length)
        .map_err(io::Error::from)
        .and_then(|()| reader.read_to_end(&mut text))
        .map_err(|error| Failure::reading(lang, &name, &error))?;
    Ok(Document { name, text })
}

/// Opens a file, or standard input for `-` and for nothing.
pub fn open(path: Option<&Path>, lang: Lang) -> Result<Stream, Failure> {
    let Some(path) = path.filter(|path| **path != *STANDARD_INPUT) else {
        return Ok(standard_input(lang));
    };
    let name = path.to_string_lossy().into_owned();
    let failure = |error: io::Error| Failure::reading(lang, &name, &error);
    let file = File::open(path).map_err(failure)?;
    let metadata = file.metadata().map_err(failure)?;
    if metadata.is_dir() {
        return Err(failure(io::ErrorKind::IsADirectory.into()));
    }
    let length = metadata.is_file().then_some(metadata.len());
    Ok(Stream {
        name,
        reader: Box::new(file),
        length,
    })
}

/// What stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Refuses to read standard input for two of these files: the second would find it empty.
pub fn claim_standard_input(files: &[Option<&Path>], lang: Lang) -> Result<(), Failure> {
    let claims = files
        .iter()
        .flatten()
        .filter(|path| ***path == *STANDARD_INPUT);
    if claims.count() < 2 {
        return Ok(());
    }
    let en = "standard input can be read for one thing only, name a file for the others";
    Err(Failure::new(
        lang,
        en,
        "标准输入只能用于一项，其余请指定文件",
    ))
}

/// Reads a price book; its warnings are the caller's to show.
pub fn read_book(path: &Path, lang: Lang) -> Result<PriceBook, Failure> {
    let book = read(Some(path), lang)?;
    PriceBook::from_text(&book.text).map_err(|error| Failure::book(lang, &book.name, &error))
}

fn standard_input(lang: Lang) -> Stream {
    let zh = lang == Lang::Zh;
    if io::stdin().is_terminal() {
        output::note(if zh {
            "正在从终端读取，按 Ctrl-D 结束"
        } else {
            "reading from the terminal, end with Ctrl-D"
        });
    }
    let name = if zh { "标准输入" } else { "standard input" };
    Stream {
        name: name.into(),
        reader: Box::new(io::stdin()),
        length: None,
    }
}
