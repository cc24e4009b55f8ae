/** The language of messages and labels. */
export type Lang = 'en' | 'zh'

/** A JSON Pointer (RFC 6901). */
export type Pointer = string

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { op: 'add'; path: Pointer; value: Json }
  | { op: 'remove'; path: Pointer }
  | { op: 'replace'; path: Pointer; value: Json }
  | { op: 'move'; from: Pointer; path: Pointer }

/** A tested fix of a finding: applied to the parsed body, it removes the finding and adds no error. */
export interface Fix {
  label: string
  patch: PatchOperation[]
}

/** One thing to say about a request, told apart by `rule`. */
export type Finding = { [R in RuleId]: FindingOf<R> }[RuleId]

/** A finding of one rule. */
export interface FindingOf<R extends RuleId> {
  rule: R
  severity: RuleSeverities[R]
  /** Where to look. */
  path: Pointer
  /** The other values involved. */
  related: Pointer[]
  /** The values that the message speaks of. */
  params: RuleParams[R]
  /** One sentence in the language that was asked for. */
  message: string
  /** The pages that the finding rests on; never empty. */
  sources: SourceId[]
  fixes: Fix[]
}

/** What there is to say about a request. */
export type Report = AcceptedReport | RefusedReport

/** A report without errors; there may be warnings. */
export interface AcceptedReport {
  edition: Edition
  accepted: true
  model: Model
  route: RouteId
  findings: Finding[]
  /** The body to submit. */
  request: SeedanceRequest
  truncated?: true
  omitted?: number
}

/** A report with at least one error. */
export interface RefusedReport {
  edition: Edition
  accepted: false
  /** Null when the model is missing or unknown, and so is `route`. */
  model: Model | null
  route: RouteId | null
  /** At most 1,000. */
  findings: Finding[]
  /** There when there are more findings; and how many of them are left out. */
  truncated?: true
  omitted?: number
}

/** A number, or the two ends between which it lies. */
export type Seconds = number | { min: number; max: number }

/** What is known of a reference video; what is not is absent or null. */
export interface VideoFacts {
  seconds?: Seconds | null | undefined
  bytes?: number | null | undefined
  width?: number | null | undefined
  height?: number | null | undefined
  frame_rate?: number | null | undefined
}

/** What is known of a reference audio file; what is not is absent or null. */
export interface AudioFacts {
  seconds?: Seconds | null | undefined
}

/** What is known of a request's media, by index of its lists. */
export interface MediaFacts {
  reference_videos?: readonly (VideoFacts | null)[] | null | undefined
  reference_audios?: readonly (AudioFacts | null)[] | null | undefined
}

/** A unit price: a decimal, as a string or a number. */
export type UnitPrice = string | number | { price: string | number; per?: Unit | undefined }

/** Unit prices by billing model name. */
export interface PriceBook {
  currency: string
  as_of?: string | undefined
  prices: Readonly<Record<string, UnitPrice>>
}

/** A price book as it was read, with names that no route can produce. */
export interface ReadPriceBook {
  currency: string
  as_of?: string
  prices: Record<string, string | { price: string; per: Unit }>
  warnings: BookWarning[]
}

/** A name in a price book that no route can produce. */
export interface BookWarning {
  name: string
  suggestions: string[]
}

/** What one unit price buys. */
export type Unit = 'second' | 'task' | 'million-tokens'

/** Whether a page states a billing name, or it is inferred. */
export type Basis = 'documented' | 'inferred'

/** A decimal in plain notation, with the unit price's own digits after the point. */
export type Decimal = string

/** What a request costs, told apart by `kind`. */
export type Quote = ExactQuote | RangeQuote | AtLeastQuote | NotPriceableQuote

interface PricedQuote {
  edition: Edition
  model: Model
  route: RouteId
  billing_model: string
  basis: Basis
  unit: Unit
  unit_price: Decimal
  currency: string
  as_of?: string
}

/** One part of the quantity. */
export interface QuotePart<Quantity> {
  /** What it is for. */
  of: Pointer
  quantity: Quantity
  /** The length that it was rounded from. */
  seconds?: Seconds
}

/** The cost is known to the last digit. */
export interface ExactQuote extends PricedQuote {
  kind: 'exact'
  quantity: number
  amount: Decimal
  parts: QuotePart<number>[]
}

/** Both ends of the cost are known. */
export interface RangeQuote extends PricedQuote {
  kind: 'range'
  quantity: { min: number; max: number }
  amount: { min: Decimal; max: Decimal }
  /** What would make it exact. */
  unknown: Pointer
  parts: QuotePart<{ min: number; max: number }>[]
}

