//! What each command does.

use std::fs::File;
use std::iter;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap::builder::PossibleValuesParser;
use seedance_core::table::{self, RuleId};
use seedance_core::{Edition, Facts, Lang, PriceBook, Quote};
use seedance_ledger::books::{Difference, Draft, Lint, Template};
use seedance_ledger::media::{NotMeasured, measure};
use seedance_ledger::reconcile::{
    COLUMNS as RECONCILED, Columns, Reconciliation, read_charges, read_quotes,
};
use seedance_ledger::request::Extent;

use crate::args::{
    CheckOptions, Command, CompareOptions, Fix, Format, Global, Options, Out, PlanOptions,
    PricesCommand, QuoteOptions, ReconcileOptions,
};
use crate::batch::{self, Question};
use crate::failure::Failure;
use crate::input;
use crate::{export, human, output, plan, request};

/// Runs the command; `false` where the answer is no.
pub fn run(options: Options) -> Result<bool, Failure> {
    let Options {
        command, global, ..
    } = options;
    match command {
        Command::Check(options) => check(&options, global),
        Command::Quote(options) => quote(&options, global),
        Command::Compare(options) => compare(&options, global),
        Command::Plan(options) => plan(&options, global),
        Command::Reconcile(options) => reconcile(&options, global),
        Command::Media { files } => media(&files, global.lang),
        Command::Prices(command) => prices(&command, global),
        Command::Routes { out } => routes(&out, global),
        Command::Explain { rule, out } => explain(rule.as_deref(), &out, global),
        Command::Serve(options) => serve(options, global.lang),
        Command::Man { folder } => man(&folder, global.lang),
        Command::Completions { shell } => completions(shell, global.lang),
    }
}

fn check(options: &CheckOptions, global: Global) -> Result<bool, Failure> {
    let Global { lang, format, .. } = global;
    let file = options.input.file.as_deref();
    input::claim_standard_input(&[or_standard(file), options.input.media.as_deref()], lang)?;
    let extent = options.fix.map(|fix| match fix {
        Fix::Safe => Extent::Safe,
        Fix::All => Extent::All,
    });
    if options.batch.ndjson {
        let question = extent.map_or(Question::Check, Question::Mend);
        return batch::run(file, question, options.batch.quiet, global);
    }
    let document = request::read(&options.input, lang)?;
    let media = options.input.media.as_deref();
    if let Some(extent) = extent {
        return request::mend(&document, media, extent, global);
    }
    let job = request::job(&document, media, global)?;
    let report = job.check(lang);
    match format {
        Format::Json => output::json(&report, lang)?,
        Format::Human => output::styled(&human::report(&report, &document, lang), lang)?,
    }
    Ok(report.accepted)
}

fn quote(options: &QuoteOptions, global: Global) -> Result<bool, Failure> {
    let Global { lang, format, .. } = global;
    let file = options.input.file.as_deref();
    let media = options.input.media.as_deref();
    input::claim_standard_input(&[or_standard(file), media, Some(&options.prices)], lang)?;
    let book = book(&options.prices, global)?;
    if options.batch.ndjson {
        return batch::run(file, Question::Quote(&book), options.batch.quiet, global);
    }
    let document = request::read(&options.input, lang)?;
    let quote = request::job(&document, media, global)?.quote(&book, lang);
    match format {
        Format::Json => output::json(&quote, lang)?,
        Format::Human => output::styled(&human::quote(&quote, &book, &document, lang), lang)?,
    }
    Ok(!matches!(quote, Quote::NotPriceable(_)))
}

fn compare(options: &CompareOptions, global: Global) -> Result<bool, Failure> {
    let Global { lang, format, .. } = global;
    let (file, media) = (
        options.input.file.as_deref(),
        options.input.media.as_deref(),
    );
    input::claim_standard_input(&[or_standard(file), media, options.prices.as_deref()], lang)?;
    let book = options
        .prices
        .as_deref()
        .map(|prices| book(prices, global))
        .transpose()?;
    let document = request::read(&options.input, lang)?;
    let candidates = request::job(&document, media, global)?.compare(book.as_ref(), lang);
    let read = [file, media, options.prices.as_deref()];
    let read: Vec<&Path> = read.into_iter().flatten().collect();
    let (header, rows) = human::comparison(&candidates);
    export::whole(&options.out, &read, &header, rows, &candidates, lang)?;
    match format {
        Format::Json => output::json(&candidates, lang)?,
        Format::Human => output::text(&human::compare(&candidates, lang), lang)?,
    }
    Ok(candidates.iter().any(|candidate| candidate.accepted))
}

