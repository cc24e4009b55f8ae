//! The table of jobs as a Parquet file, where the program was built with it.

#[cfg(feature = "parquet")]
pub use built_in::begin;

/// Whether this program can write Parquet.
pub const IS_BUILT_IN: bool = cfg!(feature = "parquet");

#[cfg(not(feature = "parquet"))]
pub fn begin(
    _file: std::fs::File,
    _carried: &[String],
) -> std::io::Result<Box<dyn super::sink::Sink>> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(feature = "parquet")]
mod built_in {
    use std::fs::File;
    use std::io;
    use std::sync::Arc;

    use parquet::basic::{ConvertedType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::Type;
    use seedance_ledger::plan::{COLUMNS, Row};

    use crate::plan::sink::{End, Sink};

    /// So many jobs are held in memory and written together.
    const GROUP: usize = 1 << 14;

    /// Optional text columns.
    struct Parquet {
        writer: SerializedFileWriter<File>,
        columns: Vec<Vec<Option<String>>>,
    }

    pub fn begin(file: File, carried: &[String]) -> io::Result<Box<dyn Sink>> {
        let column = |name: &str| {
            let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
            text.with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::UTF8)
                .build()
                .map(Arc::new)
        };
        let names = COLUMNS.iter().map(|(name, _)| *name);
        let names = names.chain(carried.iter().map(String::as_str));
        let fields: Vec<_> = names.map(column).collect::<Result<_, _>>()?;
        let columns = vec![Vec::new(); fields.len()];
        let schema = Type::group_type_builder("jobs").with_fields(fields);
        let properties = Arc::new(WriterProperties::new());
        Ok(Box::new(Parquet {
            writer: SerializedFileWriter::new(file, Arc::new(schema.build()?), properties)?,
            columns,
        }))
    }

    impl Sink for Parquet {
        fn row(&mut self, row: &Row) -> io::Result<()> {
            let cells = COLUMNS.iter().map(|(_, cell)| cell(row));
            let carried = row.carried.0.iter().map(|(_, cell)| Some(cell.clone()));
            for (column, cell) in self.columns.iter_mut().zip(cells.chain(carried)) {
                column.push(cell);
            }
            if self.columns.iter().any(|column| column.len() == GROUP) {
                self.write()?;
            }
            Ok(())
        }

        fn close(mut self: Box<Self>, _end: &End) -> io::Result<()> {
            self.write()?;
            self.writer.close()?;
            Ok(())
        }
    }

    impl Parquet {
        /// One row group of what is held.
        fn write(&mut self) -> io::Result<()> {
            let mut group = self.writer.next_row_group()?;
            for cells in &mut self.columns {
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                let values = cells
                    .drain(..)
                    .flatten()
                    .map(|cell| ByteArray::from(cell.into_bytes()));
                let values: Vec<ByteArray> = values.collect();
                if let Some(mut column) = group.next_column()? {
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&values, Some(&levels), None)?;
                    column.close()?;
                }
            }
            group.close()?;
            Ok(())
        }
    }
}
