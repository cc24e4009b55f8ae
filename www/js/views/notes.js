// What the page says about itself: banners on top, the toast, and messages in place of parts that could not be loaded.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { listOf, t } from '../i18n.js';
import { state, undo, update } from '../state.js';
import { rich } from './parts.js';

export function drawNotes() {
  const storage = state.storage === 'ok' ? nothing : html`<p class="banner">${t(`storage.${state.storage}`)}</p>`;
  const styles = ['form-styles', 'styles'].find((name) => state.missing.has(name)) ?? ''; // one message for both
  render([storage, missing(styles), missing('language')], at('banners'));
  render(state.toast ? note(state.toast) : nothing, at('toast'));
  expireNote();
}

/**
 * In place of a part that could not be loaded: why it is missing, and a button to try again; nothing if it did not fail.
 * @param {string} name
 */
export function missing(name, words = 'missing') {
  if (!state.missing.has(name)) return nothing;
  const again = state.missing.get(name);
  return html`<div class="banner" role="alert">
    <p>${t(words)}</p>
    <div class="fixes">
      <button type="button" class="fix" aria-disabled=${String(!again)} @click=${() => again?.()}>
        ${t(again ? 'missing.again' : 'missing.trying')}
      </button>
    </div>
  </div>`;
}

/**
 * A sentence in the look of a finding; the span keeps code in its line, where a finding's own parts stand apart.
 * @param {'error' | 'warning'} severity
 * @param {string} words
 */
export const told = (severity, words) => html`<p class="finding ${severity}"><span>${rich(words)}</span></p>`;

/** Which prices the chosen edition refuses, if there are any. */
export function setAsideNote() {
  const names = Object.keys(state.setAside);
  if (!names.length) return nothing;
  const words = { n: names.length, names: listOf(names), edition: state.table.edition };
  return html`<p class="warn-box">${t('prices.set_aside', words)}</p>`;
}

const clearNote = () => update({ toast: null });

/** @param {{ words: string; undo?: boolean }} given */
const note = ({ words, undo: undoable = false }) => html`
  <span>${rich(words)}</span>
  ${undoable && state.undo.length ? html`<button type="button" class="link" @click=${undo}>${t('undo')}</button>` : nothing}
  <button type="button" class="link" aria-label=${t('dismiss')} @click=${clearNote}>×</button>
`;

/** A toast with its undo disappears; the shortcut stays. */
const NOTE_MS = 10_000;
let leaving = 0;
/** @type {typeof state.toast} */
let seen = null;
function expireNote() {
  if (state.toast === seen) return;
  seen = state.toast;
  clearTimeout(leaving);
  if (seen) leaving = setTimeout(clearNote, NOTE_MS);
}
