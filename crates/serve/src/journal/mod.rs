//! The journal of attempts: written to disk before anything is sent, so that no crash leads to a second charge.
//!
//! One JSON object a line, appended and synced. An attempt that has begun and not ended was cut off by a crash: what
//! became of it is unknown, and it is never sent again. A last line that a crash tore apart never counted: its attempt
//! was not sent (`begun`), or stays unknown (`ended`). Any other line that cannot be read may hide an attempt.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::journal::attempt::{AttemptId, DraftHash, Outcome};
use crate::refusal::{Charge, Kind, Refusal};
use file::JournalFile;

pub(crate) mod attempt;
mod file;

/// How every line of the journal begins.
const RECORD_START: &[u8] = b"{\"record\":\"";

/// All attempts that this machine's person has made through the companion.
#[derive(Debug)]
pub(crate) struct Journal {
    file: Mutex<JournalFile>,
    attempts: Mutex<HashMap<AttemptId, Attempt>>,
}

#[derive(Debug)]
struct Attempt {
    draft: DraftHash,
    outcome: watch::Receiver<Option<Arc<Outcome>>>,
}

/// What [`Journal::begin`] found out about an attempt id.
#[derive(Debug)]
pub(crate) enum Begin {
    /// It is new, and now on disk: send it, then hand in how it ended.
    New(Begun),
    /// It is under way or over; this tells how it ended as soon as it has.
    Known(watch::Receiver<Option<Arc<Outcome>>>),
    /// It belongs to another draft.
    Reused,
}

/// An attempt on its way. Dropping it without an outcome leaves it unknown, as a crash does.
#[derive(Debug)]
pub(crate) struct Begun {
    id: AttemptId,
    outcome: watch::Sender<Option<Arc<Outcome>>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record {
    Begun {
        attempt: AttemptId,
        draft: DraftHash,
        at: u64,
    },
    Ended {
        attempt: AttemptId,
        at: u64,
        #[serde(flatten)]
        outcome: Outcome,
    },
}

impl Journal {
    /// Opens the journal, or begins one, and keeps every other companion out of it.
    pub(crate) fn open(path: &Path) -> Result<Self, JournalError> {
        let (mut file, text) = JournalFile::open(path)?;
        let lines = without_torn_end(&text);
        let attempts = read_attempts(lines).map_err(|line| JournalError::UnreadableLine {
            path: path.to_owned(),
            line,
        })?;
        file.keep(lines).map_err(|source| JournalError::Unusable {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self {
            file: Mutex::new(file),
            attempts: Mutex::new(attempts),
        })
    }

    /// Writes down that an attempt begins. Blocks until the disk has it.
    ///
    /// # Errors
    /// When the disk did not take it; the attempt is then as if it had never been made.
    pub(crate) fn begin(&self, id: &AttemptId, draft: &DraftHash) -> io::Result<Begin> {
        let mut attempts = self.attempts.lock().expect("no panic holds this lock");
        if let Some(known) = attempts.get(id) {
            return Ok(if known.draft == *draft {
                Begin::Known(known.outcome.clone())
            } else {
                Begin::Reused
            });
        }
        self.append(&Record::Begun {
            attempt: id.clone(),
            draft: draft.clone(),
            at: now(),
        })?;
        let (sender, receiver) = watch::channel(None);
        attempts.insert(
            id.clone(),
            Attempt {
                draft: draft.clone(),
                outcome: receiver,
            },
        );
        Ok(Begin::New(Begun {
            id: id.clone(),
            outcome: sender,
        }))
    }

    /// Writes down how an attempt ended, and tells all who wait for it. Blocks until the disk has it.
    ///
    /// # Errors
    /// When the disk did not take it; those who wait are told all the same.
    pub(crate) fn end(&self, begun: Begun, outcome: Arc<Outcome>) -> io::Result<()> {
        let record = Record::Ended {
            attempt: begun.id,
            at: now(),
            outcome: Outcome::clone(&outcome),
        };
        let written = self.append(&record);
        begun.outcome.send_replace(Some(outcome));
        written
    }

    /// Where an attempt stands: `None` when it was never made, `Some(None)` while it is under way.
    pub(crate) fn look_up(&self, id: &AttemptId) -> Option<Option<Arc<Outcome>>> {
        let attempts = self.attempts.lock().expect("no panic holds this lock");
        attempts
            .get(id)
            .map(|attempt| outcome_now(&attempt.outcome))
    }

    fn append(&self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        let mut file = self.file.lock().expect("no panic holds this lock");
        file.append(&line)
    }
}

/// The outcome that an attempt has now. One whose end nobody will report any more is unknown.
fn outcome_now(outcome: &watch::Receiver<Option<Arc<Outcome>>>) -> Option<Arc<Outcome>> {
    let gone = outcome.has_changed().is_err();
    let known = outcome.borrow().clone();
    if known.is_none() && gone {
        Some(unknown())
    } else {
        known
    }
}

/// Waits until an attempt has ended.
pub(crate) async fn wait_for(mut outcome: watch::Receiver<Option<Arc<Outcome>>>) -> Arc<Outcome> {
    let ended = outcome.wait_for(Option::is_some).await;
    ended
        .ok()
        .and_then(|outcome| outcome.clone())
        .unwrap_or_else(unknown)
}

fn unknown() -> Arc<Outcome> {
    Arc::new(
        Refusal::new(Kind::LostAnswer)
            .with_charge(Charge::Possible)
            .into(),
    )
}

/// The text up to a last line that breaks off within a record.
fn without_torn_end(text: &[u8]) -> &[u8] {
    let newline = text.iter().rposition(|&byte| byte == b'\n');
    let (lines, end) = text.split_at(newline.map_or(0, |at| at + 1));
    // What begins otherwise was never a record: the file may be somebody else's.
    let is_record = end.starts_with(RECORD_START) || RECORD_START.starts_with(end);
    if is_record && serde_json::from_slice::<IgnoredAny>(end).is_err() {
        lines
    } else {
        text
    }
}

/// The attempts that these lines tell of, or the number of the first line that cannot be read.
fn read_attempts(lines: &[u8]) -> Result<HashMap<AttemptId, Attempt>, usize> {
    let mut attempts = HashMap::new();
    for (index, line) in lines.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match serde_json::from_slice(line).map_err(|_| index + 1)? {
            Record::Begun { attempt, draft, .. } => {
                let (_, outcome) = watch::channel(None);
                attempts.insert(attempt, Attempt { draft, outcome });
            }
            Record::Ended {
                attempt, outcome, ..
            } => {
                if let Some(begun) = attempts.get_mut(&attempt) {
                    (_, begun.outcome) = watch::channel(Some(Arc::new(outcome)));
                }
            }
        }
    }
    Ok(attempts)
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// Why the companion cannot keep its journal, without which it does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another companion holds the journal.
    #[error("another companion is writing {}: stop it, or give this one a journal of its own with --journal", .0.display())]
    Busy(PathBuf),
    /// The file cannot be opened, made or read.
    #[error("cannot use the journal {}: {source}; name another place with --journal", path.display())]
    Unusable {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line holds no record, so nobody knows which attempt it told of.
    #[error(
        "cannot read line {line} of the journal {}: restore it, delete it (its attempt could then be sent again), or name another journal with --journal",
        path.display()
    )]
    UnreadableLine {
        /// The journal.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::attempt::State;

    fn id() -> AttemptId {
        "0f8fad5b-d9cb-469f-a165-70867728950e".parse().unwrap()
    }

    fn answer() -> Arc<Outcome> {
        Arc::new(Outcome {
            state: State::Answered,
            status: 200,
            answer: "{\n}".to_owned(),
            retry_after: None,
        })
    }

    fn begin_new(journal: &Journal, draft: &DraftHash) -> Begun {
        match journal.begin(&id(), draft).unwrap() {
            Begin::New(begun) => begun,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_ended_attempt_survives_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/journal");
        let draft = DraftHash::of(b"{}");
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.look_up(&id()), None);
        let begun = begin_new(&journal, &draft);
        assert_eq!(journal.look_up(&id()), Some(None));
        journal.end(begun, answer()).unwrap();
        drop(journal);
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.look_up(&id()), Some(Some(answer())));
        assert!(matches!(
            journal.begin(&id(), &draft).unwrap(),
            Begin::Known(_)
        ));
        assert!(matches!(
            journal.begin(&id(), &DraftHash::of(b"[]")).unwrap(),
            Begin::Reused
        ));
    }