/** Only the lower end of the cost is known. */
export interface AtLeastQuote extends PricedQuote {
  kind: 'at-least'
  quantity: { min: number }
  amount: { min: Decimal }
  /** What would make it exact. */
  unknown: Pointer
  parts: QuotePart<number | { min: number }>[]
}

/** There is no cost to name. */
export type NotPriceableQuote = UnpricedQuote | UsageQuote | StoppedQuote

interface NoAmount {
  kind: 'not-priceable'
  edition: Edition
  model: Model | null
  route: RouteId | null
  billing_model?: string
  basis?: Basis
  unit?: Unit
  unit_price?: Decimal
  currency: string
  as_of?: string
}

/** The price book has no price for `billing_model`. */
export interface UnpricedQuote extends NoAmount {
  reason: 'no-price'
  billing_model: string
}

/** What is charged is known only after the video was made. */
export interface UsageQuote extends NoAmount {
  reason: 'billed-by-usage'
  billing_model: string
}

/** These errors bear on the price. */
export interface StoppedQuote extends NoAmount {
  reason: 'findings'
  findings: Finding[]
  truncated?: true
  omitted?: number
}

/** What one model makes of a request. */
export interface Comparison {
  edition: Edition
  model: Model
  route: RouteId
  accepted: boolean
  findings: Finding[]
  truncated?: true
  omitted?: number
  /** Present when prices were given. */
  quote?: Quote
}

/** A sentence in both languages. */
export interface Text {
  en: string
  zh: string
}

/** A document that rules rest on. */
export interface Source<T = Text> {
  source: SourceId
  title: T
  address: string
  about: T
}

/** A disagreement between documents. */
export interface Conflict<T = Text> {
  conflict: ConflictId
  topic: T
  a: T
  b: T
  settled: T
}

/** A rule as it is listed. */
export interface Rule<T = Text> {
  rule: RuleId
  severity: 'error' | 'warning'
  path: string
  fires: T
  /** A template: `{name}` is the parameter of that name. */
  message: T
  params: { name: string; type: 'integer' | 'integers' | 'number' | 'text' | 'list'; optional: boolean }[]
}

/** A rule with its sources and where they disagree. */
export interface Explanation<T = Text> extends Rule<T> {
  sources: Source<T>[]
  conflicts: Conflict<T>[]
}

interface Cell {
  sources: SourceId[]
  conflicts?: ConflictId[]
}

type Scheme = 'asset' | 'assetId' | 'https'

interface Schemes {
  schemes: Cell & { accepted: Scheme[]; contested?: Scheme[] }
}

/** The rule table. */
export interface Table {
  edition: Edition
  fields: {
    field: keyof SeedanceDraft
    type: 'string' | 'integer' | 'array' | 'boolean'
    required: boolean
    choices?: string[]
    aliases: string[]
    title: Text
  }[]
  routes: Route[]
}

/** One row of the rule table. */
export interface Route {
  route: RouteId
  title: Text
  unit: Unit
  basis: Basis
  /** There and false where the vendor's navigation does not lead to it any more. */
  listed?: false
  /** The sources of `unit`, `basis` and `listed`. */
  cells: { unit: Cell; basis: Cell; listed?: Cell }
  models: {
    model: Model
    /** Other names that are taken for it. */
    aliases?: string[]
    title: Text
    billing_models: string[]
    takes_videos: boolean
    /** Whether the pages disagree about that. */
    contests_videos?: boolean
    expects_videos: boolean
    /** Whether a request without any is refused. */
    requires_videos?: boolean
    bills_first_video: boolean
    /** The resolution that its videos have, whatever the request says. */
    delivers?: string
    /** What it offers instead of what the route does. */
    resolution?: { offered: string[]; contested?: string[]; default?: string }
    /** The model of the same kind on the other side of the question whether it takes reference videos. */
    partner?: Model
  }[]
  fields: {
    prompt: Cell & { max?: number }
    duration: Cell & { min: number; max: number; default: number; optional?: boolean; choices?: number[]; undisputed_from?: number }
    resolution: Cell & { offered: string[]; contested?: string[]; default?: string }
    ratio: Cell & { list: string[]; closed: boolean; with_references?: string[]; default?: string }
    images: Cell & Schemes & { max?: number; counts_frames: boolean; expected: boolean; refused_files: string[] }
    frames: Cell & Schemes & { alone: 'fine' | 'last-unstated' | 'refused' | 'last-refused' | 'not-taken' }
    reference_videos: Cell & Schemes & {
      max?: number
      excludes_frames?: boolean
      refused_files: string[]
      limits?: {
        min_seconds?: number
        max_seconds: number
        max_bytes: number
        min_side: number
        max_side: number
        min_frame_rate: number
        contested_frame_rate: number
        max_frame_rate: number
      }
    }
    reference_audios: Cell & Schemes & {
      taken: boolean
      max?: number
      max_seconds?: number
      paired: boolean
      not_with_frames_alone?: boolean
      with_frames: 'fine' | 'contested' | 'refused'
    }
    /** Fields that only some routes take. */
    extras?: Cell & { fields: (keyof SeedanceDraft)[]; reference_modes?: string[]; prefers_reference_images?: boolean }
  }
}

