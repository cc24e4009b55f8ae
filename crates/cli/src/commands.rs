//! What each command does.

use std::path::{Path, PathBuf};
use std::slice;

use clap::CommandFactory;
use clap_complete::env::Shells;
use seedance_batch::Question;
use seedance_core::table;
use seedance_core::{Edition, Facts, MediaFacts, PriceBook, Quote, Report};
use seedance_ledger::books::{Catalog, Difference, Lint, Template};
use seedance_ledger::media::measure;
use seedance_ledger::reconcile::{Books, Columns, Reconciliation, read_charges, read_quotes};
use serde::Serialize;

use crate::args::{
    CheckOptions, Command, CompareOptions, Format, Global, Options, Out, PlanOptions,
    PricesCommand, QuoteOptions, ReconcileOptions,
};
use crate::batch::Work;
use crate::export::Table;
use crate::failure::Failure;
use crate::input;
use crate::lang::{lang, pick, say};
use crate::{batch, export, human, output, plan, request};

/// The environment variable with which shells ask for completions.
pub const COMPLETE: &str = "COMPLETE";

/// Runs the command; `false` if the answer is no.
pub fn run(options: Options) -> Result<bool, Failure> {
    let Options { command, global, .. } = options;
    match command {
        Command::Check(options) => check(&options, global),
        Command::Quote(options) => quote(&options, global),
        Command::Compare(options) => compare(&options, global),
        Command::Plan(options) => plan(&options, global),
        Command::Reconcile(options) => reconcile(&options, global),
        Command::Media { files } => media(&files),
        Command::Prices(command) => prices(&command, global),
        Command::Routes { diff: Some(editions), out, .. } => routes_diff(&editions, &out, global),
        Command::Routes { model, out, .. } => routes(model.as_deref(), &out, global),
        Command::Explain { rule, out } => explain(rule.as_deref(), &out, global),
        Command::Serve(options) => serve(options, global),
        Command::Man { folder } => man(&folder),
        Command::Completions { shell } => completions(shell),
    }
}

fn check(options: &CheckOptions, global: Global) -> Result<bool, Failure> {
    let input = &options.input;
    input::claim([Some(&input.file), input.media.as_ref()])?;
    if options.batch.ndjson {
        let work = options.fix.map_or(Work::Ask(Question::Check), Work::Fix);
        return batch::run(&input.file, work, options.batch.quiet, global);
    }
    let document = request::read(input)?;
    let job = request::job(&document, input, global.edition)?;
    if let Some(extent) = options.fix {
        return request::mend(&document, job, extent, global);
    }
    let report = job.check(lang());
    let other = options.against.map(|edition| job.clone().edition(edition));
    let against = other.as_ref().map(|other| other.check(lang()));
    match (global.format, &against) {
        (Format::Json, None) => output::json(&report)?,
        (Format::Json, Some(against)) => output::json(&Both { report: &report, against })?,
        (Format::Human, None) => output::styled(&human::report(&report, &document))?,
        (Format::Human, Some(against)) => {
            output::styled(&human::against(&report, against, &document))?;
        }
    }
    Ok(report.accepted)
}

/// The answer of `check --against`.
#[derive(Serialize)]
struct Both<'a> {
    report: &'a Report<'a>,
    against: &'a Report<'a>,
}

fn quote(options: &QuoteOptions, global: Global) -> Result<bool, Failure> {
    let input = &options.input;
    input::claim([Some(&input.file), input.media.as_ref(), Some(&options.prices)])?;
    let book = book(&options.prices, global)?;
    if options.batch.ndjson {
        let work = Work::Ask(Question::Quote(&book));
        return batch::run(&input.file, work, options.batch.quiet, global);
    }
    let document = request::read(input)?;
    let quote = request::job(&document, input, global.edition)?.quote(&book, lang());
    match global.format {
        Format::Json => output::json(&quote)?,
        Format::Human => output::styled(&human::quote(&quote, &book, &document))?,
    }
    Ok(!matches!(quote, Quote::NotPriceable(_)))
}

fn compare(options: &CompareOptions, global: Global) -> Result<bool, Failure> {
    let input = &options.input;
    let read = input::claim([Some(&input.file), input.media.as_ref(), options.prices.as_ref()])?;
    let book = options.prices.as_ref().map(|prices| book(prices, global)).transpose()?;
    let document = request::read(input)?;
    let job = request::job(&document, input, global.edition)?;
    let candidates = job.compare(book.as_ref(), lang());
    let table = Table::of(&export::CANDIDATES, &candidates);
    let shown = || human::compare(&candidates);
    export::answer(&options.out, &read, table, &candidates, shown, global)?;
    Ok(candidates.iter().any(|candidate| candidate.accepted))
}

fn plan(options: &PlanOptions, global: Global) -> Result<bool, Failure> {
    let read = input::claim([Some(&options.jobs), Some(&options.prices), options.diff.as_ref()])?;
    let book = book(&options.prices, global)?;
    plan::run(options, &read, &book, global)
}

