// The shapes that the modules of the page share. Read by tsc (tests/page/tsconfig.json); nothing loads it.

type Core = typeof import('../pkg/check.js');
type Ledger = typeof import('../pkg/ledger.js');
type Lang = import('../pkg/check.js').Lang;
type Table = import('../pkg/check.js').Table;
type Route = import('../pkg/check.js').Route;
type ModelFacts = Route['models'][number];
type RuleReport = import('../pkg/check.js').Report;
type Finding = import('../pkg/check.js').Finding;
type Fix = import('../pkg/check.js').Fix;
type Quote = import('../pkg/check.js').Quote;
/** A quote with an amount, or with one end of it. */
type PricedQuote = Exclude<Quote, { kind: 'not-priceable' }>;
type Unit = import('../pkg/check.js').Unit;
type PriceBook = import('../pkg/check.js').PriceBook;
type Prices = PriceBook['prices'];
type MediaFacts = import('../pkg/check.js').MediaFacts;
type VideoFacts = import('../pkg/check.js').VideoFacts;
type CreateAnswer = import('../pkg/check.js').CreateAnswer;
type TaskAnswer = import('../pkg/check.js').TaskAnswer;

/** A route and one of its models. */
type Entry = { route: Route; model: ModelFacts };
/** JSON from elsewhere: every member is checked before it is trusted. */
type Foreign = any;
/** A request's body as it was filled in or pasted; the core says what is wrong with it. */
type RequestBody = Record<string, any>;
/** The ledger's readers of pasted text. */
type Readers = Pick<Ledger, 'convertForeign' | 'readLenient'>;

type Kind = 'image' | 'video' | 'audio';
type ListField = 'images' | 'reference_videos' | 'reference_audios';
type FrameField = 'first_image' | 'last_image';

/** What is known of a file, from the browser's player or its boxes; `exact` if it came with a job. */
type Measured = Omit<VideoFacts, 'seconds'> & { seconds?: number | undefined; exact?: boolean };
/** One link of a draft, with what was measured and what the user typed. */
type Item = { id: string; url: string; measured: Measured | null; typed: Record<string, string>; status: string };
/** What the form holds: its texts, its lists of links and the two frames, each by the name of its field. */
type Draft = {
  [field: string]: any;
  model: string;
  prompt: string;
  duration: string;
  resolution: string;
  ratio: string;
} & Record<ListField, Item[]> &
  Record<FrameField, Item | null>;
type OpenDraft = { id: string; draft: Draft };
/** A tile: the field, what fills it, and its number in the list. */
type Tile = { id: string; field: string; item: Item | null; n: number | null };
type FilledTile = Tile & { item: Item };
/** A link of a draft, as a thumbnail. */
type Linked = { field: string; item: Shown; n: number | null };
type Shown = { url: string; status: string; id?: string; measured?: Measured | null };
/** What was dropped or pasted, and where. */
type Dropped = { files: File[]; text: string; slot: string | null };

/** What a model leaves out or ignores, and why. */
type Skipped = { field: string; why: string };
/** The result for a body: report and quote, and the media facts that were used. */
type Judged = { report: RuleReport; quote: Quote; media?: MediaFacts; mediaError: string | null };
/** The result for the draft. */
type Result = Judged & {
  entry: Entry | null;
  skipped: Skipped[];
  losses: Skipped[];
  body: RequestBody;
  byField: Map<string, Finding[]>;
  text: string;
};
/** What one model does with the draft. */
type Candidate = {
  entry: Entry;
  model: string;
  group: 'all' | 'loss' | 'no';
  losses: Skipped[];
  findings: Finding[];
  quote: Quote;
};
/** What a verdict or a price depends on. */
type Given = { draft: Draft; table: Table; book: PriceBook; lang: Lang };

/** Why something failed: `kind` chooses the text, or `words` has it in both languages. */
type Failure = {
  kind: string;
  words?: Record<Lang, string>;
  message?: string;
  status?: number;
  retryAfter?: number | null;
  attempt?: string;
  sent?: boolean;
  [detail: string]: any;
};
type Quantity = number | { min: number; max?: number };
type Amount = { amount: string; currency: string };
/** An attempt as the journal holds it, and the task that it became. */
type Attempt = {
  attempt: string;
  at: number;
  state: string;
  model: string;
  route: string | null;
  edition: string;
  allowed?: string[];
  body: string;
  draft: Draft;
  project: string;
  row?: string;
  quoted: {
    text: string;
    amount: string | null;
    currency: string;
    kind: string;
    quantity?: Quantity;
    unit_price?: string;
  };
  origin: string;
  task_id?: string;
  status?: string;
  progress?: number | null;
  failure?: Failure | null;
  trouble?: Failure | null;
  charged?: Amount & { tokens: number | null };
  video_url?: string;
  shape?: [number, number];
  error_message?: string;
  passed_over?: boolean;
  answered_at?: number;
  checked_at?: number;
  follow_since?: number;
  done_at?: number;
  expires_at?: number;
  saved_at?: number;
};
/** What is to be sent, for the draft or for a row of a batch. */
type Job = {
  text: string;
  quote: Quote;
  media?: MediaFacts;
  model: string;
  route: string | null;
  edition: string;
  draft: Draft;
  project?: string;
  broken?: Finding[];
  row?: string;
  n?: number;
};
/** The draft's job, as the confirmation shows it. */
type DraftJob = Job & {
  broken: Finding[];
  skipped: Skipped[];
  losses: Skipped[];
  entry: Entry | null;
  /** The ID of the draft that is sent. */
  open: string;
  instead: string | null;
};
/** What a response changes in an attempt. */
type Outcome = Partial<Attempt> & { state: string };
/** What a task query changes in an attempt. */
type Change = Partial<Attempt>;
/** A response as it came. */
type Answer = { status: number; bytes: Uint8Array; retryAfter: number | null };

