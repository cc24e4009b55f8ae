// Small pieces that several views use.
import { html } from '../../vendor/lit-html/lit-html.js';
import { LISTS, placeOf } from '../draft.js';
import { listOf, t } from '../i18n.js';
import { state } from '../state.js';

/**
 * Text with `code` spans, as nodes: never as markup.
 * @param {string} text
 */
export const rich = (text) =>
  String(text)
    .split('`')
    .map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : piece));

/**
 * A field's name in the API, beside the label that is read aloud.
 * @param {string} name
 */
export const apiName = (name) => html`<code aria-hidden="true">${name}</code>`;

/**
 * May this finding be shown? Warnings always; errors once the user has left the field or a related one, or has pressed Send.
 * @param {Finding} finding
 */
export const mayShow = (finding) =>
  finding.severity === 'warning' ||
  state.tried ||
  [finding.path, ...finding.related].some((path) => state.touched.has(placeOf(path).field));

/**
 * The findings of a field that may be shown.
 * @param {string} field
 */
export const shown = (field) => (state.result?.byField.get(field) ?? []).filter(mayShow);

/** @param {Finding[]} findings */
export const errorsOf = (findings) => findings.filter((f) => f.severity === 'error');

/**
 * What a field holds, with its count: “2 reference videos”, “the resolution”.
 * @param {Draft} draft
 * @param {string} field
 */
export const countWords = (draft, field) => t(`count.${field}`, { n: LISTS.includes(field) ? draft[field].length : 1 });

/**
 * One sentence for each thing that the video will not follow.
 * @param {{ draft: Draft; losses: Skipped[]; entry: Entry | null }} given
 */
export function lossWords({ draft, losses, entry }) {
  const dropped = losses.filter(({ why }) => why === 'model').map(({ field }) => countWords(draft, field));
  const ignored = losses.filter(({ why }) => why !== 'model');
  return [
    ...(dropped.length ? [t('loss.model', { list: listOf(dropped) })] : []),
    ...ignored.map(({ why }) => t(`loss.${why}`, { value: draft.resolution, delivers: entry?.model.delivers ?? '' })),
  ];
}

/**
 * Enter in a one-line field acts instead of sending the form; the Enter that ends an input method's word does neither.
 * @param {(input: HTMLInputElement) => void} act
 */
export const onEnter = (act) => (/** @type {OnKey} */ event) => {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  act(event.target);
};
