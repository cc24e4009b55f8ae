//! The table of jobs as a file, in the format of its ending: whole, or not there.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use seedance_core::Lang;
use seedance_ledger::plan::Row;
use tempfile::TempPath;

use super::export::{Csv, Json};
use super::fitting::Fitting;
use super::parquet;
use super::sink::{End, Sink};
use super::unfinished::remove_when_told_to_end;
use crate::failure::Failure;

/// A file that takes its name when it is complete, so that a run that fails leaves what was there before.
struct Part {
    sink: Box<dyn Sink>,
    part: TempPath,
    path: PathBuf,
}

/// What writes to the file `path`, which must be none of those that are `read`; with the columns that jobs carry along.
pub fn begin(
    path: &Path,
    read: &[&Path],
    carried: &[String],
    lang: Lang,
) -> Result<Box<dyn Sink>, Failure> {
    let begin = format(path, lang)?;
    written(path, read, lang, |file| begin(file, carried))
}

/// What writes the jobs that fit to a file, as they were given.
pub fn begin_fitting(path: &Path, read: &[&Path], lang: Lang) -> Result<Box<dyn Sink>, Failure> {
    written(path, read, lang, |file| Ok(Box::new(Fitting::new(file))))
}

fn written(
    path: &Path,
    read: &[&Path],
    lang: Lang,
    begin: impl FnOnce(File) -> io::Result<Box<dyn Sink>>,
) -> Result<Box<dyn Sink>, Failure> {
    // Where a link leads, if the file is there already.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    if read
        .iter()
        .any(|read| fs::canonicalize(read).is_ok_and(|read| read == target))
    {
        return Err(Failure::input_is_output(lang, path));
    }
    part(target, begin).map_err(|error| Failure::writing_to(lang, path, &error))
}

type Begin = fn(File, &[String]) -> io::Result<Box<dyn Sink>>;

fn format(path: &Path, lang: Lang) -> Result<Begin, Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(|file, carried| Ok(Box::new(Csv::new(file, carried)?))),
        Some("json") => Ok(|file, _| Ok(Box::new(Json::new(BufWriter::new(file))?))),
        Some("parquet") if parquet::IS_BUILT_IN => Ok(parquet::begin),
        Some("parquet") => {
            let en = "this program was built without Parquet, build it with `--features parquet` or write `.csv` or `.json`";
            let zh = "本程序编译时未启用 Parquet，请用 `--features parquet` 重新编译，或改写为 `.csv`、`.json`";
            Err(Failure::new(lang, en, zh))
        }
        _ => {
            let en = "the name of the file to write must end in one of `.csv`, `.json`, `.parquet`";
            let zh = "要写入的文件名须以 `.csv`、`.json`、`.parquet` 之一结尾";
            Err(Failure::new(lang, en, zh))
        }
    }
}

fn part(
    path: PathBuf,
    begin: impl FnOnce(File) -> io::Result<Box<dyn Sink>>,
) -> io::Result<Box<dyn Sink>> {
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // As any new file has them, less what the umask takes: a temporary file would be its owner's alone.
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let (file, part) = builder.tempfile_in(folder)?.into_parts();
    remove_when_told_to_end(&part)?;
    // What replaces a file may be read by whom the file could be read by.
    if let Ok(replaced) = fs::metadata(&path) {
        file.set_permissions(replaced.permissions())?;
    }
    let sink = begin(file)?;
    Ok(Box::new(Part { sink, part, path }))
}

impl Sink for Part {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.sink.row(row)
    }

    fn close(self: Box<Self>, end: &End) -> io::Result<()> {
        let Self { sink, part, path } = *self;
        sink.close(end)?;
        Ok(part.persist(path)?)
    }
}
