//! The exported JSON Schemas in an independent engine, on a million seeded requests. What the core accepts the schemas accept in
//! its normalised form, and what the core refuses for a reason that a schema can express the schema refuses.
//!
//! `tests/js/schema.test.js` does the same with another engine. `SEEDANCE_EXHAUSTIVE=whole` makes it twenty million requests.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fastrand::Rng;
use jsonschema::Validator;

use seedance_core::{Body, Edition, Fired, Job, Lang, RuleId, Severity};
use seedance_schema::{Target, json_schema};
use seedance_tests::cases::all;
use seedance_tests::generate::mutate::{MUTATIONS, mutant};
use seedance_tests::generate::{self, JobBody, pick};
use seedance_tests::long_run::{Progress, close, cores, on_all_cores, whole};
use serde_json::{Value, json};

/// The number of requests per seed. A debug build takes one seed per edition.
const UNIT: u64 = if cfg!(debug_assertions) { 1_000 } else { 5_000 };

/// The number of seeds for both editions: a million requests, or twenty million in a whole run.
fn units() -> usize {
    match (cfg!(debug_assertions), whole()) {
        (true, _) => 2,
        (false, false) => 200,
        (false, true) => 4_000,
    }
}

#[test]
fn schemas() {
    for edition in Edition::ALL {
        close("schemas", compare_all(edition));
    }
}

fn compare_all(edition: Edition) -> Result<String, String> {
    let schemas = Schemas::compile(edition);
    for (place, case) in all() {
        if case.edition == edition
            && let Ok(request) = serde_json::from_str(case.wire())
        {
            schemas.compare(&request).map_err(|difference| format!("{place}: {difference}"))?;
        }
    }
    let units = units() / Edition::ALL.len();
    let progress = Progress::new("schemas", units as u64 * UNIT);
    on_all_cores(units, &progress, |unit| {
        let mut rng = Rng::with_seed(20_260_705 + unit as u64);
        for _ in 0..UNIT {
            schemas.compare(&request(edition, &mut rng))?;
        }
        Ok(UNIT)
    })?;
    let refused = schemas.refused.load(Ordering::Relaxed);
    // A debug build has too few requests to break the rules that are rarely broken.
    if !cfg!(debug_assertions) {
        schemas.every_rule_was_broken()?;
    }
    let found = format!(
        "{} requests of {edition}, {refused} of them refused, each by the endpoint's schema and its model's in two dialects, in {:.1} s on {} cores, no disagreement",
        progress.done(),
        progress.elapsed().as_secs_f64(),
        cores()
    );
    Ok(found)
}

/// A seeded job's body if it is a parsed value, or a request with one mistake.
fn request(edition: Edition, rng: &mut Rng) -> Value {
    loop {
        if rng.u8(..4) == 0 {
            let (route, model) = pick(rng, &edition.models().collect::<Vec<_>>());
            let mutation = rng.usize(..MUTATIONS.len());
            if let Some(mutant) = mutant(rng, route, model, mutation) {
                return Value::Object(mutant.request);
            }
        }
        let value = match generate::job(edition, rng).body {
            JobBody::Request(value) => Some(value),
            JobBody::Text(text) => serde_json::from_str(&text).ok(),
            _ => None,
        };
        if let Some(value) = value {
            return value;
        }
    }
}

/// All exported schemas, compiled once, and which rules were broken.
struct Schemas {
    edition: Edition,
    endpoint: Vec<Schema>,
    of_models: BTreeMap<&'static str, Vec<Schema>>,
    refused: AtomicU64,
    broken: Mutex<BTreeMap<&'static str, u64>>,
}

struct Schema {
    name: String,
    validator: Validator,
    /// The rules that the schema itself lists as not expressed.
    unsaid: Vec<RuleId>,
}

impl Schemas {
    fn compile(edition: Edition) -> Self {
        let both = |model| {
            [Target::Draft07, Target::Draft202012]
                .map(|target| Schema::compile(edition, model, target))
                .into()
        };
        Self {
            edition,
            endpoint: both(None),
            of_models: edition
                .models()
                .map(|(_, model)| (model.name, both(Some(model.name))))
                .collect(),
            refused: AtomicU64::new(0),
            broken: Mutex::default(),
        }
    }

    fn compare(&self, request: &Value) -> Result<(), String> {
        let mut errors = Job::new(Body::from(request)).edition(self.edition).fired();
        errors.retain(|fired| fired.rule.is_error());
        if !errors.is_empty() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        if let [only] = errors.as_slice() {
            let mut broken = self.broken.lock().map_err(|error| error.to_string())?;
            *broken.entry(only.rule.name()).or_default() += 1;
        }
        let named = request["model"].as_str().unwrap_or_default();
        let row = self.edition.find_model(named);
        let own = row.and_then(|(_, model)| self.of_models.get(model.name));
        // A blank field counts as absent, and is not in the normalised request.
        let submitted = errors.is_empty().then(|| self.submitted(request)).transpose()?;
        let request = submitted.as_ref().unwrap_or(request);
        self.endpoint
            .iter()
            .chain(own.into_iter().flatten())
            .try_for_each(|schema| schema.compare(request, &errors))
    }

    fn submitted(&self, request: &Value) -> Result<Value, String> {
        let job = Job::new(Body::from(request)).edition(self.edition);
        serde_json::to_value(job.check(Lang::En).request).map_err(|error| error.to_string())
    }

    /// Fails if some rule was never the only one broken, since then the schemas' handling of it is not proved.
    fn every_rule_was_broken(&self) -> Result<(), String> {
        let broken = self.broken.lock().map_err(|error| error.to_string())?;
        let said = self.edition.rules().filter(|rule| {
            rule.severity == Severity::Error
                && !self.endpoint.iter().any(|schema| schema.unsaid.contains(&rule.id))
        });
        let unseen: Vec<_> =
            said.map(|rule| rule.id.name()).filter(|name| !broken.contains_key(name)).collect();
        if unseen.is_empty() { Ok(()) } else { Err(format!("no request broke only {unseen:?}")) }
    }
}

impl Schema {
    fn compile(edition: Edition, model: Option<&str>, target: Target) -> Self {
        let schema = json_schema(edition, model, target);
        let name = format!("{} {target:?}", model.unwrap_or("endpoint"));
        let schema = schema.unwrap_or_else(|| panic!("{edition}: there is no schema of {name}"));
        let unsaid = schema["x-not-expressed"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|rule| {
                rule.as_str()
                    .and_then(|name| name.parse().ok())
                    .unwrap_or_else(|| panic!("{name}: no rule {rule}"))
            })
            .collect();
        let validator =
            jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name, validator, unsaid }
    }

    fn compare(&self, request: &Value, errors: &[Fired]) -> Result<(), String> {
        let says = |fired: &&Fired| !self.unsaid.contains(&fired.rule);
        let right = match self.validator.is_valid(request) {
            true => !errors.iter().any(|fired| says(&fired)),
            false => !errors.is_empty(),
        };
        if right {
            return Ok(());
        }
        let problems: Vec<_> =
            self.validator.iter_errors(request).map(|error| error.to_string()).collect();
        Err(format!(
            "{}\n{}",
            self.name,
            json!({ "request": request, "core": format!("{errors:?}"), "schema": problems })
        ))
    }
}