fn plan(options: &PlanOptions, global: Global) -> Result<bool, Failure> {
    let Global { lang, .. } = global;
    let jobs = or_standard(options.jobs.as_deref());
    input::claim_standard_input(
        &[jobs, Some(&options.prices), options.diff.as_deref()],
        lang,
    )?;
    let book = book(&options.prices, global)?;
    plan::run(options, &book, global)
}

fn reconcile(options: &ReconcileOptions, global: Global) -> Result<bool, Failure> {
    let Global { lang, format, .. } = global;
    let (quotes, charges) = (&options.quotes, &options.charges);
    input::claim_standard_input(
        &[Some(quotes), Some(charges), options.prices.as_deref()],
        lang,
    )?;
    let book = options
        .prices
        .as_deref()
        .map(|prices| book(prices, global))
        .transpose()?;
    let read = [
        Some(quotes.as_path()),
        Some(charges),
        options.prices.as_deref(),
    ];
    let read: Vec<&Path> = read.into_iter().flatten().collect();
    let quotes = input::read(Some(quotes), lang)?;
    let quoted =
        read_quotes(&quotes.text).map_err(|error| Failure::in_line(lang, &quotes.name, &error))?;
    let charges = input::read_decoded(charges, lang)?;
    let columns = Columns {
        id: &options.id_column,
        amount: &options.amount_column,
    };
    let charged = read_charges(&charges.text, columns)
        .map_err(|error| Failure::in_line(lang, &charges.name, &error))?;
    let answer = Reconciliation::of(quoted, charged, book.as_ref())
        .map_err(|error| Failure::new(lang, error.to_string(), "扣费金额过大，无法相加"))?;
    let rows = answer.jobs.iter();
    let rows = rows.map(|row| RECONCILED.map(|(_, cell)| cell(row)).to_vec());
    let header = RECONCILED.map(|(name, _)| name);
    export::whole(&options.out, &read, &header, rows, &answer, lang)?;
    match format {
        Format::Json => output::json(&answer, lang)?,
        Format::Human => {
            let shown = human::reconciliation(&answer, options.all, lang);
            output::text(&shown, lang)?;
        }
    }
    Ok(answer.is_clean())
}

fn media(files: &[PathBuf], lang: Lang) -> Result<bool, Failure> {
    let measured = files.iter().map(|path| {
        let file = File::open(path).map_err(NotMeasured::from);
        file.and_then(measure)
            .map_err(|error| Failure::about(lang, &path.to_string_lossy(), &error.message(lang)))
            .inspect_err(Failure::tell)
            .ok()
    });
    let measured: Vec<_> = measured.collect();
    let are_all = measured.iter().all(Option::is_some);
    output::json(&Facts::from_videos(measured), lang)?;
    Ok(are_all)
}

fn prices(command: &PricesCommand, global: Global) -> Result<bool, Failure> {
    let Global {
        lang,
        format,
        edition,
    } = global;
    match command {
        PricesCommand::Lint {
            book,
            max_age,
            jobs,
        } => {
            input::claim_standard_input(&[Some(book), jobs.as_deref()], lang)?;
            let document = input::read(Some(book), lang)?;
            let draft = Draft::read(edition, &document.text)
                .map_err(|error| Failure::book(lang, &document.name, &error))?;
            let jobs = jobs.as_deref();
            let used = jobs.map(|jobs| plan::billed_by(jobs, &draft.book, global));
            let lint = Lint::of(
                edition,
                &draft,
                *max_age,
                today(),
                used.transpose()?.as_ref(),
            );
            match format {
                Format::Json => output::json(&lint, lang)?,
                Format::Human => output::text(&human::lint(&lint, lang), lang)?,
            }
            Ok(lint.is_clean())
        }
        PricesCommand::Diff { old, new, out } => {
            input::claim_standard_input(&[Some(old), Some(new)], lang)?;
            let difference = Difference::of(&book(old, global)?, &book(new, global)?);
            let rows = difference.changes.iter().map(human::price_row);
            let header = ["name", "old", "new", "change"];
            export::whole(out, &[old, new], &header, rows, &difference, lang)?;
            match format {
                Format::Json => output::json(&difference, lang)?,
                Format::Human => output::text(&human::difference(&difference, lang), lang)?,
            }
            Ok(difference.is_clean())
        }
        PricesCommand::Template { currency } => {
            output::json(&Template::of(edition, currency, today()), lang)?;
            Ok(true)
        }
    }
}

