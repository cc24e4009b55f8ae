// What a batch of jobs will cost. It has a module of its own, `ledger.wasm`, which a page loads once it has a batch.
import type { Decimal, JsonText, JudgingOptions, LangOptions, Model, PriceBook } from './index.js';

export type { CoreSource, InitOptions } from './index.js';
export { init, isReady } from './index.js';

/** A file's jobs. */
export interface Jobs {
  /**
   * One job a line: a request, or `{ id, request, media }`. Where there are `columns`, each line is `{ carried, job }`: the cells of
   * those columns, and the job.
   */
  ndjson: Uint8Array;
  /** The names of a table's columns that are no part of a job. */
  columns: string[];
  /** Why jobs are missing: the file has none, or a row cannot be read, and then neither can those below it. */
  problems: { line?: number; message: string }[];
}

/** How to plan. */
export interface PlanOptions extends JudgingOptions {
  prices: PriceBook | JsonText;
  /** What may be spent, in the price book's currency. */
  budget?: string | number | undefined;
  /** The further columns of the jobs, as `readJobs` gave them. */
  columns?: readonly string[] | undefined;
  /** The column by whose cells jobs are summed up, too. */
  by?: string | undefined;
}

/** What jobs will cost, as `seedance plan --format json` says it. */
export interface Plan {
  jobs: PlannedJob[];
  summary: PlanSummary;
}

/** `ready` is accepted and priced, `unpriced` accepted only, `error` no job at all. */
export type PlanStatus = 'ready' | 'unpriced' | 'refused' | 'error';

/** One job of a plan. What is not known is not there. */
export interface PlannedJob {
  /** From 1. */
  line: number;
  /** As it was written. */
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
  refused: number;
  errors: number;
  /** All ready jobs at their lowest. */
  best?: Decimal;
  /** All ready jobs at their highest; absent when that is not known of every one. */
  worst?: Decimal;
}

/** What the jobs of a plan come to. */
export interface PlanSummary extends PlanSums {
  currency: string;
  as_of?: string;
  /** The ready jobs whose highest cost is not known, and what the others come to. */
  no_maximum?: { jobs: number; first_line: number; others?: Decimal };
  /** What the cheapest models would surely save together. */
  saving?: Decimal;
  changing?: { saving?: Decimal; changes: Record<string, number> };
  /** Why jobs are not ready: how many have it in common, and the first of them. */
  reasons: Record<string, { jobs: number; first_line: number; detail?: string }>;
  repeated_ids?: { id: string; first_line: number; line: number }[];
  /** By the cells of the column `by`. */
  groups?: Record<string, PlanSums>;
  budget?: PlanBudget;
}

/** How the ready jobs stand to what may be spent. */
export interface PlanBudget {
  amount: Decimal;
  enough: 'yes' | 'no' | 'perhaps' | 'nothing-to-judge';
  /** So many surely fit, taken in order, or the cheapest first. */
  fit_in_order: number;
  fit_cheapest_first: number;
}

/**
 * Reads a file of jobs: JSON lines, or a table (CSV, TSV, semicolons) whose header names the request's fields; in UTF-8, or as a
 * byte-order mark says. The file's name tells a table by `.csv` and `.tsv`; without it, its header does.
 */
export function readJobs(bytes: string | Uint8Array, name?: string, options?: LangOptions): Jobs;

/** Says what jobs will cost, one a line, and how many of them a budget covers. */
export function plan(ndjson: string | Uint8Array, options: PlanOptions): Plan;
