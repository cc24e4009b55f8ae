//! The journal of attempts: written to disk before anything is sent, so that no crash leads to a second charge.
//!
//! One JSON object a line, appended and synced. An attempt that has begun and not ended was cut off by a crash: what
//! became of it is unknown, and it is never sent again. A last line that a crash tore apart never counted: its attempt
//! was not sent (`begun`), or stays unknown (`ended`). Any other line that cannot be read may hide an attempt.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use seedance_core::Lang;
use serde_json::Value;
use serde_json::value::to_raw_value;
use tokio::sync::watch;

use crate::attempt::{AttemptId, DraftHash, random_id};
use crate::error::ServeError;
use crate::outcome::{Fate, Outcome};
use crate::refusal::{Earlier, Kind, Refusal};
use file::{JournalFile, unusable};
use record::{Record, without_torn_end};
use writer::Writer;

pub(crate) use file::{NotWritten, survive_file_size_limits};

mod file;
mod record;
#[cfg(test)]
pub(crate) mod tests;
mod writer;

/// All attempts that this machine's person has made through the companion.
#[derive(Debug)]
pub(crate) struct Journal {
    writer: Writer,
    memory: Mutex<Memory>,
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

/// What the companion knows of attempts and charges: at its start what the lines of the journal say.
#[derive(Debug, Default)]
struct Memory {
    attempts: HashMap<AttemptId, Attempt>,
    /// What each task cost that was made through the companion, as far as the API has said so.
    charges: HashMap<String, seedance_core::Charge>,
}

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
}

/// An attempt on its way. Dropping it without an outcome leaves it unknown, as a crash does.
#[derive(Debug)]
pub(crate) struct Begun {
    pub(crate) id: AttemptId,
    ending: watch::Sender<Option<Arc<Outcome>>>,
}

impl Journal {
    /// Opens the journal, or begins one, and keeps every other companion out of it.
    pub(crate) fn open(path: &Path, repeat_window: Duration) -> Result<Self, ServeError> {
        let failed = |error| unusable(path, &error);
        let (mut file, text) = JournalFile::open(path)?;
        let lines = without_torn_end(&text);
        let memory = Memory::read(lines).map_err(|line| unreadable(path, line))?;
        file.keep(lines).map_err(failed)?;
        let writer = Writer::start(move |record| file.write(record)).map_err(failed)?;
        Ok(Self { writer, memory: Mutex::new(memory), repeat_window })
    }

    /// Finds what is known of a wish or, where nothing speaks against it, writes down that an attempt begins. Done when
    /// the disk has it.
    ///
    /// # Errors
    /// When its name belongs to another draft, when the same was sent a short while ago and nobody knows what became of it,
    /// and when the disk did not take it; the attempt is then as if it had never been made.
    pub(crate) async fn begin(&self, wish: &Wish) -> Result<Begin, Refusal> {
        let begun = {
            let attempts = &mut self.memory.lock().attempts;
            if let Some(found) = self.find(attempts, wish)? {
                return Ok(found);
            }
            let (sender, receiver) = watch::channel(None);
            let id = wish.id.unwrap_or_else(random_id);
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
        match self.writer.write(record).await {
            Ok(()) => Ok(Begin::New(begun)),
            Err(error) => {
                self.memory.lock().attempts.remove(&begun.id);
                // Whoever waits for it begins an attempt of its own.
                let refusal = not_written(&error);
                let outcome = Outcome::refused(&refusal, Lang::default());
                begun.ending.send_replace(Some(Arc::new(outcome)));
                Err(refusal)
            }
        }
    }

    /// The attempt that a wish names or repeats, if there is one to wait for or to answer from.
    fn find(
        &self,
        attempts: &HashMap<AttemptId, Attempt>,
        wish: &Wish,
    ) -> Result<Option<Begin>, Refusal> {
        let known = |id: &AttemptId, attempt: &Attempt| Begin::Known(*id, attempt.ending.clone());
        if let Some(id) = &wish.id {
            return match attempts.get(id) {
                Some(other) if other.draft != wish.draft => Err(Kind::AttemptReused.into()),
                Some(same) if same.fate() != Some(Fate::NotMade) => Ok(Some(known(id, same))),
                Some(_) | None => Ok(None),
            };
        }
        let same = |attempt: &Attempt| attempt.draft == wish.draft && attempt.caller == wish.caller;
        let now = now();
        let is_recent = |attempt: &Attempt| {
            // A clock that was set back makes an attempt look as if it were yet to come.
            now.saturating_sub(attempt.at) < self.repeat_window.as_secs()
        };
        let mut lost = None;
        for (id, attempt) in attempts.iter().filter(|(_, attempt)| same(attempt)) {
            match attempt.fate() {
                None => return Ok(Some(known(id, attempt))),
                // The one who asked went away, or was told that the answer was lost: this is it asking again.
                Some(Fate::Made) if !attempt.is_told && is_recent(attempt) => {
                    return Ok(Some(known(id, attempt)));
                }
                Some(Fate::Unknown) if is_recent(attempt) => lost = Some((id, attempt)),
                Some(_) => {}
            }
        }
        lost.map_or(Ok(None), |(id, attempt)| Err(possible_repeat(*id, attempt)))
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
        let written = self.writer.write(record).await;
        let task = task_of(&outcome);
        let mut memory = self.memory.lock();
        memory.charges.extend(task);
        if let Some(attempt) = memory.attempts.get_mut(&begun.id) {
            attempt.at = now();
            attempt.is_told = false;
        }
        drop(memory);
        begun.ending.send_replace(Some(outcome));
        written
    }

    /// Writes down what an answer about a task says that it cost, if the task was made through the companion and that is news.
    /// Nobody waits for it.
    pub(crate) fn note_charge(&self, task: &str, charge: seedance_core::Charge) {
        let charge = numbers_alone(charge);
        if let Some(last) = self.memory.lock().charges.get_mut(task)
            && charge != seedance_core::Charge::default()
            && *last != charge
        {
            last.clone_from(&charge);
            let record = Record::Charged { task: task.to_owned(), at: now(), charge };
            drop(self.writer.write(record));
        }
    }

    /// Whoever asked for an attempt is about to hear how it ended.
    pub(crate) fn told(&self, id: &AttemptId) {
        if let Some(attempt) = self.memory.lock().attempts.get_mut(id) {
            attempt.is_told = true;
        }
    }

    /// Where an attempt stands: `None` when it was never made, `Some(None)` while it is under way.
    pub(crate) fn look_up(&self, id: &AttemptId) -> Option<Option<Arc<Outcome>>> {
        self.memory.lock().attempts.get(id).map(Attempt::outcome)
    }
}

impl Memory {
    /// What these lines tell of, or the number of the first one that holds no record: nobody knows which attempt it told of.
    fn read(lines: &[u8]) -> Result<Self, usize> {
        let mut memory = Self::default();
        for (index, line) in lines.split_inclusive(|&byte| byte == b'\n').enumerate() {
            match serde_json::from_slice(line).map_err(|_| index + 1)? {
                Record::Begun { attempt, draft, caller, at } => {
                    let (_, ending) = watch::channel(None);
                    let begun = Attempt { draft, caller, at, is_told: false, ending };
                    memory.attempts.insert(attempt, begun);
                }
                Record::Ended { attempt, outcome, at } => {
                    memory.charges.extend(task_of(&outcome));
                    if let Some(begun) = memory.attempts.get_mut(&attempt) {
                        (_, begun.ending) = watch::channel(Some(Arc::new(outcome)));
                        begun.at = at;
                    }
                }
                Record::Charged { task, charge, .. } => {
                    memory.charges.insert(task, numbers_alone(charge));
                }
            }
        }
        Ok(memory)
    }
}

impl Attempt {
    /// The outcome that it has now. One whose end nobody will report any more is unknown.
    fn outcome(&self) -> Option<Arc<Outcome>> {
        let is_gone = self.ending.has_changed().is_err();
        let outcome = self.ending.borrow().clone();
        if outcome.is_none() && is_gone { Some(unknown()) } else { outcome }
    }