fn routes(out: &Out, global: Global) -> Result<bool, Failure> {
    let Global {
        lang,
        format,
        edition,
    } = global;
    let (header, rows) = human::route_rows(edition, lang);
    export::whole(out, &[], &header, rows, &edition.table(), lang)?;
    match format {
        Format::Json => output::json(&edition.table(), lang)?,
        Format::Human => output::text(&human::routes(edition, lang), lang)?,
    }
    Ok(true)
}

fn explain(rule: Option<&str>, out: &Out, global: Global) -> Result<bool, Failure> {
    let Global {
        lang,
        format,
        edition,
    } = global;
    let Some(name) = rule else {
        let (header, rows) = human::rule_rows(edition, lang);
        let all: Vec<_> = edition.rules().map(table::RuleRow).collect();
        export::whole(out, &[], &header, rows, &all, lang)?;
        match format {
            Format::Json => output::json(&all, lang)?,
            Format::Human => output::text(&human::list(edition, lang), lang)?,
        }
        return Ok(true);
    };
    let explanation = RuleId::named(name).and_then(|rule| edition.explain(rule));
    let Some(explanation) = explanation else {
        return Err(no_rule(name, edition, lang));
    };
    let rule = &explanation.rule.0;
    let rows = iter::once(human::rule_row(rule, lang));
    export::whole(
        out,
        &[],
        &human::rule_rows(edition, lang).0,
        rows,
        &explanation,
        lang,
    )?;
    match format {
        Format::Json => output::json(&explanation, lang)?,
        Format::Human => output::text(&human::explain(rule, lang), lang)?,
    }
    Ok(true)
}

fn no_rule(name: &str, edition: Edition, lang: Lang) -> Failure {
    /// As alike as a name with a letter or two that are wrong.
    const ALIKE: f64 = 0.7;
    let rules = edition.rules().map(|rule| rule.id.name());
    let rules = rules.map(|rule| (strsim::normalized_damerau_levenshtein(rule, name), rule));
    let nearest = rules.max_by(|(one, _), (other, _)| one.total_cmp(other));
    let (en, zh) = match nearest.filter(|(alike, _)| *alike >= ALIKE) {
        Some((_, rule)) => (
            format!("did you mean `{rule}`?"),
            format!("是否想写 `{rule}`？"),
        ),
        None => (
            "`seedance explain` lists them all".into(),
            "`seedance explain` 会列出全部规则".into(),
        ),
    };
    Failure::new(
        lang,
        format!("there is no rule `{name}`, {en}"),
        format!("没有规则 `{name}`，{zh}"),
    )
}

fn serve(mut options: seedance_serve::Options, lang: Lang) -> Result<bool, Failure> {
    use seedance_serve::ServeError::{Book, BookUnreadable};
    options.lang = lang;
    seedance_serve::run(options).map_err(|error| match error {
        BookUnreadable { path, source } => Failure::reading(lang, &path.to_string_lossy(), &source),
        Book { path, source } => Failure::book(lang, &path.to_string_lossy(), &source),
        other => Failure::new(lang, other.to_string(), other.to_string()),
    })?;
    Ok(true)
}

fn man(folder: &Path, lang: Lang) -> Result<bool, Failure> {
    clap_mangen::generate_to(Options::command(), folder)
        .map_err(|error| Failure::writing_to(lang, folder, &error))?;
    Ok(true)
}

fn completions(shell: clap_complete::Shell, lang: Lang) -> Result<bool, Failure> {
    let rules = PossibleValuesParser::new(Edition::LATEST.rules().map(|rule| rule.id.name()));
    let mut command = Options::command().mut_subcommand("explain", |explain| {
        explain.mut_arg("rule", |rule| rule.value_parser(rules))
    });
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "seedance", &mut script);
    output::text(&String::from_utf8_lossy(&script), lang)?;
    Ok(true)
}

/// By the clock of this computer, in UTC.
fn today() -> time::Date {
    time::UtcDateTime::now().date()
}

/// A file that need not be named: then it is standard input.
fn or_standard(file: Option<&Path>) -> Option<&Path> {
    file.or(Some(Path::new(input::STANDARD_INPUT)))
}

/// A price book; names in it that no route has are told, but stop nothing.
fn book(path: &Path, Global { lang, edition, .. }: Global) -> Result<PriceBook, Failure> {
    let book = input::read_book(path, edition, lang)?;
    for warning in book.warnings() {
        let (name, message) = (path.to_string_lossy(), warning.message(lang));
        let joint = if lang == Lang::Zh { "：" } else { ": " };
        output::warn(&format!("`{name}`{joint}{message}"), lang);
    }
    Ok(book)
}
