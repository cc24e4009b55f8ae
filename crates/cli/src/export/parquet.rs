//! Tables as Parquet files.

use std::fs::File;
use std::io;
use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::sheet::Sheet;

/// The number of rows that are held in memory and written together.
const GROUP: usize = 1 << 14;

/// A table whose columns are all optional text.
struct Parquet {
    writer: SerializedFileWriter<File>,
    columns: Vec<Vec<Option<String>>>,
}

/// Begins a table with a header.
pub fn parquet(file: File, header: &[&str], _for_spreadsheets: bool) -> io::Result<Box<dyn Sheet>> {
    let column = |name: &&str| {
        let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        text.with_repetition(Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::UTF8)
            .build()
            .map(Arc::new)
    };
    let fields = header.iter().map(column).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("jobs").with_fields(fields);
    let properties = Arc::new(WriterProperties::new());
    Ok(Box::new(Parquet {
        writer: SerializedFileWriter::new(file, Arc::new(schema.build()?), properties)?,
        columns: vec![Vec::new(); header.len()],
    }))
}

impl Sheet for Parquet {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        if self.columns.first().is_some_and(|column| column.len() == GROUP) {
            self.write()?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.write()?;
        self.writer.close()?;
        Ok(())
    }
}

impl Parquet {
    /// Writes the rows held in memory as one row group.
    fn write(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group()?;
        for cells in &mut self.columns {
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
            let values = cells.drain(..).flatten().map(|cell| ByteArray::from(cell.into_bytes()));
            let values: Vec<ByteArray> = values.collect();
            if let Some(mut column) = group.next_column()? {
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                column.close()?;
            }
        }
        group.close()?;
        Ok(())
    }
}
