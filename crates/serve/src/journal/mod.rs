//! The journal of attempts: written to disk before anything is sent, so that no crash leads to a second charge.
//!
//! One JSON object per line, appended and synced. An attempt that has begun but not ended was cut off by a crash: what became of
//! it is unknown, and it is never sent again under its ID. A last line torn by a crash does not count: its attempt was not sent
//! (`begun`) or stays unknown (`ended`). Any other unreadable line may hide an attempt, so such a journal is not used.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use seedance_core::{Charge, Lang};
use serde_json::Value;
use serde_json::value::to_raw_value;
use tokio::sync::watch;

use crate::attempt::{AttemptId, Fingerprint, random_id};
use crate::error::ServeError;
use crate::outcome::{Asked, Fate, Outcome, find_task};
use crate::refusal::{Earlier, Kind, Refusal};
use file::{JournalFile, Record, Writer, unusable, without_torn_end};

mod file;
#[cfg(test)]
pub(crate) mod tests;

/// All attempts that were made through the companion.
#[derive(Debug)]
pub(crate) struct Journal {
    writer: Writer,
    memory: Mutex<Memory>,
    /// How many seconds a request identical to one that may have been charged is not sent by itself.
    repeat_window: u64,
}

/// The known attempts and charges; at the start, those in the file.
#[derive(Debug, Default)]
struct Memory {
    attempts: HashMap<AttemptId, Attempt>,
    /// The last known charge of each task that an answer to an attempt names.
    charges: HashMap<String, Charge>,
}

/// Receives the outcome of an attempt; see [`wait_for`].
pub(crate) type Ending = watch::Receiver<Option<Arc<Outcome>>>;

#[derive(Debug)]
struct Attempt {
    sends: Fingerprint,
    /// When it ended or, until then, began; in seconds since 1970.
    at: u64,
    /// Whether its client was told the task that was made. After a restart this is unknown and counts as no.
    is_told: bool,
    ending: Ending,
}

/// The attempt of a request: a new one, or an earlier one that the request names or repeats.
#[derive(Debug)]
pub(crate) struct Begin {
    pub(crate) id: AttemptId,
    pub(crate) ending: Ending,
    /// For a new attempt, which is now to be written and sent.
    pub(crate) begun: Option<Begun>,
}

/// An attempt under way. If it is dropped without an outcome, its fate is unknown, as after a crash.
#[derive(Debug)]
pub(crate) struct Begun {
    id: AttemptId,
    sends: Fingerprint,
    ending: watch::Sender<Option<Arc<Outcome>>>,
}

impl Begun {
    pub(crate) fn tell(&self, outcome: Outcome) {
        self.ending.send_replace(Some(Arc::new(outcome)));
    }
}

impl Journal {
    /// Opens or creates the journal, and locks other companions out.
    pub(crate) fn open(path: &Path, repeat_window: u64) -> Result<Self, ServeError> {
        let failed = |error| unusable(path, &error);
        let (mut file, text) = JournalFile::open(path)?;
        let lines = without_torn_end(&text);
        let memory = Memory::read(lines).map_err(|line| unreadable(path, line))?;
        file.keep(lines).map_err(failed)?;
        let writer = Writer::start(move |record| file.write(record)).map_err(failed)?;
        Ok(Self { writer, memory: Mutex::new(memory), repeat_window })
    }

    /// Finds the attempt that a request names or repeats; if there is none, begins one. Refused if its ID was used for another body
    /// or with another key, or if the same was sent a short while ago and its fate is unknown.
    pub(crate) fn begin(
        &self,
        id: Option<AttemptId>,
        sends: &Fingerprint,
    ) -> Result<Begin, Refusal> {
        let attempts = &mut self.memory.lock().attempts;
        if let Some((id, attempt)) = self.find(attempts, id, sends)? {
            return Ok(Begin { id: *id, ending: attempt.ending.clone(), begun: None });
        }
        let id = id.unwrap_or_else(random_id);
        let (sender, ending) = watch::channel(None);
        attempts.insert(id, Attempt::new(sends.clone(), now(), ending.clone()));
        Ok(Begin { id, ending, begun: Some(Begun { id, sends: sends.clone(), ending: sender }) })
    }

