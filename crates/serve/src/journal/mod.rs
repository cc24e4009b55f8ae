//! The journal of attempts: written to disk before anything is sent, so that no crash leads to a second charge.
//!
//! One JSON object a line, appended and synced. An attempt that has begun and not ended was cut off by a crash: what
//! became of it is unknown, and it is never sent again. A last line that a crash tore apart never counted: its attempt
//! was not sent (`begun`), or stays unknown (`ended`). Any other line that cannot be read may hide an attempt.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use seedance_core::Lang;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::watch;

use crate::attempt::{AttemptId, DraftHash};
use crate::json;
use crate::refusal::{Charge, Earlier, Kind, Refusal};
use file::JournalFile;
use outcome::{Fate, Outcome};
#[cfg(test)]
use writer::SlowDisk;
use writer::{Mark, Writer};

pub use error::JournalError;
pub(crate) use file::{NotWritten, survive_file_size_limits};

mod error;
mod file;
pub(crate) mod outcome;
mod writer;

/// How every line of the journal begins.
const RECORD_START: &[u8] = b"{\"record\":\"";

/// All attempts that this machine's person has made through the companion.
#[derive(Debug)]
pub(crate) struct Journal {
    writer: Writer,
    attempts: Mutex<HashMap<AttemptId, Attempt>>,
    charges: Mutex<Charges>,
    /// For how long a request that may have been charged is not sent again by itself.
    repeat_window: Duration,
}

/// What is asked for: who asks, for what, and under which name.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// The client's own name for it; one of ours where it gives none.
    pub(crate) id: Option<AttemptId>,
    pub(crate) draft: DraftHash,
    /// The fingerprint of the key that pays.
    pub(crate) caller: String,
}

/// What each task cost that was made through the companion, as far as the API has said so.
type Charges = HashMap<String, seedance_core::Charge>;

type Ending = watch::Receiver<Option<Arc<Outcome>>>;

#[derive(Debug)]
struct Attempt {
    draft: DraftHash,
    caller: String,
    /// When it ended, or else began.
    at: u64,
    /// Whether whoever asked for it was told how it ended. After a restart nobody knows, so it counts as not.
    is_told: bool,
    ending: Ending,
}

/// What [`Journal::begin`] found out about a wish.
#[derive(Debug)]
pub(crate) enum Begin {
    /// It is new, and now on disk: send it, then hand in how it ended.
    New(Begun),
    /// It is under way or over; this tells how it ended as soon as it has.
    Known(AttemptId, Ending),
    /// Its name belongs to another draft.
    Reused,
    /// The same was sent a short while ago, and nobody knows what became of it.
    PossibleRepeat(Earlier),
}

/// An attempt on its way. Dropping it without an outcome leaves it unknown, as a crash does.
#[derive(Debug)]
pub(crate) struct Begun {
    pub(crate) id: AttemptId,
    ending: watch::Sender<Option<Arc<Outcome>>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record {
    Begun {
        attempt: AttemptId,
        draft: DraftHash,
        #[serde(default)]
        caller: String,
        at: u64,
    },
    Ended {
        attempt: AttemptId,
        at: u64,
        #[serde(flatten)]
        outcome: Outcome,
    },
    Charged {
        task: String,
        at: u64,
        #[serde(flatten)]
        charge: seedance_core::Charge,
    },
}

impl Journal {
    /// Opens the journal, or begins one, and keeps every other companion out of it.
    pub(crate) fn open(path: &Path, repeat_window: Duration) -> Result<Self, JournalError> {
        let unusable = |source| JournalError::Unusable { path: path.to_owned(), source };
        let (mut file, text) = JournalFile::open(path)?;
        let lines = without_torn_end(&text);
        let (attempts, charges) = read_records(lines)
            .map_err(|line| JournalError::UnreadableLine { path: path.to_owned(), line })?;
        file.keep(lines).map_err(unusable)?;
        Ok(Self {
            writer: Writer::start(file).map_err(unusable)?,
            attempts: Mutex::new(attempts),
            charges: Mutex::new(charges),
            repeat_window,
        })
    }