    fn fate(&self) -> Option<Fate> {
        self.outcome().map(|outcome| outcome.fate())
    }
}

/// Waits until an attempt has ended.
pub(crate) async fn wait_for(mut ending: Ending) -> Arc<Outcome> {
    let ended = ending.wait_for(Option::is_some).await;
    ended.ok().and_then(|outcome| outcome.clone()).unwrap_or_else(unknown)
}

fn unknown() -> Arc<Outcome> {
    Arc::new(Outcome::refused(&Kind::LostAnswer.into(), Lang::default()))
}

/// The task that was made, and its charge as the journal compares it.
fn task_of(outcome: &Outcome) -> Option<(String, seedance_core::Charge)> {
    outcome.task().map(|(task, charge)| (task, numbers_alone(charge)))
}

/// The charge with its usage in one order and on one line, where that holds nothing but numbers: texts could repeat a prompt,
/// which nobody knows any more.
fn numbers_alone(mut charge: seedance_core::Charge) -> seedance_core::Charge {
    charge.usage = charge.usage.and_then(|usage| {
        let mut usage = serde_json::from_str(usage.get()).ok().filter(holds_numbers_alone)?;
        usage.sort_all_objects();
        to_raw_value(&usage).ok()
    });
    charge
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

fn unreadable(path: &Path, line: usize) -> ServeError {
    let name = path.display();
    ServeError::new(words!(
        "cannot read line {line} of the journal {name}: restore it, delete it (its attempt could then be sent again), or name another journal with --journal",
        "无法读取日志 {name} 的第 {line} 行：请恢复它，或删除它（其请求可能会再次发送），或用 --journal 另选日志"
    ))
}

fn not_written(error: &NotWritten) -> Refusal {
    match error {
        NotWritten::Replaced => Kind::JournalFailed.saying(words!(
                "The journal was replaced, changed or deleted while the companion was running, so nothing was sent. Restore the file and restart the companion.",
                "本地助手运行期间，日志文件被替换、修改或删除，因此没有发送。请恢复该文件并重新启动本地助手。"
            )),
        NotWritten::Failed(_) => Kind::JournalFailed.into(),
    }
}

fn possible_repeat(attempt: AttemptId, lost: &Attempt) -> Refusal {
    let (ago, fresh) = (now().saturating_sub(lost.at), random_id());
    let words = words!(
        "An identical request was sent {ago} s ago and its response was lost: the task may have been created and charged. Nothing was sent now. Look for the task in the console; if there is none, send the request again with the header Seedance-Attempt: {fresh}.",
        "{ago} 秒前已发送过相同的请求，但未收到响应：任务可能已创建并计费。本次没有发送。请先到控制台查找该任务；如果没有，请加上请求头 Seedance-Attempt: {fresh} 再次发送。"
    );
    let earlier = Earlier { attempt, draft: lost.draft.clone(), at: lost.at };
    Kind::PossibleRepeat.saying(words).with_repeated(earlier)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
