//! Tables as spreadsheets write them.

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// What stands between the cells of a header: what makes the most of them known, or else the most cells.
#[must_use]
pub fn delimiter_of(header: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let count = |delimiter: &u8| {
        let cells = cells(header, *delimiter);
        let known = cells.iter().filter(|cell| is_known(cell)).count();
        (known, cells.len())
    };
    // The last of equals is taken.
    let best = DELIMITERS.into_iter().rev().max_by_key(count);
    best.unwrap_or(b',')
}

/// The cells of the first row.
pub fn cells(text: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = reader(text, delimiter);
    let header = reader.byte_headers().ok();
    let cells = header.into_iter().flat_map(|header| header.iter());
    cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// Reads a table with a header; rows may be shorter or longer than that.
pub fn reader<R: std::io::Read>(source: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .flexible(true)
        .from_reader(source)
}