    #[test]
    fn an_attempt_cut_off_is_unknown_at_once_and_after_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::open(&path).unwrap();
        drop(begin_new(&journal, &DraftHash::of(b"{}")));
        assert_eq!(journal.look_up(&id()), Some(Some(unknown())));
        drop(journal);
        assert_eq!(
            Journal::open(&path).unwrap().look_up(&id()),
            Some(Some(unknown()))
        );
    }

    #[test]
    fn a_torn_last_line_is_passed_over_and_does_not_spoil_the_next_one() {
        let directory = tempfile::tempdir().unwrap();
        for torn in ["{", "{\"record\":\"begun\",\"attempt\":\"0f8f"] {
            let path = directory.path().join(format!("journal{}", torn.len()));
            std::fs::write(&path, torn).unwrap();
            let journal = Journal::open(&path).unwrap();
            assert_eq!(journal.look_up(&id()), None);
            let begun = begin_new(&journal, &DraftHash::of(b"{}"));
            journal.end(begun, answer()).unwrap();
            drop(journal);
            assert_eq!(
                Journal::open(&path).unwrap().look_up(&id()),
                Some(Some(answer()))
            );
        }
    }

    #[test]
    fn a_whole_last_line_counts_without_its_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::open(&path).unwrap();
        let begun = begin_new(&journal, &DraftHash::of(b"{}"));
        journal.end(begun, answer()).unwrap();
        drop(journal);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.trim_end()).unwrap();
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.look_up(&id()), Some(Some(answer())));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn what_cannot_be_read_and_is_not_torn_is_told_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        drop(begin_new(
            &Journal::open(&path).unwrap(),
            &DraftHash::of(b"{}"),
        ));
        let good = std::fs::read_to_string(&path).unwrap();
        for (text, line) in [
            (format!("{good}{{\"record\":\"begu\n{good}"), 2),
            (format!("{good}{good}{{\"record\":\"begu\n"), 3),
            (format!("\n{good}"), 1),
            (format!("{good}{{\"record\":\"of another kind\"}}"), 2),
            ("sk_a_key_file".to_owned(), 1),
        ] {
            std::fs::write(&path, &text).unwrap();
            let error = Journal::open(&path).unwrap_err().to_string();
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
        let _first = Journal::open(&path).unwrap();
        assert!(matches!(Journal::open(&path), Err(JournalError::Busy(_))));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("state/journal");
        let _journal = Journal::open(&path).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }

    #[tokio::test]
    async fn who_asks_while_it_is_under_way_hears_the_end() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(&directory.path().join("journal")).unwrap();
        let draft = DraftHash::of(b"{}");
        let begun = begin_new(&journal, &draft);
        let Begin::Known(receiver) = journal.begin(&id(), &draft).unwrap() else {
            panic!("it has begun")
        };
        let waiting = tokio::spawn(wait_for(receiver));
        journal.end(begun, answer()).unwrap();
        assert_eq!(waiting.await.unwrap(), answer());
    }
}