/** What a refusal is about. */
export interface Refusal {
  outcome: 'refused'
  reason: 'key' | 'parameters' | 'server' | 'busy'
  message?: string
}

/** What a task cost, as far as an answer says so; the account's own prices are applied. */
export interface Charge {
  /** In JimiCoin: a decimal string, to the digit as it was written. */
  cost?: string
  /** What was used of what is billed by usage, as it came, such as `{ completion_tokens, total_tokens }`. */
  usage?: Record<string, unknown>
}

/** An answer that means nothing known. */
export interface UnknownAnswer extends Charge {
  outcome: 'unknown'
  task_id?: string
  status?: string
  code?: string
  message?: string
}

/** What the answer to a create says; unknown means that it may have been created and charged. */
export type CreateAnswer =
  | ({ outcome: 'created'; task_id: string; status?: string; model?: string; created_at?: number } & Charge)
  | Refusal
  | UnknownAnswer

/** What an answer about a task says. */
export type TaskAnswer =
  | ({ outcome: 'queued' } & Charge)
  | ({ outcome: 'running'; progress?: number } & Charge)
  | ({ outcome: 'done'; video_url: string; expires_at?: number } & Charge)
  | ({ outcome: 'failed'; message?: string } & Charge)
  | ({ outcome: 'cancelled' } & Charge)
  | Refusal
  | UnknownAnswer

/** JSON, as text or as its bytes in UTF-8. */
export type JsonText = string | Uint8Array

/** A body: anything. Editors complete the models and fields of a draft. */
export type Body = SeedanceDraft | JsonText | {} | null | undefined

/** In which language. */
export interface LangOptions {
  lang?: Lang | undefined
}

/** By which edition of the rules; by the one that `init` was given, or else by the default one, where a call names none. */
export interface EditionOptions {
  edition?: Edition | 'latest' | undefined
}

/** By which edition to judge, and in which language to say it. */
export interface JudgingOptions extends LangOptions, EditionOptions {}

/** How to check. */
export interface CheckOptions extends JudgingOptions {
  /** What is known of the request's media. */
  media?: MediaFacts | JsonText | null | undefined
}

/** How to compare. */
export interface CompareOptions extends CheckOptions {
  prices?: PriceBook | JsonText | undefined
}

/**
 * Where the core comes from, when not from beside the package's files: its address (a string, a `URL` or a `Request`), the `Response`
 * that brings it, its bytes, or a `WebAssembly.Module`.
 */
export type CoreSource = string | object

/** How to begin. */
export interface InitOptions {
  source?: CoreSource | PromiseLike<CoreSource> | undefined
  /** The language of messages where a call names none. */
  lang?: Lang | undefined
  /** The edition of the rules where a call names none. */
  edition?: Edition | 'latest' | undefined
}

/**
 * Loads the core; calls share one loading, and one that failed can be repeated. Where the package is ready on import (Node, workerd,
 * edge runtimes, `seedance-preflight/inline`), there is nothing left to load.
 */
export function init(source?: CoreSource | PromiseLike<CoreSource> | InitOptions): Promise<void>

/** Whether the core is there: then everything is synchronous. */
export function isReady(): boolean

/** Says whether a request would be accepted, and why not. Any value gets a report. */
export function check(body: Body, options?: CheckOptions | null): Report

/** Says what a request would cost. */
export function quote(body: Body, prices: PriceBook | JsonText, options?: CheckOptions | null): Quote

/** Both answers from one look at the request: what a form asks at each key press. */
export function judge(body: Body, prices: PriceBook | JsonText, options?: CheckOptions | null): { report: Report; quote: Quote }

/** Tries a request on every model: those that accept it first, the cheapest before the rest. */
export function compare(body: Body, options?: CompareOptions | null): Comparison[]

/** Checks one job a line (a request, or `{ id, request, media }`): one line out per line in, in order. */
export function checkNdjson(lines: JsonText, options?: JudgingOptions | null): Uint8Array

/** Prices one job a line. */
export function quoteNdjson(lines: JsonText, prices: PriceBook | JsonText, options?: JudgingOptions | null): Uint8Array

