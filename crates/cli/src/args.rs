//! The options of every command.

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use itertools::Itertools;
use seedance_core::{Decimal, Edition, Lang, RuleId};
use seedance_ledger::plan::Status;
use seedance_ledger::request::{Extent, Foreign};
use strum::VariantNames;

use crate::lang::pick;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// Checks and prices Seedance 2.0 video requests before they are sent
#[derive(Debug, Parser)]
#[command(name = "seedance", version, about, max_term_width = 100, after_help = EXAMPLES)]
pub struct Options {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
    /// Colours in reports
    #[arg(long, global = true, default_value = "auto", value_enum)]
    pub color: ColorChoice,
}

#[derive(Debug, Clone, Copy, Args)]
pub struct Global {
    /// Language of messages
    #[arg(id = "lang", long = "lang", value_name = "LANG", global = true, default_value = "en", value_parser = one_of::<Lang>(["en", "zh"]))]
    // `defaults` reads it before the options are parsed, because errors in the options are worded in this language, too.
    _lang: Lang,
    /// Output format
    #[arg(long, global = true, default_value = "human", value_enum)]
    pub format: Format,
    /// Edition of the rules
    #[arg(long, global = true, default_value = Edition::default().name(), value_parser = edition())]
    pub edition: Edition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check whether a request would be accepted, and how to fix it
    #[command(after_help = format!("Examples:
  seedance check request.json
  seedance check request.json --media media.json --format json
  seedance check --fix request.json > fixed.json
  seedance check --ndjson jobs.ndjson > reports.ndjson

{JOBS}

Exit code: 0 accepted, 1 not accepted, 2 could not run"))]
    Check(CheckOptions),
    /// Calculate the exact price of a request
    #[command(after_help = format!("Examples:
  seedance quote request.json --prices prices.json
  seedance quote request.json --prices prices.json --media media.json
  seedance quote --ndjson jobs.ndjson --prices prices.json > quotes.ndjson

{JOBS}

Exit code: 0 priced, 1 not priceable, 2 could not run"))]
    Quote(QuoteOptions),
    /// Compare the same request on all models, the cheapest accepted one first
    #[command(after_help = "Examples:
  seedance compare request.json --prices prices.json

Exit code: 0 some model accepts it, 1 none does, 2 could not run")]
    Compare(CompareOptions),
    /// Price a whole file of jobs, and see how much of it a budget covers
    #[command(after_help = format!("Examples:
  seedance plan jobs.ndjson --prices prices.json --budget 100
  seedance plan jobs.ndjson --prices prices.json --out plan.csv
  seedance plan shots.csv --prices prices.json --by episode
  seedance plan shots.csv --prices prices.json --budget 50 --fit-out send.ndjson

{JOBS}

Exit code: 0 all jobs are ready and surely fit the budget, 1 not, 2 could not run"))]
    Plan(PlanOptions),
    /// Compare quotes with actual charges and explain each difference
    #[command(after_help = "Examples:
  seedance quote --ndjson jobs.ndjson --prices prices.json > quotes.ndjson
  seedance reconcile quotes.ndjson charges.csv --prices prices.json
  seedance reconcile seedance-history.json

Charges are a table (CSV, TSV, semicolons) with the columns `id` and `amount` (or `编号`, and `实扣` or `金额`), optionally `currency`, `status` and `completion_tokens` (or else `total_tokens`), and any others; or the same as one JSON object per line, or the API's responses, one per line. A negative amount is a refund; several charges for one id are added up.
Exit code: 0 all charges are as quoted (those in another currency, or by tokens that are not known, are only listed), 1 not, 2 could not run")]
    Reconcile(ReconcileOptions),
    /// Measure MP4 and MOV files on this computer and print their media facts
    #[command(after_help = "Examples:
  seedance media clip.mp4 > media.json
  seedance quote request.json --prices prices.json --media media.json

Exit code: 0 all files were measured, 1 not all, 2 could not run")]
    Media {
        /// The files, in the order of the request's reference videos
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Check, compare and create price books
    #[command(subcommand)]
    Prices(PricesCommand),
    /// Show the table of routes, models and limits
    #[command(after_help = "Examples:
  seedance routes
  seedance routes seedance2.0-mini
  seedance routes --diff 2026-07 2026-09")]
    Routes {
        /// Only the route of this name, or of this model
        #[arg(value_name = "MODEL", add = ArgValueCandidates::new(models))]
        model: Option<String>,
        /// Show how the second edition differs from the first, model by model
        #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], value_parser = edition(), conflicts_with = "model")]
        diff: Option<Vec<Edition>>,
        #[command(flatten)]
        out: Out,
    },
    /// Explain one rule with its sources, or list all rules
    #[command(after_help = "Examples:
  seedance explain
  seedance explain images-with-frames --lang zh")]
    Explain {
        /// Id of the rule
        #[arg(add = ArgValueCandidates::new(rules))]
        rule: Option<String>,
        #[command(flatten)]
        out: Out,
    },
    /// Start the form and its local companion on this computer
    Serve(seedance_serve::Options),
    /// Write the manual pages of all commands to a folder
    Man {
        /// The folder
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print a script that completes commands, options, rules and models in a shell
    #[command(after_help = "Examples:
  echo 'source <(seedance completions bash)' >> ~/.bashrc")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub struct Input {
    /// Request JSON file; omit it or use `-` for standard input
    #[arg(value_name = "FILE", default_value = STANDARD_INPUT, hide_default_value = true)]
    pub file: PathBuf,
    /// JSON file with the length, size and frame rate of the reference videos, or what ffprobe printed
    #[arg(long, value_name = "FILE")]
    pub media: Option<PathBuf>,
    /// Read what is nearly JSON as it was meant, and show what was changed
    #[arg(long)]
    pub lenient: bool,
    /// Convert a request in another vendor's shape
    #[arg(long, value_parser = one_of::<Foreign>(Foreign::VARIANTS))]
    pub from: Option<Foreign>,
}

#[derive(Debug, Args)]
pub struct Batch {
    /// Read one job per line, or a table of jobs, and write one JSON line per job
    #[arg(long, conflicts_with_all = ["media", "lenient", "from"])]
    pub ndjson: bool,
    /// With --ndjson: no progress or totals on standard error
    #[arg(long, requires = "ndjson")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct Out {
    /// Also write the table to this file (.csv, .json or .md; .parquet if built with that feature)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// With --out FILE.csv: for a spreadsheet, with a byte-order mark and without cells that it could take for formulas
    #[arg(long, requires = "out")]
    pub excel: bool,
}

#[derive(Debug, Args)]
pub struct CheckOptions {
    #[command(flatten)]
    pub input: Input,
    /// Apply the fixes of errors and print the request; `all` also those that remove something or change the model
    #[arg(long, value_parser = one_of::<Extent>(Extent::VARIANTS), value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    pub fix: Option<Extent>,
    /// Check by the rules of another edition, too
    #[arg(long, value_name = "EDITION", value_parser = edition(), conflicts_with_all = ["fix", "ndjson"])]
    pub against: Option<Edition>,
    #[command(flatten)]
    pub batch: Batch,
}

#[derive(Debug, Args)]
pub struct QuoteOptions {
    #[command(flatten)]
    pub input: Input,
    /// Your unit prices
    #[arg(long, value_name = "BOOK")]
    pub prices: PathBuf,
    #[command(flatten)]
    pub batch: Batch,
}

#[derive(Debug, Args)]
pub struct CompareOptions {
    #[command(flatten)]
    pub out: Out,
    #[command(flatten)]
    pub input: Input,
    /// Your unit prices; without them the order is the table's
    #[arg(long, value_name = "BOOK")]
    pub prices: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct PlanOptions {
    /// Jobs, one per line or a table; `-` or nothing reads standard input
    #[arg(value_name = "JOBS", default_value = STANDARD_INPUT, hide_default_value = true)]
    pub jobs: PathBuf,
    /// Your unit prices
    #[arg(long, value_name = "BOOK")]
    pub prices: PathBuf,
    /// Budget, in the price book's currency
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = seedance_serve::amount)]
    pub budget: Option<Decimal>,
    #[command(flatten)]
    pub out: Out,
    /// Write the jobs that surely fit the budget to this file, one per line, to be sent
    #[arg(long, value_name = "FILE", requires = "budget")]
    pub fit_out: Option<PathBuf>,
    /// Add up by a column of the table of jobs
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// Compare with this earlier plan, written by `--out FILE.json`
    #[arg(long, value_name = "PLAN")]
    pub diff: Option<PathBuf>,
    /// Only list jobs of this status
    #[arg(long, value_parser = one_of::<Status>(["ready", "unpriced", "refused"]))]
    pub only: Option<Status>,
    /// Only show the totals
    #[arg(long, conflicts_with = "only")]
    pub summary: bool,
    /// No progress on standard error
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct ReconcileOptions {
    /// What `seedance quote --ndjson` wrote, or the history that the form exported
    #[arg(value_name = "QUOTES")]
    pub quotes: PathBuf,
    /// What was charged: a table, one JSON object per line, the companion's journal, or the form's history; if left out, the charges in QUOTES
    #[arg(value_name = "CHARGES")]
    pub charges: Option<PathBuf>,
    /// The column of the charges that names the job
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_column: String,
    /// The column of the charges that has the amount
    #[arg(long, value_name = "NAME", default_value = "amount")]
    pub amount_column: String,
    /// Also list the jobs that were charged as quoted
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub out: Out,
    /// The platform's prices as `seedance prices catalog` writes them, to recognise charges by list price
    #[arg(long, value_name = "BOOK")]
    pub list: Option<PathBuf>,
    /// Your unit prices, to recognise the price of another resolution
    #[arg(long, value_name = "BOOK")]
    pub prices: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// Find what is misspelt, old, contradictory or missing in a price book
    #[command(after_help = "Exit code: 0 nothing is wrong, 1 something is, 2 no price book")]
    Lint {
        /// The price book
        #[arg(value_name = "BOOK")]
        book: PathBuf,
        /// Prices older than this are reported as old
        #[arg(long, value_name = "DAYS", default_value_t = 30, allow_negative_numbers = true, value_parser = days)]
        max_age: u64,
        /// Jobs, as for `plan`: only the billing names that they use need a price
        #[arg(long, value_name = "JOBS")]
        jobs: Option<PathBuf>,
    },
    /// Show what changed between two price books
    #[command(after_help = "Exit code: 0 nothing changed, 1 something did, 2 no price book")]
    Diff {
        /// The price book before
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The price book now
        #[arg(value_name = "NEW")]
        new: PathBuf,
        #[command(flatten)]
        out: Out,
    },
    /// Create a price book from the platform's public catalogue
    #[command(after_help = "Examples:
  curl -o catalog.json https://www.jimmyai.cn/api/openapi/model/catalog
  seedance prices catalog catalog.json --as-of 2026-09-01 > prices.json")]
    Catalog {
        /// The response of `GET /api/openapi/model/catalog`; omit it or use `-` for standard input
        #[arg(value_name = "FILE", default_value = STANDARD_INPUT, hide_default_value = true)]
        file: PathBuf,
        /// The day of the prices
        #[arg(long, value_name = "DATE", value_parser = label)]
        as_of: Option<String>,
    },
    /// Print a price book to fill in, with every billing name
    Template {
        /// Currency to put into the book
        #[arg(long, default_value = "USD", value_parser = label)]
        currency: String,
    },
}

/// The formats of a file of jobs, for the help of the commands that read one.
const JOBS: &str = r#"Jobs are one JSON object per line: a request, a request with an `id` among its fields, or `{"id": …, "request": {…}, "media": {…}}`.

Or a table (CSV, TSV, semicolons) with a header: columns named as the request's fields, lists with `|` between their items or as `image_1`, `image_2` …, `id` (or `编号`), and `seconds_1` … for the lengths of the reference videos. Further columns are carried along."#;

const EXAMPLES: &str = "Examples:
  seedance check request.json
  seedance quote request.json --prices prices.json
  seedance compare request.json --prices prices.json
  seedance check --ndjson jobs.ndjson > reports.ndjson
  seedance explain images-with-frames

Prices, language and edition may also come from SEEDANCE_PRICES, SEEDANCE_LANG and SEEDANCE_EDITION, or from `settings.json` in the folder `seedance` of the system's place for settings: {\"prices\": \"prices.json\", \"lang\": \"zh\", \"edition\": \"latest\"}";

/// Completions: the rules of all editions.
fn rules() -> Vec<CompletionCandidate> {
    RuleId::ALL.iter().map(|rule| CompletionCandidate::new(rule.name())).collect()
}

/// Completions: the models and routes of all editions.
fn models() -> Vec<CompletionCandidate> {
    let names = Edition::ALL.into_iter().flat_map(|edition| {
        let routes = edition.routes().iter().map(|route| route.id.name());
        routes.chain(edition.models().map(|(_, model)| model.name))
    });
    names.sorted().dedup().map(CompletionCandidate::new).collect()
}

fn label(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err(pick("it must not be blank", "不能为空")),
        _ => Ok(text.to_owned()),
    }
}

fn days(text: &str) -> Result<u64, &'static str> {
    let or_else = pick("write a number of days such as 30", "请填写 30 这样的天数");
    text.parse().map_err(|_| or_else)
}

/// Takes one of the names of an edition.
fn edition() -> impl TypedValueParser<Value = Edition> {
    one_of(Edition::ALL.map(Edition::name).into_iter().chain(["latest"]))
}

/// Takes one of these names of values.
fn one_of<T>(
    names: impl IntoIterator<Item: Into<PossibleValue>>,
) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: Error + Send + Sync> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}
