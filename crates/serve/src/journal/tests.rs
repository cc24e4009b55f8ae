//! What the journal keeps, and how it treats files that were cut off or changed.

use std::io;
use std::sync::mpsc;

use serde_json::json;

use super::*;
use crate::outcome::State;

/// A disk that writes a line only when told to.
pub(crate) struct SlowDisk(mpsc::Sender<()>);

impl SlowDisk {
    /// An empty journal on such a disk.
    pub(crate) fn with_journal() -> (Journal, Self) {
        let (sender, told) = mpsc::channel();
        let gone = |_| io::Error::other("the test is over");
        let writer = Writer::start(move |_| told.recv().map_err(gone)).unwrap();
        let journal = Journal { writer, memory: Mutex::default(), repeat_window: 0 };
        (journal, Self(sender))
    }

    /// Writes the next line, as soon as there is one.
    pub(crate) fn take(&self) {
        self.0.send(()).unwrap();
    }
}

fn id() -> AttemptId {
    "0f8fad5b-d9cb-469f-a165-70867728950e".parse().unwrap()
}

fn answer() -> Outcome {
    Outcome {
        state: State::Answered,
        status: 200,
        answer: r#"{"code":0,"data":{"task_id":"vid_1"}}"#.to_owned(),
        headers: Vec::new(),
    }
}

/// A file that only its owner can read, as the journal must be.
fn write_private(path: &Path, text: &str) {
    drop(open(path));
    std::fs::write(path, text).unwrap();
}

const WINDOW: u64 = 900;

fn open(path: &Path) -> Journal {
    Journal::open(path, WINDOW).unwrap()
}

fn fingerprint(body: &str) -> Fingerprint {
    Fingerprint::new(body.as_bytes(), "0123abcd".to_owned())
}

async fn begin_new(journal: &Journal) -> Begun {
    let begun = journal.begin(Some(id()), &fingerprint("{}")).unwrap().begun.unwrap();
    journal.write_begin(&begun).await.unwrap();
    begun
}

#[tokio::test]
async fn an_ended_attempt_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("deep/journal");
    let journal = open(&path);
    assert_eq!(journal.look_up(&id()), None);
    let begun = begin_new(&journal).await;
    assert_eq!(journal.look_up(&id()), Some(None));
    journal.end(&begun, answer(), &Asked::default()).await;
    drop(journal);
    let journal = open(&path);
    assert_eq!(journal.look_up(&id()), Some(Some(Arc::new(answer()))));
    assert!(journal.begin(Some(id()), &fingerprint("{}")).unwrap().begun.is_none());
    let reused = journal.begin(Some(id()), &fingerprint("[]")).unwrap_err();
    assert!(reused.to_json(Lang::En).contains("attempt_reused"));
}

/// The answer came after its client was told that it is lost, but before that is noted.
#[tokio::test]
async fn who_was_told_of_a_lost_answer_was_not_told_of_the_task() {
    let directory = tempfile::tempdir().unwrap();
    let journal = open(&directory.path().join("journal"));
    let begun = begin_new(&journal).await;
    let lost = unknown();
    journal.end(&begun, (*lost).clone(), &Asked::default()).await;
    journal.end(&begun, answer(), &Asked::default()).await;
    journal.told(&begun.id, &lost);
    assert!(journal.begin(None, &fingerprint("{}")).unwrap().begun.is_none());
    journal.told(&begun.id, &answer());
    assert!(journal.begin(None, &fingerprint("{}")).unwrap().begun.is_some());
}

#[tokio::test]
async fn an_attempt_of_one_key_is_not_answered_to_another() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let of_another = Fingerprint::new(b"{}", "another1".to_owned());
    let journal = open(&path);
    let begun = begin_new(&journal).await;
    let refused = |journal: &Journal| {
        let refusal = journal.begin(Some(id()), &of_another).unwrap_err().to_json(Lang::En);
        assert!(refusal.contains("attempt_reused") && refusal.contains("key"), "{refusal}");
    };
    refused(&journal);
    journal.end(&begun, answer(), &Asked::default()).await;
    refused(&journal);
    drop(journal);
    let journal = open(&path);
    refused(&journal);
    // Nothing was made, for instance because the first key was wrong.
    let free = Outcome::refused(&Kind::Stopping.into(), Lang::En);
    journal.end(&begun, free, &Asked::default()).await;
    drop(journal);
    assert!(open(&path).begin(Some(id()), &of_another).unwrap().begun.is_some());
}

#[tokio::test]
async fn an_attempt_cut_off_is_unknown_at_once_and_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let journal = open(&path);
    drop(begin_new(&journal).await);
    assert_eq!(journal.look_up(&id()), Some(Some(unknown())));
    drop(journal);
    assert_eq!(open(&path).look_up(&id()), Some(Some(unknown())));
}