    /// Writes that an attempt begins. Only once that is on disk may it be sent; after an error it is forgotten.
    pub(crate) async fn write_begin(&self, begun: &Begun) -> Result<(), Refusal> {
        let record = Record::Begun { attempt: begun.id, sends: begun.sends.clone(), at: now() };
        self.writer.write(record).await.map_err(|_| {
            self.memory.lock().attempts.remove(&begun.id);
            Kind::JournalFailed.into()
        })
    }

    /// The attempt that a request names or repeats, if it is to be waited for or answered from.
    fn find<'a>(
        &self,
        attempts: &'a HashMap<AttemptId, Attempt>,
        id: Option<AttemptId>,
        sends: &Fingerprint,
    ) -> Result<Option<(&'a AttemptId, &'a Attempt)>, Refusal> {
        if let Some(id) = id {
            let Some((id, other)) = attempts.get_key_value(&id) else { return Ok(None) };
            return match other.outcome().map(|outcome| outcome.fate()) {
                _ if other.sends.body != sends.body => Err(Kind::AttemptReused.into()),
                Some(Fate::NotMade) => Ok(None),
                _ if other.sends.key != sends.key => Err(of_another_key()),
                _ => Ok(Some((id, other))),
            };
        }
        let mut lost = Vec::new();
        for (id, attempt) in attempts.iter().filter(|(_, attempt)| attempt.sends == *sends) {
            let Some(outcome) = attempt.outcome() else {
                return Ok(Some((id, attempt)));
            };
            // Asked first, since reading the outcomes of a script that asked all day takes long. After the clock was set back, an
            // attempt may seem to be in the future.
            if now().saturating_sub(attempt.at) >= self.repeat_window {
                continue;
            }
            match outcome.fate() {
                // Its client went away, or was given an error: this is the client's retry.
                Fate::Made if !attempt.is_told => return Ok(Some((id, attempt))),
                Fate::Unknown => lost.push((id, attempt, outcome)),
                Fate::Made | Fate::NotMade => {}
            }
        }
        let last = lost.into_iter().max_by_key(|(_, attempt, _)| attempt.at);
        last.map_or(Ok(None), |(id, attempt, outcome)| Err(possible_repeat(*id, attempt, &outcome)))
    }

    /// Writes how an attempt ended, without the prompt, and then tells all who wait for it. If the disk fails only now, they are told
    /// all the same; the outcome is merely forgotten at a restart.
    pub(crate) async fn end(&self, begun: &Begun, outcome: Outcome, asked: &Asked) {
        let record =
            Record::Ended { attempt: begun.id, at: now(), outcome: outcome.without_prompt(asked) };
        let _ = self.writer.write(record).await;
        let mut memory = self.memory.lock();
        memory.charges.extend(outcome.task());
        if let Some(attempt) = memory.attempts.get_mut(&begun.id) {
            attempt.at = now();
        }
        begun.tell(outcome);
    }

    /// Writes what a task cost according to the API, if the task was made through the companion and the charge is new. Does not
    /// wait for the disk.
    pub(crate) fn note_charge(&self, task: &str, charge: Charge) {
        let charge = numbers_alone(charge);
        if let Some(last) = self.memory.lock().charges.get_mut(task)
            && charge != Charge::default()
            && charge != numbers_alone(last.clone())
        {
            last.clone_from(&charge);
            let record = Record::Charged { task: task.to_owned(), at: now(), charge };
            drop(self.writer.write(record));
        }
    }

    /// Notes that the client is about to be given this outcome of its attempt. It counts as told only if it is given the task with
    /// the status of a success: after any other it may send the request again.
    pub(crate) fn told(&self, id: &AttemptId, given: &Outcome) {
        if given.status < 400
            && given.fate() == Fate::Made
            && let Some(attempt) = self.memory.lock().attempts.get_mut(id)
        {
            attempt.is_told = true;
        }
    }

    /// The outcome of an attempt: `None` if there is no such attempt, `Some(None)` while it is under way.
    pub(crate) fn look_up(&self, id: &AttemptId) -> Option<Option<Arc<Outcome>>> {
        self.memory.lock().attempts.get(id).map(Attempt::outcome)
    }
}

