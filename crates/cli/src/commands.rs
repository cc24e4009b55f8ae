//! What each command does.

use std::path::Path;

use clap::CommandFactory;
use seedance_core::table::{self, RuleId};
use seedance_core::{Facts, Job, Lang, PriceBook, Quote};

use crate::args::{
    CheckOptions, Command, CompareOptions, Format, Global, Options, PlanOptions, PricesCommand,
    QuoteOptions, ReconcileOptions,
};
use crate::batch::{self, Question};
use crate::books::{self, Difference, Lint, Template};
use crate::failure::Failure;
use crate::input::{self, Document};
use crate::plain::plain;
use crate::plan;
use crate::reconcile::{self, Reconciliation};
use crate::{human, output};

/// Runs the command; `false` where the answer is no.
pub fn run(options: Options) -> Result<bool, Failure> {
    let Options { command, global } = options;
    match command {
        Command::Check(options) => check(&options, global),
        Command::Quote(options) => quote(&options, global),
        Command::Compare(options) => compare(&options, global),
        Command::Plan(options) => plan(&options, global),
        Command::Reconcile(options) => reconcile(&options, global),
        Command::Prices(command) => prices(&command, global),
        Command::Routes => routes(global),
        Command::Explain { rule } => explain(rule.as_deref(), global),
        Command::Serve(options) => serve(options, global.lang),
        Command::Completions { shell } => completions(shell, global.lang),
    }
}

fn check(options: &CheckOptions, Global { lang, format }: Global) -> Result<bool, Failure> {
    let file = options.input.file.as_deref();
    input::claim_standard_input(&[or_standard(file), options.input.media.as_deref()], lang)?;
    if options.batch.ndjson {
        return batch::run(
            input::open(file, lang)?,
            Question::Check,
            options.batch.quiet,
            lang,
        );
    }
    let document = input::read(file, lang)?;
    let job = job(&document, options.input.media.as_deref(), lang)?;
    let report = job.check(lang);
    match format {
        Format::Json => output::json(&report, lang)?,
        Format::Human => output::text(&human::report(&report, &document, lang), lang)?,
    }
    Ok(report.accepted)
}

fn quote(options: &QuoteOptions, Global { lang, format }: Global) -> Result<bool, Failure> {
    let file = options.input.file.as_deref();
    let media = options.input.media.as_deref();
    input::claim_standard_input(&[or_standard(file), media, Some(&options.prices)], lang)?;
    let book = book(&options.prices, lang)?;
    if options.batch.ndjson {
        return batch::run(
            input::open(file, lang)?,
            Question::Quote(&book),
            options.batch.quiet,
            lang,
        );
    }
    let document = input::read(file, lang)?;
    let quote = job(&document, media, lang)?.quote(&book, lang);
    match format {
        Format::Json => output::json(&quote, lang)?,
        Format::Human => output::text(&human::quote(&quote, &book, &document, lang), lang)?,
    }
    Ok(!matches!(quote, Quote::NotPriceable(_)))
}

fn compare(options: &CompareOptions, Global { lang, format }: Global) -> Result<bool, Failure> {
    let (file, media) = (options.file.as_deref(), options.media.as_deref());
    input::claim_standard_input(&[or_standard(file), media, options.prices.as_deref()], lang)?;
    let book = options
        .prices
        .as_deref()
        .map(|prices| book(prices, lang))
        .transpose()?;
    let document = input::read(file, lang)?;
    let candidates = job(&document, media, lang)?.compare(book.as_ref(), lang);
    match format {
        Format::Json => output::json(&candidates, lang)?,
        Format::Human => output::text(&human::compare(&candidates, lang), lang)?,
    }
    Ok(candidates.iter().any(|candidate| candidate.accepted))
}

fn plan(options: &PlanOptions, Global { lang, format }: Global) -> Result<bool, Failure> {
    let jobs = or_standard(options.jobs.as_deref());
    input::claim_standard_input(&[jobs, Some(&options.prices)], lang)?;
    let book = book(&options.prices, lang)?;
    plan::run(options, &book, format, lang)
}

fn reconcile(options: &ReconcileOptions, Global { lang, format }: Global) -> Result<bool, Failure> {
    let files = [&options.quotes, &options.charges].map(|file| Some(file.as_path()));
    input::claim_standard_input(&[files[0], files[1], options.prices.as_deref()], lang)?;
    let book = options
        .prices
        .as_deref()
        .map(|prices| book(prices, lang))
        .transpose()?;
    let answer = Reconciliation::of(&options.quotes, &options.charges, book.as_ref(), lang)?;
    match format {
        Format::Json => output::json(&answer, lang)?,
        Format::Human => output::text(&reconcile::show(&answer, lang), lang)?,
    }
    Ok(answer.is_clean())
}

