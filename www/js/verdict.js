// Check and price of the draft, once for every change: one body for verdict, price, preview and sending.
import * as core from './core.js';
import { entryOf, lossesOf, notSent, placeOf, toBody } from './draft.js';

/** How far a browser's reading of a length may be off; tools were up to 0.034 s apart on one file. */
const UNSURE_SECONDS = 0.1;

const micro = (seconds) => Math.round(seconds * 1e6) / 1e6;

/** The facts of one video in the contract's shape; what the user typed stands above what was measured. */
export function factsOf(item) {
  const facts = {};
  const seconds = item.measured?.seconds;
  if (Number.isFinite(seconds))
    facts.seconds = item.measured.exact
      ? seconds
      : { min: micro(Math.max(0, seconds - UNSURE_SECONDS)), max: micro(seconds + UNSURE_SECONDS) };
  for (const name of ['bytes', 'width', 'height', 'frame_rate'])
    if (item.measured?.[name]) facts[name] = item.measured[name];
  for (const [name, text] of Object.entries(item.typed ?? {}))
    if (/^\d+(\.\d+)?$/.test(text)) facts[name] = Number(text);
  return Object.keys(facts).length ? facts : null;
}

/** Media facts for a body that was made from this draft. */
export const mediaOf = (draft, body) =>
  body.reference_videos ? { reference_videos: draft.reference_videos.map(factsOf) } : undefined;

/** Check and quote of a body. Facts that the core refuses are named in `mediaError` and left out. */
export function judge(body, { media, book, lang }) {
  try {
    return { ...core.judge(body, book, { media, lang }), media, mediaError: null };
  } catch (error) {
    if (!media) throw error;
    return { ...core.judge(body, book, { lang }), media: undefined, mediaError: core.sentenceOf(error) };
  }
}

/** Everything that the page shows about the draft. */
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

/** The bytes of the request as text: what the preview shows is what is sent. */
export const bodyText = (body) => JSON.stringify(body, null, 2);
