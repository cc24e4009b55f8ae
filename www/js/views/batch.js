// The batch: import, rows with verdict and price, total and budget, and one button that sends what is chosen.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import {
  addJobs,
  applyFix,
  batch,
  change,
  chooseRow,
  chooseRows,
  chooseWhatFits,
  clearRows,
  exportRows,
  firstFinding,
  halt,
  isSent,
  kindOfRow,
  leftOfBudget,
  recordOf,
  removeRow,
  repeatedOf,
  resultOf,
  run,
  sendChosen,
  setBody,
  setForChosen,
  spentOf,
  toSend,
  totalOf,
  totalWordsOf,
} from '../batch.js';
import { at } from '../dom.js';
import { FIELDS, FRAMES, LISTS } from '../draft.js';
import { download } from '../exporters.js';
import { t } from '../i18n.js';
import { money as moneyOf } from '../money.js';
import { priceText, priceWords } from '../price.js';
import { state, update } from '../state.js';
import { balanceWarning } from './balance.js';
import { explained } from './failure.js';
import { rich } from './parts.js';
import { fixButton, placeWords } from './findings.js';
import { thumb } from './thumbs.js';
import { stateWords } from './tasks.js';

/** @param {string} amount */
const money = (amount) => moneyOf(amount, state.book.currency);
const KINDS = ['all', 'accepted', 'warning', 'fix', 'sent'];

/** What is being typed, and what is shown. */
const view = { text: '', error: '', kind: 'all', edited: null, json: '', field: 'model', value: '' };
/** @param {object} more */
const set = (more) => update(() => Object.assign(view, more));

export function draw() {
  render(batch.rows.length ? [head(), table(), foot()] : importCard(), at('batch'));
}

const importCard = () => html`
  <div class="batch-start">
    <section class="card" @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${drop}>
      <h2>${t('batch.title')}</h2>
      <p class="lead">${t('batch.lead')}</p>
      ${pasteForm()}
    </section>
    <section class="card">
      <h3>${t('batch.how')}</h3>
      <p>${t('batch.how_table')}</p>
      <ul class="batch-fields">
        ${FIELDS.map((field) => html`<li><code>${field}</code></li>`)}
      </ul>
      <p>${t('batch.how_lists')}</p>
      <p>${t('batch.how_json')}</p>
      <button type="button" class="plain" @click=${() => set({ text: EXAMPLE, error: '' })}>
        ${t('batch.example')}
      </button>
    </section>
  </div>
`;

const EXAMPLE = `id,model,prompt,duration,resolution
scene-1,seedance2.0-mini,A fox runs through fresh snow,5,720p
scene-2,seedance2.0-mini,The fox stops and looks back,8,720p
`;

const pasteForm = () => html`
  <label for="batch-text">${t('batch.paste')}</label>
  <textarea
    id="batch-text"
    class="mono"
    rows="6"
    spellcheck="false"
    placeholder=${EXAMPLE}
    aria-describedby="batch-error"
    .value=${live(view.text)}
    @input=${(/** @type {OnInput} */ { target }) => set({ text: target.value, error: '' })}
  ></textarea>
  <div id="batch-error" role="alert">
    ${view.error ? html`<p class="finding error">${rich(view.error)}</p>` : nothing}
  </div>
  <div class="fixes">
    <button type="button" class="strong" @click=${() => take(view.text, t('batch.pasted'))}>${t('batch.add')}</button>
    <button type="button" class="plain" @click=${choose}>${t('batch.file')}</button>
  </div>
`;

/**
 * @param {string} text
 * @param {string} name
 * @param {string} [file]
 */
function take(text, name, file) {
  const error = addJobs(text, name, file);
  set(error ? { error } : { text: '', error: '' });
  if (error) at('batch-text')?.focus();
}

/** @param {File} file */
const takeFile = async (file) => take(await file.text(), file.name.replace(/\.\w+$/, ''), file.name);

/** @param {OnDrag} event */
function drop(event) {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file) takeFile(file);
}

function choose() {
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    accept: '.ndjson,.jsonl,.json,.csv,.tsv,.txt',
  });
  input.addEventListener('change', () => input.files?.[0] && takeFile(input.files[0]));
  input.click();
}