    #[cfg(test)]
    pub(crate) fn on_a_slow_disk() -> (Self, SlowDisk) {
        let (writer, disk) = SlowDisk::new();
        let journal = Self {
            writer,
            attempts: Mutex::default(),
            charges: Mutex::default(),
            repeat_window: Duration::ZERO,
        };
        (journal, disk)
    }

    /// Finds what is known of a wish or, where nothing speaks against it, writes down that an attempt begins. Done when
    /// the disk has it.
    ///
    /// # Errors
    /// When the disk did not take it; the attempt is then as if it had never been made.
    pub(crate) async fn begin(&self, wish: &Wish) -> Result<Begin, NotWritten> {
        let begun = {
            let mut attempts = self.lock();
            if let Some(known) = self.find(&attempts, wish) {
                return Ok(known);
            }
            let (sender, receiver) = watch::channel(None);
            let id = wish.id.unwrap_or_else(AttemptId::random);
            let attempt = Attempt {
                draft: wish.draft.clone(),
                caller: wish.caller.clone(),
                at: now(),
                is_told: false,
                ending: receiver,
            };
            attempts.insert(id, attempt);
            Begun { id, ending: sender }
        };
        let record = Record::Begun {
            attempt: begun.id,
            draft: wish.draft.clone(),
            caller: wish.caller.clone(),
            at: now(),
        };
        match self.writer.write(Mark::Begun, line_of(&record)).await {
            Ok(()) => Ok(Begin::New(begun)),
            Err(error) => {
                self.lock().remove(&begun.id);
                // Whoever waits for it begins an attempt of its own.
                let refusal = Refusal::new(Kind::JournalFailed).with_charge(Charge::None);
                let outcome = Outcome::refused(&refusal, Lang::default());
                begun.ending.send_replace(Some(Arc::new(outcome)));
                Err(error)
            }
        }
    }

    /// What stands in the way of an attempt, if anything does.
    fn find(&self, attempts: &HashMap<AttemptId, Attempt>, wish: &Wish) -> Option<Begin> {
        if let Some(id) = &wish.id {
            let known = attempts.get(id)?;
            return if known.draft != wish.draft {
                Some(Begin::Reused)
            } else if known.fate() == Some(Fate::NotMade) {
                None
            } else {
                Some(Begin::Known(*id, known.ending.clone()))
            };
        }
        let same = |attempt: &Attempt| attempt.draft == wish.draft && attempt.caller == wish.caller;
        let now = now();
        let is_recent = |attempt: &Attempt| {
            // A clock that was set back makes an attempt look as if it were yet to come.
            now.saturating_sub(attempt.at) < self.repeat_window.as_secs()
        };
        let mut in_the_way = None;
        for (id, attempt) in attempts.iter().filter(|(_, attempt)| same(attempt)) {
            match attempt.fate() {
                None => return Some(Begin::Known(*id, attempt.ending.clone())),
                // The one who asked went away, or was told that the answer was lost: this is it asking again.
                Some(Fate::Made) if !attempt.is_told && is_recent(attempt) => {
                    return Some(Begin::Known(*id, attempt.ending.clone()));
                }
                Some(Fate::Unknown) if is_recent(attempt) => {
                    in_the_way = Some(Begin::PossibleRepeat(Earlier {
                        attempt: *id,
                        draft: attempt.draft.clone(),
                        at: attempt.at,
                    }));
                }
                Some(_) => {}
            }
        }
        in_the_way
    }

    /// Writes down how an attempt ended, and tells all who wait for it. Done when the disk has it.
    ///
    /// # Errors
    /// When the disk did not take it; those who wait are told all the same.
    pub(crate) async fn end(
        &self,
        begun: &Begun,
        outcome: Arc<Outcome>,
        prompt: &str,
    ) -> Result<(), NotWritten> {
        let record =
            Record::Ended { attempt: begun.id, at: now(), outcome: outcome.without(prompt) };
        let written = self.writer.write(Mark::Ended, line_of(&record)).await;
        self.charges().extend(outcome.task());
        if let Some(attempt) = self.lock().get_mut(&begun.id) {
            attempt.at = now();
            attempt.is_told = false;
        }
        begun.ending.send_replace(Some(outcome));
        written
    }