#[tokio::test]
async fn a_torn_last_line_is_passed_over_and_does_not_spoil_the_next_one() {
    let directory = tempfile::tempdir().unwrap();
    for torn in ["{", "{\"record\":\"begun\",\"attempt\":\"0f8f", "{\"record\0\0", "\0\0\0\0"] {
        let path = directory.path().join(format!("journal{}", torn.len()));
        write_private(&path, torn);
        let journal = open(&path);
        assert_eq!(journal.look_up(&id()), None);
        let begun = begin_new(&journal).await;
        journal.end(&begun, answer(), &Asked::default()).await;
        drop(journal);
        assert_eq!(open(&path).look_up(&id()), Some(Some(Arc::new(answer()))));
    }
}

#[tokio::test]
async fn a_whole_last_line_counts_without_its_end() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let journal = open(&path);
    let begun = begin_new(&journal).await;
    journal.end(&begun, answer(), &Asked::default()).await;
    drop(journal);
    let text = std::fs::read_to_string(&path).unwrap();
    for end in ["", "\0\0\0"] {
        std::fs::write(&path, format!("{}{end}", text.trim_end())).unwrap();
        let journal = open(&path);
        assert_eq!(journal.look_up(&id()), Some(Some(Arc::new(answer()))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[tokio::test]
async fn what_cannot_be_read_and_is_not_torn_is_told_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    drop(begin_new(&open(&path)).await);
    let good = std::fs::read_to_string(&path).unwrap();
    for (text, line) in [
        (format!("{good}{{\"record\":\"begu\n{good}"), 2),
        (format!("{good}{good}{{\"record\":\"begu\n"), 3),
        (format!("\n{good}"), 1),
        (format!("{good}{{\"record\":\"of another kind\"}}"), 2),
        ("sk_a_key_file".to_owned(), 1),
    ] {
        std::fs::write(&path, &text).unwrap();
        let error = Journal::open(&path, WINDOW).unwrap_err().to_string();
        assert!(
            error.contains(&format!("line {line} of")) && error.contains("--journal"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn one_companion_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let _first = open(&path);
    let refused = Journal::open(&path, WINDOW).unwrap_err().to_string();
    assert!(refused.starts_with("another companion is writing "), "{refused}");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state/journal");
    let _journal = open(&path);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[tokio::test]
async fn who_asks_while_it_is_under_way_hears_the_end() {
    let directory = tempfile::tempdir().unwrap();
    let journal = open(&directory.path().join("journal"));
    let begun = begin_new(&journal).await;
    let known = journal.begin(Some(id()), &fingerprint("{}")).unwrap();
    let waiting = tokio::spawn(wait_for(known.ending));
    journal.end(&begun, answer(), &Asked::default()).await;
    assert_eq!(*waiting.await.unwrap(), answer());
}

#[tokio::test]
async fn a_charge_is_news_only_where_its_numbers_differ() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let charge = |usage: &str| {
        let json = format!(r#"{{"cost":"0.250","usage":{usage}}}"#);
        serde_json::from_str::<Charge>(&json).unwrap()
    };
    let lines = || std::fs::read_to_string(&path).unwrap().lines().count();
    let journal = open(&path);
    let begun = begin_new(&journal).await;
    let answer = r#"{"code":20000,"data":{"task_id":"vid_1","cost":0.250,"usage":{"total_tokens":3, "output":{"b":1,"a":2}}}}"#;
    let outcome = Outcome::answered(200, answer.to_owned(), Vec::new(), false);
    journal.end(&begun, outcome, &Asked::default()).await;
    let same = r#"{"output":{"a":2,"b":1},"total_tokens":3}"#;
    journal.note_charge("vid_1", charge(same));
    drop(journal);
    assert_eq!(lines(), 2);
    let journal = open(&path);
    journal.note_charge("vid_1", charge(same));
    journal.note_charge("vid_1", charge(r#"{"total_tokens":4,"output":1}"#));
    drop(journal);
    assert_eq!(lines(), 3);
    // As an earlier version may have written it.
    let text = std::fs::read_to_string(&path).unwrap();
    let other =
        text.replace(r#"{"output":1,"total_tokens":4}"#, r#"{"total_tokens":4,"output":1}"#);
    assert_ne!(other, text);
    std::fs::write(&path, other).unwrap();
    let journal = open(&path);
    journal.note_charge("vid_1", charge(r#"{"output":1,"total_tokens":4}"#));
    drop(journal);
    assert_eq!(lines(), 3);
}

/// What is to be looked for is what was sent last, whatever else was lost before.
#[test]
fn the_last_of_several_lost_attempts_is_the_one_that_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let ids: Vec<_> = (0..20).map(|_| random_id()).collect();
    let lines = ids.iter().zip(now() - 100..).map(|(attempt, at)| {
        let Fingerprint { body, key } = fingerprint("{}");
        let begun = json!({ "record": "begun", "attempt": attempt, "draft": body, "caller": key, "at": at });
        let ended = json!({ "record": "ended", "attempt": attempt, "at": at, "state": "answered", "status": 500, "answer": "{}" });
        format!("{begun}\n{ended}\n")
    });
    write_private(&path, &lines.collect::<String>());
    let refusal = open(&path).begin(None, &fingerprint("{}")).unwrap_err();
    assert_eq!(refusal.error.repeats.unwrap().attempt, ids[19]);
}
