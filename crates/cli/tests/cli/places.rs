//! The places of findings in reports for people.

use crate::support::{fed, seedance, write};

/// The lines of a report that show a place: the arrow, the text and the marks.
fn shown(arguments: &[&str], body: &str) -> String {
    let out = fed(arguments, body.as_bytes()).out;
    let is_shown = |line: &&str| line.trim_start().starts_with("-->") || line.contains('|');
    let lines: Vec<&str> = out.lines().filter(is_shown).collect();
    lines.join("\n")
}

#[test]
fn the_arrow_points_where_the_message_says() {
    for body in [
        "{\n",
        "{\"model\": \"a\",\n\"prompt\": \"a\"\n\n",
        "{\"a\": 1\r\n",
        "\n\n",
        "{",
        "{\"a\": 1,",
        "{\"a\": \"视频\" x}",
        "{\t\"a\" 1}",
    ] {
        for lang in ["en", "zh"] {
            let out = fed(&["check", "--lang", lang], body.as_bytes()).out;
            let numbers = |line: &str| {
                let numbers = line.split(|it: char| !it.is_ascii_digit());
                let numbers = numbers.filter(|it| !it.is_empty()).take(2);
                numbers.map(ToOwned::to_owned).collect::<Vec<_>>()
            };
            let places: Vec<_> = out.lines().take(2).map(numbers).collect();
            assert_eq!(places[0], places[1], "{out}");
        }
    }
}

#[test]
fn a_long_line_is_cut_by_width_and_its_column_is_true() {
    let prompt = "雨夜的街道，".repeat(40);
    let body = format!(
        r#"{{"model":"seedance2.0-mini","prompt":"{prompt}","duration":5,"images":["https://example.com/a.png",]}}"#
    );
    let expected = "
 --> standard input:1:332
  |
1 | ... 夜的街道，\",\"duration\":5,\"images\":[\"https://example.com/a.png\",]}
  |                                                                    ^
  |";
    assert_eq!(format!("\n{}", shown(&["check"], &body)), expected);
}

#[test]
fn every_place_is_marked_behind_a_long_line() {
    let folder = tempfile::tempdir().unwrap();
    let prompt = "雨夜的街道".repeat(12);
    let body = format!(
        "{{\n  \"model\": \"seedance2.0-mini\",\n  \"prompt\": \"{prompt}\",\n  \"duration\": 5,\n  \"images\": [\n    \"https://example.com/ref.jpg\"\n  ],\n  \"first_image\": \"https://example.com/start.png\"\n}}\n"
    );
    let file = write(&folder, "pretty.json", &body);
    let out = seedance(&["check", &file]).out;
    let expected = "pretty.json:5:13
  |
5 |   \"images\": [
  |             ^
...
8 |   \"first_image\": \"https://example.com/start.png\"
  |                  -------------------------------
";
    assert!(out.contains(expected), "{out}");
}

#[test]
fn two_places_of_one_long_line() {
    let prompt = "é".repeat(100_000);
    let body = format!(
        r#"{{"model":"seedance2.0-mini","prompt":"{prompt}","duration":5,"images":["https://e.example/a.png"],"first_image":"https://e.example/s.png"}}"#
    );
    let shown = shown(&["check"], &body);
    let expected =
        "\"images\":[\"https://e.example/a.png\"],\"first_image\":\"https://e.example/s.png\"}
  |";
    let marks = "^^^^^^^^^^^^^^^^^^^^^^^^^^^               -------------------------";
    let is_whole = shown.contains(":1:100063\n") && shown.contains(expected);
    assert!(is_whole && shown.contains(marks), "{shown}");
}
