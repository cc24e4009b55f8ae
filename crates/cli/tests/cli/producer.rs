//! The commands in `docs/producer.md` and its Chinese version print what is shown there.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{command, examples};

/// A copy of the files that the document uses, because its commands write files.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let copied = desk.path().join("producer");
    fs::create_dir(&copied).unwrap();
    for file in fs::read_dir(examples().join("producer")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copied.join(file.file_name())).unwrap();
    }
    fs::copy(examples().join("prices.json"), desk.path().join("prices.json")).unwrap();
    desk
}

/// The output of a shell command: standard output and standard error together.
fn said(line: &str, folder: &Path) -> String {
    let program = command(&[]);
    let programs = Path::new(program.get_program()).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder);
    shell.env_clear().env("PATH", path).env("HOME", folder);
    let output = shell.output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn the_producers_day() {
    for name in ["producer.md", "producer.zh.md"] {
        let story = fs::read_to_string(examples().join("../docs").join(name)).unwrap();
        let desk = desk();
        let mut told = 0;
        for block in story.split("```console\n").skip(1) {
            let block = block.split("```").next().unwrap();
            for step in block.split("$ ").skip(1) {
                let (line, expected) = step.split_once('\n').unwrap();
                let said = said(line, &desk.path().join("producer"));
                assert_eq!(said, expected, "{name}: {line}");
                told += 1;
            }
        }
        assert_eq!(told, 15, "{name}");
    }
}