fn reconcile(options: &ReconcileOptions, global: Global) -> Result<bool, Failure> {
    let ReconcileOptions { quotes, charges, prices, list, .. } = options;
    let read = input::claim([Some(quotes), charges.as_ref(), prices.as_ref(), list.as_ref()])?;
    let [own, list] = [prices, list].map(|it| it.as_ref().map(|it| book(it, global)).transpose());
    let (own, list) = (own?, list?);
    let quotes = input::read_decoded(quotes)?;
    let quoted =
        read_quotes(&quotes.text).map_err(|error| Failure::in_line(&quotes.name, &error))?;
    let charges = match charges {
        Some(charges) => input::read_decoded(charges)?,
        None if quotes.text.trim_ascii_start().starts_with(b"[") => quotes,
        None => {
            let en = "has quotes but no charges; name a file of charges, too";
            let zh = "只有报价，没有扣费记录，请再指定扣费记录文件";
            return Err(Failure::that(&quotes.name, pick(en, zh)));
        }
    };
    let columns = Columns { id: &options.id_column, amount: &options.amount_column };
    let charged = read_charges(&charges.text, columns, &quoted)
        .map_err(|error| Failure::in_line(&charges.name, &error))?;
    let books = Books { own: own.as_ref(), list: list.as_ref() };
    let answer = Reconciliation::of(quoted, charged, books).ok_or_else(|| {
        Failure::Told(say!("the charges are too large to add up", "扣费金额过大，无法相加"))
    })?;
    let table = Table::of(&export::RECONCILED, &answer.jobs);
    let shown = || human::reconciliation(&answer, options.all);
    export::answer(&options.out, &read, table, &answer, shown, global)?;
    Ok(answer.is_clean())
}

fn media(files: &[PathBuf]) -> Result<bool, Failure> {
    let all: Vec<_> = files.iter().map(|path| measured(path)).collect();
    let are_complete = all.iter().all(|it| matches!(it, Some(facts) if facts.length.is_some()));
    output::json(&Facts::from_videos(all))?;
    Ok(are_complete)
}

/// The facts of a file. What is wrong with it is told on standard error.
fn measured(path: &Path) -> Option<MediaFacts> {
    let name = path.to_string_lossy();
    let file = input::open_file(path).map_err(|error| Failure::reading(&name, &error));
    let facts = file.and_then(|file| {
        measure(file).map_err(|problem| Failure::about(&name, &problem.message(lang())))
    });
    let facts = facts.map_err(|failure| output::failure(&failure)).ok()?;
    if facts.length.is_none() {
        let en = "the file does not state its length; add `seconds` yourself";
        let zh = "文件中没有时长信息，请自行填写 `seconds`";
        output::failure(&Failure::about(&name, pick(en, zh)));
    }
    Some(facts)
}

fn prices(command: &PricesCommand, global: Global) -> Result<bool, Failure> {
    let edition = global.edition;
    match command {
        PricesCommand::Lint { book, max_age, jobs } => {
            input::claim([Some(book), jobs.as_ref()])?;
            let document = input::read(book)?;
            let (book, to_fill_in) = PriceBook::from_draft(edition, &document.text)
                .map_err(|error| Failure::about(&document.name, &error.message(lang())))?;
            let used = jobs.as_ref().map(|jobs| plan::billed_by(jobs, &book, global));
            let used = used.transpose()?;
            let lint = Lint::of(edition, &book, to_fill_in, *max_age, today(), used.as_ref());
            output::answer(&lint, || human::lint(&lint), global)?;
            Ok(lint.is_clean())
        }
        PricesCommand::Diff { old, new, out } => {
            let read = input::claim([Some(old), Some(new)])?;
            let difference = Difference::of(&book(old, global)?, &book(new, global)?);
            let table = Table::of(&export::CHANGES, &difference.changes);
            let shown = || human::difference(&difference);
            export::answer(out, &read, table, &difference, shown, global)?;
            Ok(difference.is_clean())
        }
        PricesCommand::Catalog { file, as_of } => {
            let document = input::read_decoded(file)?;
            let catalog = Catalog::read(edition, &document.text, as_of.as_deref())
                .map_err(|error| Failure::about(&document.name, &error.message(lang())))?;
            output::json(&catalog.book)?;
            for left_out in &catalog.left_out {
                output::note(&left_out.message(lang()));
            }
            if let Some(kept) = catalog.kept_message(lang()) {
                output::note(&kept);
            }
            output::note(Catalog::remark(lang()));
            Ok(true)
        }
        PricesCommand::Template { currency } => {
            output::json(&Template::of(edition, currency, today()))?;
            Ok(true)
        }
    }
}

fn routes_diff(editions: &[Edition], out: &Out, global: Global) -> Result<bool, Failure> {
    let [from, to] = editions else {
        return Ok(true);
    };
    let differences = table::diff(*from, *to);
    let table = Table::of(&export::DIFFERENCES, &differences);
    let shown = || human::differences([*from, *to], &differences);
    export::answer(out, &[], table, &differences, shown, global)?;
    Ok(true)
}

