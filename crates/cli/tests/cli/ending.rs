//! Runs that end before their answer is complete, and what they leave behind.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{command, seedance, write};

const JOB: &[u8] = b"{\"model\":\"seedance2.0-md\",\"prompt\":\"a\",\"duration\":5}\n";

fn wait_for(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Starts a plan that waits for more jobs, with its unfinished file in the folder.
fn waiting(mut command: Command, folder: &tempfile::TempDir) -> Child {
    let out = folder.path().join("plan.csv");
    let words = ["plan", "--prices", "prices.json", "--out"];
    command.args(words).arg(out).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = child.stdin.as_mut().unwrap();
    input.write_all(JOB).unwrap();
    wait_for(|| fs::read_dir(folder.path()).unwrap().count() == 1);
    child
}

fn kill(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-s", signal, &id]).status();
    assert!(killed.unwrap().success());
}

#[test]
fn an_unfinished_file_vanishes_with_the_signal_that_ends_the_run() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2)] {
        let folder = tempfile::tempdir().unwrap();
        // Shells start background jobs with some signals ignored, and the suite may be such a job.
        let mut heeding = Command::new("env");
        heeding.arg("--default-signal=HUP,INT,TERM");
        heeding.arg(command(&[]).get_program());
        heeding.current_dir(crate::support::examples());
        let mut child = waiting(heeding, &folder);
        // Standard input stays open, so that the run still waits when the signal comes.
        let _input = child.stdin.take();
        kill(&child, name);
        assert_eq!(child.wait().unwrap().signal(), Some(number), "{name}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
    }
}

#[test]
fn nohup_is_respected() {
    let folder = tempfile::tempdir().unwrap();
    let mut nohup = Command::new("nohup");
    nohup.arg(command(&[]).get_program());
    nohup.current_dir(crate::support::examples());
    nohup.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = waiting(nohup, &folder);
    kill(&child, "HUP");
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let written = fs::read_to_string(folder.path().join("plan.csv")).unwrap();
    assert_eq!(written.lines().count(), 2);
}

#[test]
fn a_file_that_is_replaced_keeps_its_mode() {
    let folder = tempfile::tempdir().unwrap();
    let out = write(&folder, "plan.csv", "what was there");
    for mode in [0o600, 0o640, 0o666] {
        fs::set_permissions(&out, fs::Permissions::from_mode(mode)).unwrap();
        let words = ["plan", "jobs.ndjson", "--prices", "prices.json", "--out"];
        assert_eq!(seedance(&[&words[..], &[&out]].concat()).code, 0);
        let found = fs::metadata(&out).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{mode:o}");
    }
}

/// What is no regular file, such as a pipe, is written to and not replaced.
#[test]
fn a_pipe_and_a_device_are_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let name = path.to_str().unwrap();
    let reader = std::thread::spawn({
        let path = path.clone();
        move || fs::read_to_string(path).unwrap()
    });
    let words = ["plan", "jobs.ndjson", "--prices", "prices.json", "--out"];
    let run = seedance(&[&words[..], &[name]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!fs::metadata(&path).unwrap().is_file());
    assert_eq!(reader.join().unwrap().lines().count(), 5);

    // A device that is always full; only the superuser may make one.
    let full = folder.path().join("full.csv");
    let made = Command::new("mknod").arg(&full).args(["c", "1", "7"]).status();
    if made.is_ok_and(|status| status.success()) && fs::write(&full, "x").is_err() {
        let name = full.to_str().unwrap();
        let run = seedance(&[&words[..], &[name]].concat());
        assert!(
            run.code == 2 && run.err.ends_with(": cannot be written: the disk is full\n"),
            "{run:?}"
        );
        assert!(!fs::metadata(&full).unwrap().is_file());
    }
    // Linux always has such a device.
    if let Ok(full) = fs::File::options().write(true).open("/dev/full") {
        let out =
            command(&[&words[..4], &["--lang", "zh"]].concat()).stdout(full).output().unwrap();
        let told = String::from_utf8(out.stderr).unwrap();
        assert!(told.ends_with("无法写入标准输出：磁盘已满\n"), "{told}");
    }
    let csv = folder.path().join("folder.csv");
    fs::create_dir(&csv).unwrap();
    seedance(&[&words[..], &[csv.to_str().unwrap(), "--lang", "zh"]].concat())
        .fails_with_part("无法写入：这是目录，请指定文件");
    // What standard output writes to is shared with it.
    let out = fs::File::create(folder.path().join("out.txt")).unwrap();
    let more = ["--summary", "--budget", "9", "--fit-out", "/dev/stdout"];
    let run = command(&[&words[..4], &more].concat()).stdout(out).status().unwrap();
    let written = fs::read_to_string(folder.path().join("out.txt")).unwrap();
    // The worst case of one job is unknown.
    assert_eq!(run.code(), Some(1));
    assert!(written.starts_with("{\"model\"") && written.contains("best case"), "{written}");
}

/// As a shell does, the file is refused, though its folder could take another one of its name.
#[test]
fn a_file_that_is_write_protected_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let out = write(&folder, "plan.csv", "what was there");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::OpenOptions::new().append(true).open(&out).is_ok() {
        // The superuser may write every file, so this cannot be tested.
        return;
    }
    seedance(&["plan", "jobs.ndjson", "--prices", "prices.json", "--out", &out])
        .fails_with(&format!("`{out}`: cannot be written: no permission to write there"));
}

/// Feeds one endless line to a run with little memory.
#[test]
fn without_memory_one_line_says_so() {
    for words in ["check --ndjson --quiet", "check", "plan --prices prices.json"] {
        let seedance = command(&[]).get_program().to_owned();
        let limited = format!("ulimit -v 600000; exec \"$0\" {words}");
        let mut child = Command::new("sh")
            .args(["-c", &limited])
            .arg(seedance)
            .current_dir(crate::support::examples())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let piece = vec![b'a'; 1 << 20];
        while input.write_all(&piece).is_ok() {}
        drop(input);
        let output = child.wait_with_output().unwrap();
        let told = "seedance: `standard input`: out of memory: the file, or one of its lines, is larger than the memory that is free\n";
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(2), told),
            "{words}"
        );
    }
}