fn prices(command: &PricesCommand, Global { lang, format }: Global) -> Result<bool, Failure> {
    match command {
        PricesCommand::Lint { book, max_age } => {
            let lint = Lint::of(&input::read_book(book, lang)?, *max_age);
            match format {
                Format::Json => output::json(&lint, lang)?,
                Format::Human => output::text(&books::show_lint(&lint, lang), lang)?,
            }
            Ok(lint.is_clean())
        }
        PricesCommand::Diff { old, new } => {
            input::claim_standard_input(&[Some(old), Some(new)], lang)?;
            let difference = Difference::of(&book(old, lang)?, &book(new, lang)?);
            match format {
                Format::Json => output::json(&difference, lang)?,
                Format::Human => output::text(&books::show_difference(&difference, lang), lang)?,
            }
            Ok(difference.is_clean())
        }
        PricesCommand::Template { currency } => {
            output::json(&Template::of(currency), lang)?;
            Ok(true)
        }
    }
}

fn routes(Global { lang, format }: Global) -> Result<bool, Failure> {
    match format {
        Format::Json => output::json(&table::table(), lang)?,
        Format::Human => output::text(&human::routes(lang), lang)?,
    }
    Ok(true)
}

fn explain(rule: Option<&str>, Global { lang, format }: Global) -> Result<bool, Failure> {
    let Some(name) = rule else {
        match format {
            Format::Json => output::json(
                &table::RULES.iter().map(table::RuleRow).collect::<Vec<_>>(),
                lang,
            )?,
            Format::Human => output::text(&human::list(lang), lang)?,
        }
        return Ok(true);
    };
    let Some(rule) = RuleId::named(name) else {
        let name = plain(name);
        let en = format!("there is no rule `{name}`, `seedance explain` lists them all");
        return Err(Failure::new(
            lang,
            en,
            format!("没有规则 `{name}`，`seedance explain` 会列出全部规则"),
        ));
    };
    match format {
        Format::Json => output::json(&rule.explain(), lang)?,
        Format::Human => output::text(&human::explain(rule.rule(), lang), lang)?,
    }
    Ok(true)
}

fn serve(mut options: seedance_serve::Options, lang: Lang) -> Result<bool, Failure> {
    use seedance_serve::ServeError::{Book, BookUnreadable};
    options.lang = lang;
    seedance_serve::run(options).map_err(|error| match error {
        BookUnreadable { path, source } => {
            Failure::reading(lang, &plain(&path.to_string_lossy()), &source)
        }
        Book { path, source } => Failure::book(lang, &plain(&path.to_string_lossy()), &source),
        other => Failure::new(lang, other.to_string(), other.to_string()),
    })?;
    Ok(true)
}

fn completions(shell: clap_complete::Shell, lang: Lang) -> Result<bool, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Options::command(), "seedance", &mut script);
    output::text(&String::from_utf8_lossy(&script), lang)?;
    Ok(true)
}

/// A file that need not be named: then it is standard input.
fn or_standard(file: Option<&Path>) -> Option<&Path> {
    file.or(Some(Path::new(input::STANDARD_INPUT)))
}

/// The job that a document and its media facts make; facts are not looked at when the body is no object.
fn job<'a>(document: &'a Document, media: Option<&Path>, lang: Lang) -> Result<Job<'a>, Failure> {
    let media = media
        .map(|path| input::read(Some(path), lang))
        .transpose()?;
    let job = Job::new(document.text.as_slice());
    let Some(media) = media.filter(|_| job.body().is_object()) else {
        return Ok(job);
    };
    let facts = Facts::from_text(&media.text);
    facts
        .and_then(|facts| job.with_facts(facts))
        .map_err(|error| Failure::facts(lang, &media.name, &error))
}

/// A price book; names in it that no route has are told, but stop nothing.
fn book(path: &Path, lang: Lang) -> Result<PriceBook, Failure> {
    let book = input::read_book(path, lang)?;
    for warning in book.warnings() {
        let (name, message) = (path.to_string_lossy(), warning.message(lang));
        let (name, message) = (plain(&name), plain(&message));
        if lang == Lang::Zh {
            eprintln!("seedance: 警告：`{name}`：{message}")
        } else {
            eprintln!("seedance: warning: `{name}`: {message}")
        }
    }
    Ok(book)
}