fn routes(model: Option<&str>, out: &Out, global: Global) -> Result<bool, Failure> {
    let edition = global.edition;
    let mut table = edition.table();
    if let Some(name) = model {
        let of_model = edition.find_model(name).map(|(route, _)| route);
        let named = || edition.routes().iter().find(|route| route.id.name() == name);
        let names = edition.models().map(|(_, model)| model.name);
        let route = of_model.or_else(named).ok_or_else(|| unknown(MODEL, name, names))?;
        table.routes = slice::from_ref(route);
    }
    let rows = human::route_table(edition, table.routes);
    export::answer(out, &[], rows, &table, || human::routes(edition, table.routes), global)?;
    Ok(true)
}

fn explain(rule: Option<&str>, out: &Out, global: Global) -> Result<bool, Failure> {
    let edition = global.edition;
    let Some(name) = rule else {
        let all: Vec<_> = edition.rules().map(table::RuleRow).collect();
        let table = Table::of(&export::RULES, &all);
        export::answer(out, &[], table, &all, || human::list(edition), global)?;
        return Ok(true);
    };
    let rule = name.parse().ok();
    let Some(explanation) = rule.and_then(|rule| edition.explain(rule)) else {
        let other =
            rule.and_then(|rule| Edition::ALL.into_iter().find(|it| it.rule(rule).is_some()));
        return Err(match other {
            Some(other) => Failure::Told(say!(
                "edition {edition} has no rule `{name}`, but edition {other} does",
                "规则版本 {edition} 没有 `{name}`，{other} 有"
            )),
            None => unknown(RULE, name, edition.rules().map(|rule| rule.id.name())),
        });
    };
    let rule = &explanation.rule;
    let table = Table::of(&export::RULES, [rule]);
    export::answer(out, &[], table, &explanation, || human::explain(&rule.0), global)?;
    Ok(true)
}

/// A kind of name in English and Chinese, and the command that lists all names of the kind.
type Named = (&'static str, &'static str, &'static str);
const RULE: Named = ("rule", "规则", "seedance explain");
const MODEL: Named = ("model or route", "模型或线路", "seedance routes");

/// The failure for an unknown name, with the known name that was probably meant.
fn unknown(
    (en, zh, command): Named,
    name: &str,
    known: impl Iterator<Item = &'static str>,
) -> Failure {
    /// How similar a suggestion must be, from 0 to 1: a name may have a letter or two wrong.
    const ALIKE: f64 = 0.7;
    let known = known.map(|known| (strsim::normalized_damerau_levenshtein(known, name), known));
    let nearest = known.max_by(|(one, _), (other, _)| one.total_cmp(other));
    let (en_tip, zh_tip) = match nearest.filter(|(alike, _)| *alike >= ALIKE) {
        Some((_, meant)) => (format!("did you mean `{meant}`?"), format!("是否想写 `{meant}`？")),
        None => (format!("`{command}` lists them all"), format!("`{command}` 会列出全部{zh}")),
    };
    Failure::Told(say!("there is no {en} `{name}`; {en_tip}", "没有{zh} `{name}`，{zh_tip}"))
}

fn serve(mut options: seedance_serve::Options, global: Global) -> Result<bool, Failure> {
    use seedance_serve::ServeError::{Book, Other, Unreadable};
    (options.lang, options.edition) = (lang(), global.edition);
    seedance_serve::run(options).map_err(|error| match error {
        Unreadable { path, source } => Failure::reading(&path.to_string_lossy(), &source),
        Book { path, source } => Failure::about(&path.to_string_lossy(), &source.message(lang())),
        Other { en, zh } => Failure::Told(lang().pick(en, zh)),
    })?;
    Ok(true)
}

fn man(folder: &Path) -> Result<bool, Failure> {
    clap_mangen::generate_to(Options::command(), folder)
        .map_err(|error| Failure::writing_to(folder, &error))?;
    Ok(true)
}

fn completions(shell: clap_complete::Shell) -> Result<bool, Failure> {
    let mut script = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&shell.to_string()) {
        let name = "seedance";
        shell
            .write_registration(COMPLETE, name, name, name, &mut script)
            .map_err(Failure::writing)?;
    }
    output::text(&String::from_utf8_lossy(&script)).map_err(Failure::writing)?;
    Ok(true)
}

/// Today's date in UTC, by this computer's clock.
fn today() -> time::Date {
    time::UtcDateTime::now().date()
}

/// Reads a price book. Names in it that no route has only cause warnings.
fn book(path: &Path, global: Global) -> Result<PriceBook, Failure> {
    let document = input::read(path)?;
    let book = PriceBook::from_slice_for(global.edition, &document.text)
        .map_err(|error| Failure::about(&document.name, &error.message(lang())))?;
    for warning in book.warnings() {
        let warning = Failure::about(&document.name, &warning.message(lang()));
        output::remark(&warning.to_string(), global);
    }
    Ok(book)
}