    /// Writes down what an answer about a task says that it cost, if the task was made through the companion and that is news.
    /// Nobody waits for it.
    pub(crate) fn note_charge(&self, task: &str, mut charge: seedance_core::Charge) {
        // Texts could repeat a prompt, which nobody knows any more.
        charge.usage = charge.usage.as_deref().and_then(numbers_alone);
        let mut charges = self.charges();
        match charges.get_mut(task) {
            Some(known) if charge != seedance_core::Charge::default() && *known != charge => {
                known.clone_from(&charge);
                let record = Record::Charged { task: task.to_owned(), at: now(), charge };
                drop(self.writer.write(Mark::Noted, line_of(&record)));
            }
            _ => {}
        }
    }

    /// Whoever asked for an attempt is about to hear how it ended.
    pub(crate) fn told(&self, id: &AttemptId) {
        if let Some(attempt) = self.lock().get_mut(id) {
            attempt.is_told = true;
        }
    }

    /// Where an attempt stands: `None` when it was never made, `Some(None)` while it is under way.
    pub(crate) fn look_up(&self, id: &AttemptId) -> Option<Option<Arc<Outcome>>> {
        self.lock().get(id).map(Attempt::outcome)
    }

    fn charges(&self) -> MutexGuard<'_, Charges> {
        self.charges.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AttemptId, Attempt>> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt {
    /// The outcome that it has now. One whose end nobody will report any more is unknown.
    fn outcome(&self) -> Option<Arc<Outcome>> {
        let is_gone = self.ending.has_changed().is_err();
        let known = self.ending.borrow().clone();
        if known.is_none() && is_gone { Some(unknown()) } else { known }
    }

    fn fate(&self) -> Option<Fate> {
        self.outcome().map(|outcome| outcome.fate())
    }
}

fn line_of(record: &Record) -> Vec<u8> {
    (json::text(record) + "\n").into_bytes()
}

/// Waits until an attempt has ended.
pub(crate) async fn wait_for(mut ending: Ending) -> Arc<Outcome> {
    let ended = ending.wait_for(Option::is_some).await;
    ended.ok().and_then(|outcome| outcome.clone()).unwrap_or_else(unknown)
}

fn unknown() -> Arc<Outcome> {
    let refusal = Refusal::new(Kind::LostAnswer).with_charge(Charge::Possible);
    Arc::new(Outcome::refused(&refusal, Lang::default()))
}

/// The text up to a last line that breaks off within a record.
fn without_torn_end(mut text: &[u8]) -> &[u8] {
    // What a power cut leaves of a line that was still being written can be zeros.
    while let Some(rest) = text.strip_suffix(b"\0") {
        text = rest;
    }
    let newline = text.iter().rposition(|&byte| byte == b'\n');
    let (lines, end) = text.split_at(newline.map_or(0, |at| at + 1));
    // What begins otherwise was never a record: the file may be somebody else's.
    let is_record = end.starts_with(RECORD_START) || RECORD_START.starts_with(end);
    if is_record && serde_json::from_slice::<IgnoredAny>(end).is_err() { lines } else { text }
}

/// What was used, on one line, where it holds nothing but numbers.
fn numbers_alone(usage: &RawValue) -> Option<Box<RawValue>> {
    let usage = serde_json::from_str(usage.get()).ok().filter(holds_numbers_alone)?;
    to_raw_value(&usage).ok()
}

/// Numbers by plain names, as the API counts tokens.
fn holds_numbers_alone(usage: &Value) -> bool {
    let is_plain = |name: &String| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
    match usage {
        Value::Number(_) => true,
        Value::Object(members) => {
            members.iter().all(|(name, member)| is_plain(name) && holds_numbers_alone(member))
        }
        _ => false,
    }
}

/// The attempts and charges that these lines tell of, or the number of the first line that cannot be read.
fn read_records(lines: &[u8]) -> Result<(HashMap<AttemptId, Attempt>, Charges), usize> {
    let (mut attempts, mut charges) = (HashMap::new(), Charges::new());
    for (index, line) in lines.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match serde_json::from_slice(line).map_err(|_| index + 1)? {
            Record::Begun { attempt, draft, caller, at } => {
                let (_, ending) = watch::channel(None);
                let begun = Attempt { draft, caller, at, is_told: false, ending };
                attempts.insert(attempt, begun);
            }
            Record::Ended { attempt, outcome, at } => {
                charges.extend(outcome.task());
                if let Some(begun) = attempts.get_mut(&attempt) {
                    (_, begun.ending) = watch::channel(Some(Arc::new(outcome)));
                    begun.at = at;
                }
            }
            Record::Charged { task, charge, .. } => {
                charges.insert(task, charge);
            }
        }
    }
    Ok((attempts, charges))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::outcome::State;
    use super::*;

