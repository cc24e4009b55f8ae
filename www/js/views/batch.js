// The batch: where rows come from, what is shown and set of them, the rows, and below them what sends them.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { batch, change, clearRows, exportRows, isOfKind, setForChosen } from '../batch.js';
import { at } from '../dom.js';
import { download } from '../exporters.js';
import { t } from '../i18n.js';
import { state, update } from '../state.js';
import { foot } from './batch-foot.js';
import { importCard, pasteForm } from './batch-import.js';
import { table } from './batch-rows.js';
import { settle, textIn, typing } from './typed.js';

const KINDS = ['all', 'accepted', 'warning', 'fix', 'sent'];

/** The kind of rows that is shown, and what is to be set in those that are chosen. */
const view = { kind: 'all', field: 'model', value: '' };
/** @param {Partial<typeof view>} more */
const set = (more) => update(() => Object.assign(view, more));

export function draw() {
  render(batch.rows.length ? [head(), table(view.kind), foot()] : importCard(), at('batch'));
}

const head = () => html`
  <div class="batch-head">
    <label class="batch-name"
      ><span class="visually-hidden">${t('batch.name')}</span
      ><input
        type="text"
        placeholder=${t('batch.pasted')}
        .value=${textIn('batch-name', batch.name)}
        @input=${typing('batch-name')}
        @change=${settle('batch-name', takeName)}
    /></label>
    <span class="quiet-text">${t('batch.rows', { n: batch.rows.length })}</span>
    <details class="batch-more">
      <summary class="plain">${t('batch.more_rows')}</summary>
      <div class="card">${pasteForm()}</div>
    </details>
    <button type="button" class="plain" @click=${() => download('batch.ndjson', exportRows(), 'application/x-ndjson')}>
      ${t('export')}
    </button>
    <button type="button" class="plain" @click=${clear}>${t('batch.clear')}</button>
  </div>
  <div class="batch-head">
    <div class="switch filters" role="group" aria-label=${t('library.filter')}>${KINDS.map(kindButton)}</div>
    ${setForm()}
  </div>
`;

/** @param {string} name */
function takeName(name) {
  change({ name });
  return true;
}

async function clear() {
  const { ask } = await import('./confirm.js');
  if (await ask({ title: 'batch.clear', text: 'batch.clear_text', yes: 'batch.clear', danger: true })) clearRows();
}

/** @param {string} kind */
function kindButton(kind) {
  const count = batch.rows.filter((row) => isOfKind(kind, row)).length;
  if (!count && kind !== view.kind) return nothing;
  return html`<button type="button" aria-pressed=${String(view.kind === kind)} @click=${() => set({ kind })}>
    ${t(kind === 'all' ? 'filter.all' : `batch.kind.${kind}`)} <span class="num">${count}</span>
  </button>`;
}

const SETTABLE = ['model', 'duration', 'resolution', 'ratio'];

/** Sets one value for every chosen row. */
const setForm = () => html`
  <form class="add batch-set" @submit=${setAll}>
    <label class="visually-hidden" for="batch-field">${t('batch.field')}</label>
    <select
      id="batch-field"
      .value=${live(view.field)}
      @change=${(/** @type {OnInput} */ { target }) => set({ field: target.value })}
    >
      ${SETTABLE.map((field) => html`<option value=${field}>${t(field === 'duration' ? 'duration.short' : field)}</option>`)}
    </select>
    <label class="visually-hidden" for="batch-value">${t('batch.value')}</label>
    <input
      id="batch-value"
      type="text"
      list="batch-models"
      placeholder=${t('batch.value')}
      .value=${live(view.value)}
      @input=${(/** @type {OnInput} */ { target }) => set({ value: target.value })}
    />
    <datalist id="batch-models">${view.field === 'model' ? models() : nothing}</datalist>
    <button type="submit" class="plain">${t('batch.set')}</button>
  </form>
`;

const models = () =>
  state.table.routes.flatMap(({ models: all }) => all.map(({ model }) => html`<option value=${model}></option>`));

/** @param {Event} event */
function setAll(event) {
  event.preventDefault();
  const value = view.value.trim();
  if (value) setForChosen(view.field, view.field === 'duration' && /^\d+$/.test(value) ? Number(value) : value);
}
