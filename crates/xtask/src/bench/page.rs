//! The document that a run writes: text and tables.

use std::fmt::Write;

use itertools::Itertools;

/// A document as it grows.
#[derive(Default)]
pub struct Page(String);

impl Page {
    /// A paragraph, or a heading.
    pub fn say(&mut self, text: &str) {
        let _ = writeln!(self.0, "{}\n", text.trim_end());
    }

    pub fn table<S: AsRef<str>>(
        &mut self,
        titles: &[&str],
        rows: impl IntoIterator<Item = Vec<S>>,
    ) {
        self.row(titles);
        self.row(titles.iter().map(|_| "---"));
        rows.into_iter().for_each(|row| self.row(row));
        self.0.push('\n');
    }

    fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let cells = cells.into_iter().map(|cell| cell.as_ref().replace('|', "\\|"));
        let _ = writeln!(self.0, "| {} |", cells.format(" | "));
    }

    pub fn text(&self) -> String {
        format!("{}\n", self.0.trim_end())
    }
}

/// Nanoseconds as a person reads them.
pub fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "µs"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    let digits = if value < 10.0 {
        2
    } else if value < 100.0 {
        1
    } else {
        0
    };
    format!("{value:.digits$} {unit}")
}

/// How often one is in the other.
pub fn times(ratio: f64) -> String {
    if ratio >= 10.0 { format!("{ratio:.0} ×") } else { format!("{ratio:.2} ×") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_fitting_unit() {
        assert_eq!(
            [18.04, 255.4, 2_100.0, 81_400_000.0, 3.2e9].map(time),
            ["18.0 ns", "255 ns", "2.10 µs", "81.4 ms", "3.20 s"]
        );
        assert_eq!([0.5, 12.4].map(times), ["0.50 ×", "12 ×"]);
    }
}
