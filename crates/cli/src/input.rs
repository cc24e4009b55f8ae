//! Reads the files that the options name.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use seedance_ledger::jobs::{Form, TableJobs};

use crate::args::{Global, STANDARD_INPUT};
use crate::failure::Failure;
use crate::lang::{lang, pick, say};
use crate::output;

/// A whole document, and its name in messages.
#[derive(Debug)]
pub struct Document {
    pub name: String,
    pub text: Vec<u8>,
}

impl Document {
    /// The document with a text made from its own. The name then says `how`: places in that text are not places in the file.
    pub fn changed(&self, how: &str, text: Vec<u8>) -> Self {
        let name = &self.name;
        let name = say!("{name} ({how})", "{name}（{how}）");
        Self { name, text }
    }
}

/// A source of bytes that is read piece by piece.
pub struct Stream {
    pub name: String,
    pub reader: Box<dyn Read + Send>,
    /// The length in bytes, if it is known in advance.
    pub length: Option<u64>,
}

/// Reads a whole file, or standard input if the path is `-`.
pub fn read(path: &Path) -> Result<Document, Failure> {
    let Stream { name, reader, .. } = open(path)?;
    read_whole(name, reader)
}

/// Like [`read`], for a file that a spreadsheet or PowerShell may have written: with a byte-order mark, perhaps in UTF-16.
pub fn read_decoded(path: &Path) -> Result<Document, Failure> {
    let Stream { name, reader, .. } = open(path)?;
    let mut reader = BufReader::new(reader);
    beginning(&name, &mut reader)?;
    read_whole(name, decoded(reader))
}

/// The bytes that the first read of a file gives; the failure says what to do with a workbook.
fn beginning<'r>(name: &str, reader: &'r mut impl BufRead) -> Result<&'r [u8], Failure> {
    let first = reader.fill_buf().map_err(|error| Failure::reading(name, &error))?;
    if first.starts_with(b"PK\x03\x04") {
        let en = "is a workbook (.xlsx) or a ZIP file; save it as CSV, or unpack it";
        let zh = "是电子表格文件（.xlsx）或 ZIP 压缩包，请另存为 CSV 或先解压";
        return Err(Failure::that(name, pick(en, zh)));
    }
    Ok(first)
}

fn read_whole(name: String, mut reader: impl Read) -> Result<Document, Failure> {
    let mut text = Vec::new();
    reader.read_to_end(&mut text).map_err(|error| Failure::reading(&name, &error))?;
    Ok(Document { name, text })
}

/// Opens a file, or standard input if the path is `-`.
fn open(path: &Path) -> Result<Stream, Failure> {
    if path == STANDARD_INPUT {
        return Ok(standard_input());
    }
    let name = path.to_string_lossy().into_owned();
    let file = open_file(path).map_err(|error| Failure::reading(&name, &error))?;
    let length = file.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len());
    Ok(Stream { name, reader: Box::new(file), length })
}

/// Opens a file. A directory is an error: some systems open it, and then fail to read it in words of their own.
pub fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.metadata()?.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(file),
    }
}

/// Jobs as JSON, one per line, even if the file is a table.
pub struct Jobs {
    pub stream: Stream,
    /// The names of the columns that are not part of a job.
    pub carried: Vec<String>,
}

/// How many bytes of a file of jobs are inspected to detect its format.
const BEGINNING: usize = 64 * 1024;

/// Opens a file of jobs: lines, or a table. If columns are carried along, each line is a job with their cells, as
/// [`Carrying`](seedance_ledger::jobs::Carrying) reads it. Columns that were perhaps meant as fields are named on standard error.
pub fn open_jobs(path: &Path, global: Global) -> Result<Jobs, Failure> {
    let Stream { name, reader, length } = open(path)?;
    let mut reader = BufReader::with_capacity(BEGINNING, reader);
    // Only one read: a program that writes one job and waits for its answer would never send more.
    let first = beginning(&name, &mut reader)?;
    let Document { name, text: first } = read_whole(name, decoded(first))?;
    let reader = decoded(reader);
    let is_table = path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv")
    });
    let form = Form::of(&first, is_table)
        .map_err(|not_jobs| Failure::that(&name, &not_jobs.message(lang())))?;
    let Form::Table { delimiter } = form else {
        let stream = Stream { name, reader: Box::new(reader), length };
        return Ok(Jobs { stream, carried: Vec::new() });
    };
    let table = TableJobs::new(reader, delimiter);
    let table = table.map_err(|error| Failure::in_line(&name, &error))?;
    if let Some(remark) = table.remark(global.edition, lang()) {
        output::remark(&remark, global);
    }
    let carried = table.carried();
    // How long the lines of JSON will be does not follow from the file's length.
    let stream = Stream { name, reader: Box::new(table), length: None };
    Ok(Jobs { stream, carried })
}

/// Decodes to UTF-8 if a byte-order mark at the beginning says that it is something else, and removes the mark.
fn decoded<R: Read>(reader: R) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .bom_override(true)
        .strip_bom(true)
        .utf8_passthru(true)
        .build(reader)
}

/// The files that a command reads. At most one may be standard input: the second would find it empty.
pub fn claim<const N: usize>(files: [Option<&PathBuf>; N]) -> Result<Vec<&Path>, Failure> {
    let read: Vec<&Path> = files.into_iter().flatten().map(PathBuf::as_path).collect();
    if read.iter().filter(|path| **path == STANDARD_INPUT).count() < 2 {
        return Ok(read);
    }
    Err(Failure::Told(say!(
        "only one input can come from standard input; give a file for the others",
        "标准输入只能用于一项，其余请指定文件"
    )))
}

fn standard_input() -> Stream {
    if io::stdin().is_terminal() {
        let en = "reading from the terminal; end with Ctrl-D";
        output::note(pick(en, "正在从终端读取，按 Ctrl-D 结束"));
    }
    let name = pick("standard input", "标准输入");
    Stream { name: name.into(), reader: Box::new(io::stdin()), length: None }
}