impl Memory {
    /// Reads these lines. The error is the number of the first one that is not a record, and so may hide an attempt.
    fn read(lines: &[u8]) -> Result<Self, usize> {
        let mut memory = Self::default();
        for (index, line) in lines.split_inclusive(|&byte| byte == b'\n').enumerate() {
            match serde_json::from_slice(line).map_err(|_| index + 1)? {
                Record::Begun { attempt, sends, at } => {
                    let (_, ending) = watch::channel(None);
                    memory.attempts.insert(attempt, Attempt::new(sends, at, ending));
                }
                Record::Ended { attempt, outcome, at } => {
                    memory.charges.extend(outcome.task());
                    if let Some(begun) = memory.attempts.get_mut(&attempt) {
                        (_, begun.ending) = watch::channel(Some(Arc::new(outcome)));
                        begun.at = at;
                    }
                }
                Record::Charged { task, charge, .. } => {
                    memory.charges.insert(task, charge);
                }
            }
        }
        Ok(memory)
    }
}

impl Attempt {
    fn new(sends: Fingerprint, at: u64, ending: Ending) -> Self {
        Self { sends, at, is_told: false, ending }
    }

    /// The outcome, if there is one yet; it is `unknown` once nothing can report one any more.
    fn outcome(&self) -> Option<Arc<Outcome>> {
        let is_gone = self.ending.has_changed().is_err();
        let outcome = self.ending.borrow().clone();
        outcome.or_else(|| is_gone.then(unknown))
    }
}

pub(crate) async fn wait_for(mut ending: Ending) -> Arc<Outcome> {
    let ended = ending.wait_for(Option::is_some).await;
    ended.ok().and_then(|outcome| outcome.clone()).unwrap_or_else(unknown)
}

fn unknown() -> Arc<Outcome> {
    Arc::new(Outcome::refused(&Kind::LostAnswer.into(), Lang::default()))
}

/// The charge, without usage if that holds anything but numbers: texts could repeat the prompt, which cannot be redacted here. The
/// usage is written again, so that its white space and the order of its members are no difference.
fn numbers_alone(mut charge: Charge) -> Charge {
    charge.usage = charge.usage.and_then(|usage| {
        let mut usage = serde_json::from_str(usage.get()).ok().filter(holds_numbers_alone)?;
        usage.sort_all_objects();
        to_raw_value(&usage).ok()
    });
    charge
}

/// Whether this is a number, or an object of such under plain names, as the API counts tokens.
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

/// The answer to an attempt is for those who have its key.
fn of_another_key() -> Refusal {
    Kind::AttemptReused.saying(words!(
        "This Seedance-Attempt ID was already used with a different API key. Use a new ID. Nothing was sent.",
        "该请求 ID（Seedance-Attempt）已用于另一个 API 密钥，请换用新的 ID。本次没有发送。"
    ))
}

fn possible_repeat(attempt: AttemptId, lost: &Attempt, outcome: &Outcome) -> Refusal {
    let task_id = find_task(&outcome.answer).map(str::to_owned);
    let task = task_id.as_ref().map_or_else(String::new, |id| format!(" {id}"));
    let (ago, fresh) = (now().saturating_sub(lost.at), random_id());
    let words = words!(
        "An identical request was sent {ago} s ago and its outcome is unknown: the task may have been created and charged. Nothing was sent now. Look for the task{task} in the console; if there is none, send the request again with the header Seedance-Attempt: {fresh}.",
        "{ago} 秒前已发送过相同的请求，其结果未知：任务可能已创建并计费。本次没有发送。请先到控制台查找该任务{task}；如果没有，请加上请求头 Seedance-Attempt: {fresh} 再次发送。"
    );
    let mut refusal = Kind::PossibleRepeat.saying(words);
    refusal.error.repeats =
        Some(Earlier { attempt, draft: lost.sends.body.clone(), at: lost.at, task_id });
    refusal
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
