// What goes beyond checks and quotes: batches, price books, other vendors' requests, media files, accounts, assets and the API's
// answers. It has a module of its own, `ledger.wasm`, which a page loads once it asks.
import type {
  Body,
  CoreSource,
  Decimal,
  Edition,
  InitOptions,
  Json,
  JsonText,
  JudgingOptions,
  LangOptions,
  Model,
  PriceBook,
  Refusal,
  Unit,
  UnknownAnswer,
} from './index.js';

export type { CoreSource, InitOptions } from './index.js';
export { readCreateAnswer, readTaskAnswer } from './index.js';

/**
 * Loads the ledger's module. It is another function than the package's `init`, which loads another module: a language and an edition
 * that were given to one are not known to the other.
 */
export function init(source?: CoreSource | PromiseLike<CoreSource> | InitOptions): Promise<void>;

/** Whether the ledger's module is there: then everything but `measureMedia` is synchronous. */
export function isReady(): boolean;

/** A file's jobs. */
export interface Jobs {
  /**
   * One job per line: a request, or `{ id, request, media }`. Where there are `columns`, each line is `{ carried, job }`: the cells of
   * those columns, and the job.
   */
  ndjson: Uint8Array;
  /** The names of a table's columns that are not part of a job. */
  columns: string[];
  /** Sentences about columns that are not fields of the edition's requests, but were perhaps meant as one. */
  remarks: string[];
  /** Why jobs are missing: the file is not a list of jobs, or a row cannot be read; then the rows below are not read either. */
  problems: { line?: number; message: string }[];
}

/** How to plan. */
export interface PlanOptions extends JudgingOptions {
  prices: PriceBook | JsonText;
  /** What may be spent, in the price book's currency. */
  budget?: string | number | undefined;
  /** The further columns of the jobs, as `readJobs` gave them; each line has a cell for each. */
  columns?: readonly string[] | undefined;
  /** The column by whose cells jobs are summed up, too. */
  by?: string | undefined;
}

/** What jobs will cost, as `seedance plan --format json` says it. */
export interface Plan {
  jobs: PlannedJob[];
  summary: PlanSummary;
}

/** `ready` is accepted and priced, `by-usage` accepted and charged by what it will have used, `unpriced` accepted only, `error` not a job at all. */
export type PlanStatus = 'ready' | 'by-usage' | 'unpriced' | 'refused' | 'error';

/** One job of a plan. What is not known is not there. */
export interface PlannedJob {
  /** From 1. */
  line: number;
  /** As it was written: a number as text, unless it is a whole one that JavaScript has exactly. */
  id?: string | number;
  status: PlanStatus;
  model?: Model;
  billing_model?: string;
  lowest?: Decimal;
  highest?: Decimal;
  /** The highest of this job and of all ready ones before it. */
  cumulative?: Decimal;
  /** Whether the budget surely covers it and all before it. */
  fits?: boolean;
  /** What speaks against the job or its price. */
  why?: string;
  /** The model that makes the same of the request for the least, what it costs there at least, and what it surely saves. */
  cheapest_model?: Model;
  cheapest?: Decimal;
  saving?: Decimal;
  /** A model that costs still less, but makes something else of these fields. */
  changing?: { model: Model; lowest: Decimal; saving?: Decimal; changes: string[] };
  /** The cells of the further columns. */
  carried?: Record<string, string>;
}

/** Counts and totals of jobs. */
export interface PlanSums {
  jobs: number;
  ready: number;
  unpriced: number;
  /** Accepted, and charged by what they will have used: set aside. */
  by_usage?: number;
  refused: number;
  errors: number;
  /** All ready jobs at their lowest. */
  best?: Decimal;
  /** All ready jobs at their highest; absent when that is not known of every one. */
  worst?: Decimal;
}

/** What the jobs of a plan come to. */
export interface PlanSummary extends PlanSums {
  /** The edition of the rules by which the jobs were judged. */
  edition: Edition;
  currency: string;
  as_of?: string;
  /** The line of the first job that is charged by what it will have used. */
  first_by_usage?: number;
  /** The ready jobs whose highest cost is not known, and what the others come to. */
  no_maximum?: { jobs: number; first_line: number; others?: Decimal };
  /** What the cheapest models would surely save together. */
  saving?: Decimal;
  changing?: { saving?: Decimal; changes: Record<string, number> };
  /** Why jobs are not ready: how many have it in common, and the first of them. */
  reasons: Record<string, { jobs: number; first_line: number; detail?: string }>;
  repeated_ids?: { id: string; first_line: number; line: number }[];
  /** How many more jobs repeat an id. */
  more_repeats?: number;
  /** By the cells of the column `by`. */
  groups?: Record<string, PlanSums>;
  budget?: PlanBudget;
}

/** How the ready jobs stand to what may be spent. */
export interface PlanBudget {
  amount: Decimal;
  enough: 'yes' | 'no' | 'perhaps' | 'nothing-to-judge';
  /** How many surely fit, taken in order, or the cheapest first. */
  fit_in_order: number;
  fit_cheapest_first: number;
}

/**
 * Reads a file of jobs: JSON lines, or a table (CSV, TSV, semicolons) whose header names the request's fields; in UTF-8, or as a
 * byte-order mark says. The file's name tells a table by `.csv` and `.tsv`; without it, its header does.
 */
export function readJobs(bytes: string | Uint8Array, name?: string, options?: JudgingOptions | null): Jobs;

/** Says what jobs will cost, one per line, and how many of them a budget covers. */
export function plan(ndjson: string | Uint8Array, options: PlanOptions): Plan;