/** A row of the batch. */
type Row = { id: string; name: string; body: RequestBody; media: MediaFacts | null; left: boolean };
/** Media in review, or reviewed. */
type Asset = {
  id: string;
  at: number;
  origin: string;
  way: string;
  media: Kind;
  name: string;
  url: string;
  picture: string | null;
  place: string | null;
  state: string;
  status: string;
  failure: Failure | null;
  asset_id?: string;
  link?: string;
  said?: string;
};
/** A file being uploaded, or why it is not. */
type Upload = {
  slot: string | null;
  /** The ID of the draft that it is for. */
  open: string;
  name: string;
  percent: number | null;
  n: number;
  of: number;
  take: TakeFile | null;
  failure: Failure | null;
};
type TakeFile = (done: { url: string; file: File; media: Kind }) => unknown;
/** A preset or a snippet, and where it is kept. */
type Named = { name: string; draft?: Draft };
type Kept = 'presets' | 'snippets';

/** How the companion describes itself. */
type Companion = {
  api_origin: string;
  has_key: boolean;
  saves: string;
  former_origin: string;
  edition?: string;
  prices?: PriceBook;
  max_cost?: Foreign;
};
type Balance = Amount & { byKey: boolean; at: number };
/** Undoes one deliberate action. */
type Undo = (s: State) => unknown;
/** All that the page shows. */
type State = {
  ready: boolean;
  /** Parts of the page that could not be loaded (part.js), with a way to try again; null while trying. */
  missing: Map<string, (() => void) | null>;
  view: string;
  lang: Lang;
  theme: string;
  /** Shows the API's names, the code and the import. */
  developer: boolean;
  /** Of the chosen edition. */
  table: Table;
  /** The draft in the form. */
  draft: Draft;
  /** All open drafts; `open` is the ID of the one in the form. */
  drafts: OpenDraft[];
  open: string;
  presets: Named[];
  snippets: Named[];
  /** 'references' or 'frames', once one was chosen. */
  mode: string | null;
  /** The id of the tile that is open. */
  tile: string | null;
  /** Whether the row for adding is open. */
  adding: boolean;
  /** Whether the ratio is typed. */
  ownRatio: boolean;
  undo: Undo[];
  /** Fields whose errors may be shown. */
  touched: Set<string>;
  /** Whether Send was pressed on this draft. */
  tried: boolean;
  /** What verdict.js worked out for the draft. */
  result: Result;
  book: PriceBook;
  /** Entries of the user's price book that the chosen edition refuses: kept for another (book.js). */
  setAside: Prices;
  /** Why the book refused what was typed, at 'paste' or at the control with this ID. */
  bookError: { at: string; words: () => string } | null;
  /** The limit is an amount in its own currency: the book may since have another. */
  settings: { origin: string; limit: string; limit_currency: string; edition: string; project?: string };
  /** The text's ID about a typed origin. */
  originNote: string | null;
  key: { held: boolean; tail: string; remembered: boolean };
  companion: Companion | null;
  /** Only if the companion has the key. */
  balance: Balance | null;
  /** While this page sends, or asks before that; `asking` about an `attempt` is about sending that one again. */
  busy: { at: number; attempt?: string; asking?: boolean } | null;
  /** Send was pressed and waits for behind.js. */
  held: boolean;
  /** Why the last Send did not become a task. */
  failure: Failure | null;
  /** The journal, by attempt. */
  records: Map<string, Attempt>;
  /** The state of saving each result, by attempt. */
  saving: Record<string, string>;
  storage: 'ok' | 'full' | 'closed' | 'blocked';
  importText: string;
  imported: Read | null;
  search: string;
  codeTab: string;
  sort: string;
  /** Which models the sheet shows. */
  only: string;
  /** The attempt on the stage, if not the newest. */
  chosen: string | null;
  toast: { words: string; undo?: boolean } | null;
  /** Newest first. */
  assets: Asset[];
  /** The library's filter. */
  filter: string;
  /** Under way or failed, by ID. */
  uploads: Map<string, Upload>;
};
/** A change of the draft that can be undone. */
type DraftChange = (draft: Draft, s: State) => unknown;

/** A page of its own, once it is loaded. */
type Page = { draw: () => void };

/** An event at an element of this kind. */
type On<T> = Event & { target: T; currentTarget: T };
type OnInput = On<HTMLInputElement>;
type OnClick = MouseEvent & { target: HTMLElement; currentTarget: HTMLElement };
type OnKey = KeyboardEvent & { target: HTMLInputElement; currentTarget: HTMLElement };
type OnDrag = DragEvent & { target: HTMLElement; currentTarget: HTMLElement };
/** Values for the names in braces in a text of `t`. */
type Params = Record<string, any>;
/** The texts of a language by ID; `{ one, other }` for counts. */
type Words = Record<string, string | Record<string, string>>;
/** A price in words: its head or its two ends, and what is below it. */
type PriceWords = {
  kind: string;
  head: string;
  low?: string;
  high?: string;
  formula: string;
  note: string;
  billing: string;
  asOf: string;
  needs: { name: string; unit: Unit | undefined } | null;
};
/** An option of a select. */
type Choice = { value: string; label: string };
/** What was read in a paste. */
type Pasted = {
  kind: string;
  text: string;
  value: RequestBody | undefined;
  media: MediaFacts | undefined;
  hadKey: boolean;
  file: string | undefined;
  vendor: string | null;
  left: string[];
  nearly: string | undefined;
};
/** The same with its check and price, and the language, book and edition used. */
type Read = Pasted & Judged & { changes: { message: string }[]; lang: Lang; book: PriceBook; table: Table };