/** The rule table. */
export function routes(options?: EditionOptions | null): Table

/** How to look up: with `lang`, texts are in that language alone. */
export interface LookupOptions<L extends Lang | undefined> extends EditionOptions {
  lang?: L
}
type In<L> = L extends Lang ? string : Text

/** Every rule, in the order in which findings at one path stand. */
export function rules<L extends Lang | undefined = undefined>(options?: LookupOptions<L> | null): Rule<In<L>>[]

/** One rule with its sources and where they disagree. */
export function explain<L extends Lang | undefined = undefined>(rule: RuleId, options?: LookupOptions<L> | null): Explanation<In<L>>

/** The dialects of `jsonSchema`. */
export type SchemaTarget = 'draft-2020-12' | 'draft-07'

/** Which JSON Schema. */
export interface JsonSchemaOptions extends EditionOptions {
  /** The endpoint's when absent. */
  model?: Model | undefined
  target?: SchemaTarget | undefined
}

/** The JSON Schema of one model's requests, or of the endpoint's. */
export function jsonSchema(options?: JsonSchemaOptions | null): { [keyword: string]: Json }

/** Reads the answer to a create, and its HTTP status if that is known. */
export function readCreateAnswer(answer: unknown, status?: number | null): CreateAnswer

/** Reads the answer about a task, and its HTTP status if that is known. */
export function readTaskAnswer(answer: unknown, status?: number | null): TaskAnswer

/** The editions of the rules, the oldest first. */
export function editions(): Edition[]

/** Reads a price book; throws what is wrong with it. */
export function readPriceBook(prices: PriceBook | JsonText, options?: JudgingOptions | null): ReadPriceBook

/**
 * A copy of a body, or of what it is the JSON text of, with a fix's patch applied. The copy has lists and objects of its own;
 * anything else (a function, a `Date`) is the body's. Media facts are by index: if the patch removes a reference video or audio file,
 * remove its facts, too.
 */
export function applyFix<T>(body: T, patch: readonly PatchOperation[]): T extends JsonText ? Json : T

/**
 * A request that is accepted, or the errors that it has. Only those among the first 1,000 findings are issues; if there are more, the last
 * issue says how many.
 */
export type Parsed<Request = SeedanceRequest> =
  | { readonly success: true; readonly data: Request; readonly issues?: undefined }
  | { readonly success: false; readonly data?: undefined; readonly issues: readonly SchemaIssue[] }

/** Gives the request to submit, or what is wrong with it. Warnings are in the report of `check`. */
export function safeParse(body: Body, options?: CheckOptions | null): Parsed

/** How a schema checks. */
export interface SchemaOptions extends CheckOptions {
  /** The package's `jsonSchema`, for a schema that describes itself, too: it is only loaded if you import it. */
  jsonSchema?: typeof jsonSchema | undefined
}

/** Options for a schema that checks and also describes itself. */
export interface DescribingOptions extends SchemaOptions {
  jsonSchema: typeof jsonSchema
}

/** A schema by the Standard Schema (https://standardschema.dev), for one model or for any; throws what is wrong with the options. */
export function schemaFor<M extends Model>(model: M, options: DescribingOptions): DescribedSchema<RequestFor<M>>
export function schemaFor(model: Model | undefined, options: DescribingOptions): DescribedSchema<SeedanceRequest>
export function schemaFor<M extends Model>(model: M, options?: SchemaOptions | null): SeedanceSchema<RequestFor<M>>
export function schemaFor(model?: Model, options?: SchemaOptions | null): SeedanceSchema<SeedanceRequest>

/** What the Standard Schema asks for; always synchronous. */
export interface SeedanceSchema<Request> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'seedance-preflight'
    readonly validate: (value: unknown) => { readonly value: Request; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] }
    readonly types?: { readonly input: Request; readonly output: Request }
    /** There when `jsonSchema` was given. */
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: string }) => { [keyword: string]: Json }
      readonly output: (options: { readonly target: string }) => { [keyword: string]: Json }
    }
  }
}

/** What the Standard JSON Schema asks for as well. */
export interface DescribedSchema<Request> extends SeedanceSchema<Request> {
  readonly '~standard': SeedanceSchema<Request>['~standard'] & Required<Pick<SeedanceSchema<Request>['~standard'], 'jsonSchema'>>
}

/** An issue of the Standard Schema, with what a finding has beyond it. */
export interface SchemaIssue {
  readonly message: string
  readonly path: readonly (string | number)[]
  /** Absent where the model is one of the table but not the schema's, and in the issue that says how many findings are left out. */
  readonly rule?: RuleId
  readonly params?: { readonly [name: string]: Json }
  readonly fixes?: readonly Fix[]
}