    fn id() -> AttemptId {
        "0f8fad5b-d9cb-469f-a165-70867728950e".parse().unwrap()
    }

    fn answer() -> Arc<Outcome> {
        Arc::new(Outcome {
            state: State::Answered,
            status: 200,
            answer: r#"{"code":0,"data":{"task_id":"vid_1"}}"#.to_owned(),
            headers: Vec::new(),
        })
    }

    /// A file that only its owner may read, as the journal must be.
    fn write_private(path: &Path, text: &str) {
        drop(open(path));
        std::fs::write(path, text).unwrap();
    }

    const WINDOW: Duration = Duration::from_secs(900);

    fn open(path: &Path) -> Journal {
        Journal::open(path, WINDOW).unwrap()
    }

    fn wish(id: Option<AttemptId>, draft: &DraftHash) -> Wish {
        Wish { id, draft: draft.clone(), caller: "0123abcd".to_owned() }
    }

    async fn begin_new(journal: &Journal, draft: &DraftHash) -> Begun {
        match journal.begin(&wish(Some(id()), draft)).await.unwrap() {
            Begin::New(begun) => begun,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn an_ended_attempt_survives_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/journal");
        let draft = DraftHash::of(b"{}");
        let journal = open(&path);
        assert_eq!(journal.look_up(&id()), None);
        let begun = begin_new(&journal, &draft).await;
        assert_eq!(journal.look_up(&id()), Some(None));
        journal.end(&begun, answer(), "").await.unwrap();
        drop(journal);
        let journal = open(&path);
        assert_eq!(journal.look_up(&id()), Some(Some(answer())));
        assert!(matches!(
            journal.begin(&wish(Some(id()), &draft)).await.unwrap(),
            Begin::Known(..)
        ));
        assert!(matches!(
            journal.begin(&wish(Some(id()), &DraftHash::of(b"[]"))).await.unwrap(),
            Begin::Reused
        ));
    }

    #[tokio::test]
    async fn an_attempt_cut_off_is_unknown_at_once_and_after_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = open(&path);
        drop(begin_new(&journal, &DraftHash::of(b"{}")).await);
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
            let begun = begin_new(&journal, &DraftHash::of(b"{}")).await;
            journal.end(&begun, answer(), "").await.unwrap();
            drop(journal);
            assert_eq!(open(&path).look_up(&id()), Some(Some(answer())));
        }
    }

    #[tokio::test]
    async fn a_whole_last_line_counts_without_its_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = open(&path);
        let begun = begin_new(&journal, &DraftHash::of(b"{}")).await;
        journal.end(&begun, answer(), "").await.unwrap();
        drop(journal);
        let text = std::fs::read_to_string(&path).unwrap();
        for end in ["", "\0\0\0"] {
            std::fs::write(&path, format!("{}{end}", text.trim_end())).unwrap();
            let journal = open(&path);
            assert_eq!(journal.look_up(&id()), Some(Some(answer())));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[tokio::test]
    async fn what_cannot_be_read_and_is_not_torn_is_told_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        drop(begin_new(&open(&path), &DraftHash::of(b"{}")).await);
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
        assert!(matches!(Journal::open(&path, WINDOW), Err(JournalError::Busy(_))));
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
        let draft = DraftHash::of(b"{}");
        let begun = begin_new(&journal, &draft).await;
        let Begin::Known(_, receiver) = journal.begin(&wish(Some(id()), &draft)).await.unwrap()
        else {
            panic!("it has begun")
        };
        let waiting = tokio::spawn(wait_for(receiver));
        journal.end(&begun, answer(), "").await.unwrap();
        assert_eq!(waiting.await.unwrap(), answer());
    }
}
