// Check and price of the draft, once for every change: one body for verdict, price, preview and sending.
import * as core from './core.js';
import { entryOf, lossesOf, notSent, placeOf, toBody } from './draft.js';

/** How far a browser's reading of a length may be off; tools were up to 0.034 s apart on one file. */
const UNSURE_SECONDS = 0.1;

/** @param {number} seconds */
const micro = (seconds) => Math.round(seconds * 1e6) / 1e6;

/**
 * The facts of one video in the contract's shape; typed figures win over measured ones.
 * @param {Item} item
 */
function factsOf(item) {
  /** @type {Record<string, unknown>} */
  const facts = {};
  const measured = item.measured ?? {};
  const { seconds = NaN } = measured;
  if (Number.isFinite(seconds))
    facts.seconds = measured.exact
      ? seconds
      : { min: micro(Math.max(0, seconds - UNSURE_SECONDS)), max: micro(seconds + UNSURE_SECONDS) };
  const { bytes, width, height, frame_rate } = measured;
  for (const [name, value] of Object.entries({ bytes, width, height, frame_rate })) if (value) facts[name] = value;
  for (const [name, text] of Object.entries(item.typed ?? {}))
    if (/^\d+(\.\d+)?$/.test(text)) facts[name] = Number(text);
  return Object.keys(facts).length ? facts : null;
}

/**
 * Media facts for a body that was made from this draft.
 * @param {Draft} draft
 * @param {RequestBody} body
 */
export const mediaOf = (draft, body) =>
  body.reference_videos ? { reference_videos: draft.reference_videos.map(factsOf) } : undefined;

/**
 * Check and quote of a body. Facts that the core refuses are named in `mediaError` and left out.
 * @param {RequestBody | string} body
 * @param {{ media: MediaFacts | undefined; book: PriceBook; lang: Lang }} given
 */
export function judge(body, { media, book, lang }) {
  try {
    return { ...core.judge(body, book, { media, lang }), media, mediaError: null };
  } catch (error) {
    if (!media) throw error;
    return { ...core.judge(body, book, { lang }), media: undefined, mediaError: core.sentenceOf(error) };
  }
}

/**
 * Everything that the page shows about the draft.
 * @param {Given} given
 */
export function assess({ draft, table, book, lang }) {
  const entry = entryOf(table, draft.model);
  const skipped = notSent(draft, entry);
  const body = toBody(draft, skipped);
  const judged = judge(body, { media: mediaOf(draft, body), book, lang });
  const byField = new Map();
  for (const finding of judged.report.findings) {
    const { field } = placeOf(finding.path);
    byField.set(field, [...(byField.get(field) ?? []), finding]);
  }
  return {
    entry,
    skipped,
    losses: lossesOf(draft, entry),
    body,
    byField,
    text: bodyText(judged.report.accepted ? judged.report.request : body),
    ...judged,
  };
}

/**
 * The bytes of the request as text: what the preview shows is what is sent.
 * @param {RequestBody} body
 */
export const bodyText = (body) => JSON.stringify(body, null, 2);