const head = () => html`
  <div class="batch-head">
    <label class="batch-name"
      ><span class="visually-hidden">${t('batch.name')}</span
      ><input
        type="text"
        .value=${live(batch.name)}
        @change=${(/** @type {OnInput} */ { target }) => change({ name: target.value.trim() })}
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

async function clear() {
  const { ask } = await import('./confirm.js');
  if (await ask({ title: 'batch.clear', text: 'batch.clear_text', yes: 'batch.clear', danger: true })) clearRows();
}

/** @param {string} kind */
function kindButton(kind) {
  const count = batch.rows.filter((row) => kind === 'all' || kindOfRow(row) === kind).length;
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

const COLUMNS = ['row', 'prompt', 'media', 'model', 'format', 'result', 'price'];

function table() {
  const rows = batch.rows.map((row, i) => ({ row, n: i + 1 }));
  const shown = rows.filter(({ row }) => view.kind === 'all' || kindOfRow(row) === view.kind);
  const open = batch.rows.filter((row) => !isSent(row));
  return html`
    <div class="table-wrap" role="region" tabindex="0" aria-label=${t('batch.table')}>
      <table class="batch">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label=${t('batch.choose_all')}
                .checked=${live(open.length > 0 && open.every(({ left }) => !left))}
                @change=${(/** @type {OnInput} */ { target }) => chooseRows(() => target.checked)}
              />
            </th>
            ${COLUMNS.map((name) => html`<th scope="col" class="cell-${name}">${t(`batch.column.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${repeat(shown, ({ row }) => row.id, tableRow)}
        </tbody>
      </table>
    </div>
  `;
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** @param {{ row: Row; n: number }} given */
function tableRow({ row, n }) {
  const { body } = row;
  const format = [
    text(body.ratio),
    text(body.resolution),
    text(body.duration) && t('seconds', { n: text(body.duration) }),
  ];
  return html`
    <tr class="is-${kindOfRow(row)}">
      <td class="cell-pick">
        <input
          type="checkbox"
          aria-label=${t('batch.choose', { n })}
          .checked=${live(!row.left && !isSent(row))}
          ?disabled=${isSent(row)}
          @change=${(/** @type {OnInput} */ { target }) => chooseRow(row.id, target.checked)}
        />
      </td>
      <th scope="row" class="cell-row num">${n}</th>
      <td class="cell-prompt">${text(body.prompt)} ${row.name ? html`<code>${row.name}</code>` : nothing}</td>
      <td class="cell-media">${tiles(body)}</td>
      <td class="cell-model"><code>${text(body.model)}</code></td>
      <td class="cell-format num">${format.filter(Boolean).join(' · ')}</td>
      <td class="cell-result">${outcome(row, n)}</td>
      <td class="cell-price num">${priceWords(resultOf(row).quote).head}</td>
    </tr>
    ${view.edited === row.id ? editor(row, n) : nothing}
  `;
}

/** @param {RequestBody} body */
function tiles(body) {
  const all = [...LISTS, ...FRAMES].flatMap((field) =>
    [body[field] ?? []].flat().map((url) => ({ field, url: text(url) })),
  );
  if (!all.length) return html`<span class="quiet-text">${t('batch.no_media')}</span>`;
  const more = all.length - 3;
  return html`<div class="tiles">
    ${all.slice(0, 3).map(({ field, url }) => thumb(field, { url, status: '' }))}
    ${more > 0 ? html`<span class="tag num">+${more}</span>` : nothing}
  </div>`;
}

/**
 * A row's state, with its first finding, the core's fixes for that, and a button to edit the row.
 * @param {Row} row
 * @param {number} n
 */
function outcome(row, n) {
  const record = recordOf(row);
  if (isSent(row)) return html`<span class="pill ${record.state}">${stateWords(record)}</span>`;
  const result = resultOf(row);
  const finding = firstFinding(result);
  return html`
    ${record?.failure ? html`<div class="why">${explained(record.failure)}</div>` : nothing}
    ${
      finding
        ? html`<p class="said-${finding.severity}">
            <span class="visually-hidden">${t(finding.severity)}: </span>${rich(finding.message)}
          </p>`
        : html`<p class="said-accepted">${t('batch.kind.accepted')}</p>`
    }
    ${result.mediaError ? html`<p class="said-error">${result.mediaError}</p>` : nothing}
    <div class="fixes">
      ${(finding?.fixes ?? []).map((fix) => fixButton(fix, () => applyFix(row, fix)))}
      <button type="button" class="link" aria-expanded=${String(view.edited === row.id)} @click=${() => edit(row)}>
        ${t('batch.edit')}<span class="visually-hidden"> ${n}</span>
      </button>
    </div>
  `;
}

/** @param {Row} row */
const edit = (row) =>
  set(view.edited === row.id ? { edited: null } : { edited: row.id, json: JSON.stringify(row.body, null, 2) });

/**
 * @param {Row} row
 * @param {number} n
 */
function editor(row, n) {
  return html`<tr class="row-editor">
    <td colspan=${COLUMNS.length + 1}>
      <label for="batch-json">${t('batch.json', { n })}</label>
      <textarea id="batch-json" class="mono" spellcheck="false" .value=${live(view.json)} @input=${typeJson}></textarea>
      <div class="fixes">
        <button type="button" class="strong" ?disabled=${!parsed()} @click=${() => keepJson(row)}>
          ${t('batch.keep')}
        </button>
        <button type="button" class="plain" @click=${() => set({ edited: null })}>${t('cancel')}</button>
        <button type="button" class="plain" @click=${() => removeRow(row.id)}>${t('library.remove_short')}</button>
      </div>
    </td>
  </tr>`;
}

/** @param {OnInput} event */
const typeJson = ({ target }) => set({ json: target.value });

function parsed() {
  try {
    const body = JSON.parse(view.json);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}

/** @param {Row} row */
function keepJson(row) {
  setBody(row.id, parsed());
  set({ edited: null });
}

/** Total, budget, and Send. */
function foot() {
  const rows = toSend();
  const total = totalOf(rows);
  const words = totalWordsOf(total, money);
  return html`
    <section class="batch-foot" aria-label=${t('batch.send_part')}>
      <div>
        <p class="price-head num">${words}</p>
        <p class="quiet-text">${t('batch.chosen', { n: rows.length, of: batch.rows.length })}</p>
        ${total.open ? html`<p class="said-warning">${t('batch.open', { n: total.open })}</p>` : nothing}
      </div>
      ${budget(rows)}
      <div class="batch-send" role="status">${stopped()} ${balanceWarning(total.max)} ${sendButton(rows, words)}</div>
    </section>
  `;
}

/** @param {Row[]} rows */
function budget(rows) {
  const left = leftOfBudget(rows);
  const over = left?.startsWith('-') ?? false;
  return html`
    <div class="batch-budget">
      <label
        >${t('batch.budget', { currency: state.book.currency })}
        <input
          type="text"
          inputmode="decimal"
          class="short num"
          .value=${live(batch.budget)}
          @change=${(/** @type {OnInput} */ { target }) => change({ budget: target.value.trim() })}
      /></label>
      ${left === null ? nothing : html`<p class=${over ? 'said-error' : ''}>${budgetWords(left, over)}</p>`}
      ${over ? html`<button type="button" class="fix" @click=${chooseWhatFits}>${t('batch.fit')}</button>` : nothing}
    </div>
  `;
}

/**
 * @param {string} left
 * @param {boolean} over
 */
const budgetWords = (left, over) =>
  t(over ? 'batch.over' : 'batch.left', { spent: money(spentOf()), amount: money(left.replace('-', '')) });

/**
 * @param {Row[]} rows
 * @param {string} words
 */
function sendButton(rows, words) {
  if (run.sending && !run.sending.asking)
    return html`
      <progress max=${run.sending.of} .value=${run.sending.done} aria-label=${t('send.busy')}></progress>
      <span class="num">${t('counter.of', { n: run.sending.done, max: run.sending.of })}</span>
      <button type="button" class="plain" ?disabled=${run.halted} @click=${halt}>${t('batch.halt')}</button>
    `;
  return html`<button
    type="button"
    id="batch-send"
    class="strong ${totalOf(rows).open ? 'amber' : ''}"
    ?disabled=${!rows.length}
    @click=${() => sendChosen(confirm)}
  >
    ${t('batch.send', { n: rows.length, amount: words })}
  </button>`;
}

/** Why sending stopped early. */
function stopped() {
  const why = run.stopped;
  if (!why) return nothing;
  const failure = why.failure ?? state.records.get(why.record ?? '')?.failure;
  return html`<div class="failure">
    ${why.elsewhere ? html`<p>${t('batch.elsewhere')}</p>` : nothing}
    ${why.row ? html`<p class="failure-title">${t('batch.stopped', { n: why.row, left: why.left })}</p>` : nothing}
    ${failure ? explained(failure) : nothing}
  </div>`;
}

/**
 * The one question before a batch: how many, for how much, and what is unusual.
 * @param {Job[]} jobs
 */
async function confirm(jobs) {
  const { askAbout } = await import('./confirm.js');
  const rows = toSend();
  const total = totalOf(rows);
  const words = () => totalWordsOf(total, money);
  const { sent, same } = repeatedOf(jobs);
  return askAbout({
    title: () => t('batch.confirm', { n: jobs.length }),
    yes: () => t('batch.send', { n: jobs.length, amount: words() }),
    kind: total.open || sent || same ? 'amber' : '',
    body: () => html`
      <p class="dialog-amount">${words()}</p>
      ${total.open ? html`<p class="warn-box">${t('batch.open', { n: total.open })}</p>` : nothing}
      ${sent ? html`<p class="warn-box">${t('batch.sent_before', { n: sent })}</p>` : nothing}
      ${same ? html`<p class="warn-box">${t('batch.same', { n: same })}</p>` : nothing} ${balanceWarning(total.max)}
      <p>${t('batch.once')}</p>
      <ul class="batch-list">
        ${jobs.map(
          ({ n, model, quote, draft }) =>
            html`<li>
              <span class="num">${n}</span> <span class="job-prompt">${draft.prompt}</span> <code>${model}</code>
              <span class="num">${priceText(quote)}</span>
            </li>`,
        )}
      </ul>
    `,
  });
}
