// Where rows of a batch come from: pasted text, or a file that is chosen or dropped.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { addJobs } from '../batch.js';
import { chooseFile } from '../choose.js';
import { at } from '../dom.js';
import { FIELDS } from '../draft.js';
import { t } from '../i18n.js';
import { update } from '../state.js';
import { told } from './notes.js';

/** What is being pasted, and what is said, in the language that is chosen, of what was added or refused last. */
const paste = { text: '', told: /** @type {() => Told} */ (() => ({})) };
/** @typedef {{ error?: string, remark?: string }} Told */
/** @param {Partial<typeof paste>} more */
const set = (more) => update(() => Object.assign(paste, more));

export const importCard = () => html`
  <div class="batch-start">
    <section class="card" @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${drop}>
      <h2>${t('nav.batch')}</h2>
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
      <button type="button" class="plain" @click=${() => set({ text: EXAMPLE, told: () => ({}) })}>
        ${t('batch.example')}
      </button>
    </section>
  </div>
`;

const EXAMPLE = `id,model,prompt,duration,resolution
scene-1,seedance2.0-mini,A fox runs through fresh snow,5,720p
scene-2,seedance2.0-mini,The fox stops and looks back,8,720p
`;

export function pasteForm() {
  const { error, remark } = paste.told();
  return html`
    <label for="batch-text">${t('batch.paste')}</label>
    <textarea
      id="batch-text"
      class="mono"
      rows="6"
      spellcheck="false"
      placeholder=${EXAMPLE}
      aria-describedby="batch-error"
      .value=${live(paste.text)}
      @input=${(/** @type {OnInput} */ { target }) => set({ text: target.value, told: () => ({}) })}
    ></textarea>
    <div id="batch-error" role="alert">
      ${error ? told('error', error) : nothing} ${remark ? told('warning', remark) : nothing}
    </div>
    <div class="fixes">
      <button type="button" class="strong" @click=${() => take(paste.text, '')}>${t('batch.add')}</button>
      <button type="button" class="plain" @click=${choose}>${t('batch.file')}</button>
    </div>
  `;
}

/**
 * @param {string | Uint8Array} jobs
 * @param {string} name
 * @param {string} [file]
 */
function take(jobs, name, file) {
  const told = addJobs(jobs, name, file);
  const { error, remark } = told();
  set({ text: error ? paste.text : '', told });
  const field = at('batch-text');
  if (error) field?.focus();
  if (remark) field?.closest('details')?.setAttribute('open', ''); // the first rows move the field into a closed one
}

/** @param {File} file */
const takeFile = async (file) =>
  take(new Uint8Array(await file.arrayBuffer()), file.name.replace(/\.\w+$/, ''), file.name);

/** @param {OnDrag} event */
function drop(event) {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file) takeFile(file);
}

const choose = () => chooseFile(['ndjson', 'jsonl', 'json', 'csv', 'tsv', 'txt'], takeFile);