/** A price book with another's prices in it, and what that changes. */
export interface MergedPriceBooks {
  book: { currency: string; as_of?: string; prices: Record<string, Decimal | { price: Decimal; per: Unit }> };
  /** Of the book before, and of the book now. */
  currency: [string, string];
  as_of: [string | null, string | null];
  /** By billing name; in a book without prices all are `added`. */
  changes: PriceChange[];
}

/** A price that is not as it was: 0.30 and 0.3 are one price. */
export interface PriceChange {
  name: string;
  old?: Decimal;
  new?: Decimal;
  change: 'added' | 'removed' | 'dearer' | 'cheaper';
}

/**
 * Takes the prices of `other` into `book`, where they win; so does its `as_of`, if it has one. A book without prices becomes the other.
 * Throws where both have prices, in two currencies.
 */
export function mergePriceBooks(
  book: PriceBook | JsonText,
  other: PriceBook | JsonText,
  options?: JudgingOptions | null,
): MergedPriceBooks;

/** How to read the catalogue. */
export interface CatalogOptions extends JudgingOptions {
  /** How old its prices are: what becomes the book's `as_of`, such as the day of today. */
  asOf?: string | undefined;
}

/** The platform's list prices. An account's own are not among them, and win: `remark` says so. */
export interface Catalog {
  book: MergedPriceBooks['book'];
  /** Billing names whose price cannot be used, and why, in a sentence. */
  left_out: { name: string; message: string }[];
  /** Billing names in the book that no route of the edition bills under. */
  kept: string[];
  remark: string;
}

/** Makes a price book of the answer of the public catalogue (`GET /api/openapi/model/catalog`); throws where it is none. */
export function readCatalog(answer: unknown, options?: CatalogOptions | null): Catalog;

/** A request that was another vendor's. */
export interface Converted {
  vendor: 'Ark' | 'fal';
  /** The model keeps its name, or is missing: which of ours is meant only the caller knows. */
  request: Record<string, Json>;
  /** The names of what has no place in it. */
  left_out: string[];
}

/**
 * Makes a request of ours of one in the shape of Volcengine Ark or fal; null where the body has neither. Throws a `TypeError` where JSON
 * cannot hold a part of it.
 */
export function convertForeign(body: Body): Converted | null;

/** A text made JSON. */
export interface Lenient {
  json: string;
  /** What was read as something else than it is, the first of each kind, in a sentence; lines and columns count from 1. */
  changes: { line: number; column: number; message: string }[];
}

/**
 * Reads what is nearly JSON as it was meant: quotes, commas, colons and digits of other scripts, comments, single quotes, commas
 * too many or too few, Python's words, names without quotes, a fence of Markdown, prose or code around it. Null where that makes no JSON of it either.
 */
export function readLenient(text: string, options?: LangOptions | null): Lenient | null;

/** What a `Blob` and a `File` have. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What a file says of itself; what it does not say is absent. */
export interface MeasuredMedia {
  seconds?: number;
  bytes: number;
  width?: number;
  height?: number;
  frame_rate?: number;
}

/**
 * Reads length, size and frame rate of an MP4 or MOV file, of which only the index is read, whatever the file's size; nothing is
 * decoded. Rejects with one sentence where it is no such file, or incomplete.
 */
export function measureMedia(file: BlobLike | Uint8Array, options?: LangOptions | null): Promise<MeasuredMedia>;

/** What an account has, in JimiCoin. */
export interface AccountBalance {
  outcome: 'read';
  balance?: Decimal;
  used_coin?: Decimal;
  /** What is left. */
  available: Decimal;
}

/** What a key may use, in JimiCoin. */
export interface KeyBalance {
  outcome: 'read';
  name?: string;
  /** 0 where it is unlimited. */
  total_quota: Decimal;
  used_quota?: Decimal;
  /** Absent where the key has no quota of its own: then the account's balance alone counts. */
  available_quota?: Decimal;
}

/** An uploaded file. */
export interface Upload {
  outcome: 'read';
  /** Where it is, for about three days. */
  url: string;
  filename?: string;
  size?: number;
  mime_type?: string;
}

/** Assets that an answer speaks of, in its order. */
export interface Assets {
  outcome: 'read';
  items: Asset[];
  failed: { url?: string; message?: string }[];
}

/** An asset, or a real person. */
export interface Asset {
  asset_id: string;
  /** A request may use one that is `active`; `pending` and `unknown` are to be asked for again. */
  state: 'pending' | 'active' | 'failed' | 'unknown';
  /** The status as it came. */
  status?: string;
  name?: string;
  url?: string;
  /** What a request names it by; where it is absent, `asset://` and the id. */
  asset_ref?: string;
  /** Why it failed, in the vendor's words. */
  message?: string;
}

/** Reads the answer of `GET /api/open-api/v1/user/balance`. */
export function readAccountBalance(answer: unknown, status?: number | null): AccountBalance | Refusal | UnknownAnswer;

/** Reads the answer of `GET /api/open-api/v1/key/balance`. */
export function readKeyBalance(answer: unknown, status?: number | null): KeyBalance | Refusal | UnknownAnswer;

/** Reads the answer to an upload (`POST /api/open-api/v1/files/upload`). */
export function readUpload(answer: unknown, status?: number | null): Upload | Refusal | UnknownAnswer;

/** Reads the answer to submitting or asking for assets and real persons. */
export function readAssets(answer: unknown, status?: number | null): Assets | Refusal | UnknownAnswer;
