//! The table of jobs as a file: CSV, JSON, or Parquet where the program was built with it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use seedance_core::{Decimal, Lang};

use super::Plan;
use super::row::Row;
use crate::failure::Failure;

/// What stands in a row's cell.
type Cell = fn(&Row) -> Option<String>;

/// The columns, each with how it reads from a row; amounts are text, so that no reader makes them floats.
const COLUMNS: [(&str, Cell); 11] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", Row::name),
    ("status", |row| Some(row.status.name().into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| amount(row.lowest)),
    ("highest", |row| amount(row.highest)),
    ("cheapest_model", |row| {
        row.cheapest_model.as_deref().map(Into::into)
    }),
    ("cheapest", |row| amount(row.cheapest)),
    ("saving", |row| amount(row.saving)),
    ("why", |row| row.why.clone()),
];

fn amount(amount: Option<Decimal>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

pub fn write(plan: &Plan, path: &Path, lang: Lang) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure::writing_to(lang, path, &error);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => csv(plan, File::create(path).map_err(failure)?).map_err(failure),
        Some("json") => json(plan, File::create(path).map_err(failure)?).map_err(failure),
        #[cfg(feature = "parquet")]
        Some("parquet") => {
            parquet::write(plan, File::create(path).map_err(failure)?).map_err(failure)
        }
        _ => {
            let endings = if cfg!(feature = "parquet") {
                "`.csv`, `.json`, `.parquet`"
            } else {
                "`.csv`, `.json`"
            };
            let en = format!("the name of the file to write must end in one of {endings}");
            Err(Failure::new(
                lang,
                en,
                format!("要写入的文件名须以 {endings} 之一结尾"),
            ))
        }
    }
}

fn csv(plan: &Plan, file: File) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in &plan.jobs {
        writer.write_record(COLUMNS.map(|(_, cell)| cell(row).unwrap_or_default()))?;
    }
    writer.flush()
}

fn json(plan: &Plan, mut file: File) -> io::Result<()> {
    file.write_all(&serde_json::to_vec_pretty(plan)?)?;
    file.write_all(b"\n")
}

#[cfg(feature = "parquet")]
mod parquet {
    use std::fs::File;
    use std::io;
    use std::sync::Arc;

    use parquet::basic::{ConvertedType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type;

    use super::{COLUMNS, Plan};

    /// One row group of optional text columns.
    pub fn write(plan: &Plan, file: File) -> io::Result<()> {
        let column = |name: &str| {
            let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
            text.with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::UTF8)
                .build()
                .map(Arc::new)
        };
        let columns = COLUMNS
            .iter()
            .map(|(name, _)| column(name))
            .collect::<Result<_, _>>()?;
        let schema = Arc::new(
            Type::group_type_builder("jobs")
                .with_fields(columns)
                .build()?,
        );
        let mut writer =
            SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::new()))?;
        let mut group = writer.next_row_group()?;
        for (_, cell) in COLUMNS {
            let cells: Vec<Option<String>> = plan.jobs.iter().map(cell).collect();
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
            let values: Vec<ByteArray> = cells
                .iter()
                .flatten()
                .map(|cell| ByteArray::from(cell.as_str()))
                .collect();
            if let Some(mut column) = group.next_column()? {
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
                column.close()?;
            }
        }
        group.close()?;
        writer.close()?;
        Ok(())
    }
}
