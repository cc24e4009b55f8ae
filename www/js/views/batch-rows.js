// The rows of a batch, each with its check, price and fixes, and an editor for one of them.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import {
  applyFix,
  batch,
  chooseRow,
  chooseRows,
  firstFinding,
  isOfKind,
  isSent,
  kindOfRow,
  recordOf,
  removeRow,
  resultOf,
  setBody,
} from '../batch.js';
import { at } from '../dom.js';
import { FRAMES, LISTS } from '../draft.js';
import { t } from '../i18n.js';
import { priceWords } from '../price.js';
import { update } from '../state.js';
import { explained } from './failure.js';
import { fixButton } from './findings.js';
import { rich } from './parts.js';
import { showOnStage } from './stage.js';
import { stateWords } from './tasks.js';
import { thumb } from './thumbs.js';

/** The row whose request is being edited, and its text. */
const edited = { row: /** @type {string | null} */ (null), json: '' };
/** @param {Partial<typeof edited>} more */
const set = (more) => update(() => Object.assign(edited, more));

const COLUMNS = ['row', 'prompt', 'media', 'model', 'format', 'result', 'price'];

/**
 * The rows of one kind, or all.
 * @param {string} kind
 */
export function table(kind) {
  const rows = batch.rows.map((row, i) => ({ row, n: i + 1 }));
  const shown = rows.filter(({ row }) => isOfKind(kind, row));
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
    ${edited.row === row.id ? editor(row, n) : nothing}
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
  if (isSent(row))
    return html`<div class="fixes">
      <span class="pill ${record.state}">${stateWords(record)}</span>
      <button type="button" class="link" @click=${() => showOnStage(record.attempt)}>
        ${t('strip.show')}<span class="visually-hidden"> ${n}</span>
      </button>
    </div>`;
  const result = resultOf(row);
  const finding = firstFinding(result);
  return html`
    ${record?.failure ? html`<div class="why">${explained(record.failure)}</div>` : nothing}
    ${
      finding
        ? html`<p class="said-${finding.severity}">
            <span class="visually-hidden">${t(finding.severity)}${t('colon')}</span>${rich(finding.message)}
          </p>`
        : html`<p class="said-accepted">${t('batch.kind.accepted')}</p>`
    }
    ${result.mediaError ? html`<p class="said-error">${rich(result.mediaError)}</p>` : nothing}
    <div class="fixes">
      ${(finding?.fixes ?? []).map((fix) => fixButton(fix, () => applyFix(row, fix)))}
      <button
        type="button"
        class="link"
        id="edit-${row.id}"
        aria-expanded=${String(edited.row === row.id)}
        @click=${() => edit(row)}
      >
        ${t('batch.edit')}<span class="visually-hidden"> ${n}</span>
      </button>
    </div>
  `;
}

/** @param {Row} row */
const edit = (row) =>
  set(edited.row === row.id ? { row: null } : { row: row.id, json: JSON.stringify(row.body, null, 2) });

/**
 * @param {Row} row
 * @param {number} n
 */
function editor(row, n) {
  return html`<tr class="row-editor">
    <td colspan=${COLUMNS.length + 1}>
      <label for="batch-json">${t('batch.json', { n })}</label>
      <textarea
        id="batch-json"
        class="mono"
        spellcheck="false"
        .value=${live(edited.json)}
        @input=${typeJson}
      ></textarea>
      <div class="fixes">
        <button type="button" class="strong" ?disabled=${!parsed()} @click=${() => keepJson(row)}>
          ${t('batch.keep')}
        </button>
        <button type="button" class="plain" @click=${() => close(row)}>${t('cancel')}</button>
        <button type="button" class="plain" @click=${() => removeRow(row)}>${t('library.remove_short')}</button>
      </div>
    </td>
  </tr>`;
}

/** @param {OnInput} event */
const typeJson = ({ target }) => set({ json: target.value });

function parsed() {
  try {
    const body = JSON.parse(edited.json);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}

/** @param {Row} row */
function keepJson(row) {
  setBody(row, parsed());
  close(row);
}

/** @param {Row} row */
function close({ id }) {
  set({ row: null });
  at(`edit-${id}`)?.focus(); // the row may no longer be of the kind that is shown
}
