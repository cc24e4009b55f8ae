// The request as it will be sent, as programs, and the import.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { apiOrigin } from '../origins.js';
import * as core from '../core.js';
import { at } from '../dom.js';
import { FIELDS, placeOf } from '../draft.js';
import { fillFrom, leftOut } from '../fill.js';
import { asCmd, asCurl, asJavaScript, asPowerShell, asPython } from '../exporters.js';
import { listOf, t } from '../i18n.js';
import { readFurther, readPaste } from '../importers.js';
import * as ledger from '../ledger.js';
import { goTo } from '../pages.js';
import { loadPart } from '../part.js';
import { priceText } from '../price.js';
import { changeDraft, state, update } from '../state.js';
import { judge } from '../verdict.js';
import { copyButton } from './links.js';
import { errorsOf, rich } from './parts.js';
import { fixButton, placeWords } from './findings.js';
import { missing, told } from './notes.js';

/** @type {Record<string, (text: string, origin: string) => string>} */
const CODE = {
  json: (text) => text,
  curl: asCurl,
  cmd: asCmd,
  powershell: asPowerShell,
  js: asJavaScript,
  python: asPython,
};

export function drawRequest() {
  if (at('request-panel').open) render(request(), at('request'));
  if (at('import-panel').open) {
    loadReaders();
    if (state.imported && !isCurrent(state.imported)) Object.assign(state.imported, judged(state.imported));
    render(importer(), at('import'));
  }
}

/** Loads the ledger with the panel, and reads on with it what was pasted before. */
let readers = /** @type {typeof ledger | null} */ (null);
let loading = /** @type {Promise<boolean> | null} */ (null);
function loadReaders() {
  loading ??= loadPart('import', ledger.loadLedger, () => {
    readers = ledger;
    const further = state.imported && readFurther(state.imported, ledger);
    if (further && further !== state.imported) take(complete(further));
  });
}

const code = () => CODE[state.codeTab](state.result.text, apiOrigin());

function request() {
  const { report, skipped } = state.result;
  return html`
    <div class="switch" role="group" aria-label=${t('section.request')}>${Object.keys(CODE).map(tab)}</div>
    ${report.accepted ? nothing : html`<p class="hint">${t('request.not_yet')}</p>`}
    <pre class="code" id="code" tabindex="0" aria-label=${t(`tab.${state.codeTab}`)}>${code()}</pre>
    <div class="fixes">
      ${copyButton(code)} ${state.codeTab === 'json' ? nothing : html`<span class="hint">${t('request.env')}</span>`}
    </div>
    ${skipped.length ? skippedLine(skipped) : nothing}
  `;
}

/** @param {string} name */
const tab = (name) => html`
  <button type="button" aria-pressed=${String(name === state.codeTab)} @click=${() => update({ codeTab: name })}>
    ${t(`tab.${name}`)}
  </button>
`;

/** @param {Skipped[]} skipped */
const skippedLine = (skipped) =>
  html`<p class="hint">${t('request.skipped', { list: listOf(skipped.map(({ field }) => t(field))) })}</p>`;

/**
 * Another vendor's request names no model of ours: it is checked for the chosen one.
 * @param {Pasted} read
 */
function forModel(read) {
  if (!read.vendor || !read.value) return read;
  const value = { ...read.value, model: state.draft.model };
  return {
    ...read,
    value,
    text: JSON.stringify(value),
    left: [...('model' in read.value ? ['model'] : []), ...read.left],
  };
}

/**
 * Check and price of what was pasted, and what was read differently than written; and the language, book and edition used.
 * @param {Pasted} pasted
 */
const judged = ({ text, media, nearly }) => {
  const { lang, book, table } = state;
  const changes = nearly === undefined ? [] : (ledger.readLenient(nearly, { lang })?.changes ?? []);
  return { ...judge(text, { media, book, lang }), changes, lang, book, table };
};
/** @param {Read} read */
const isCurrent = ({ lang, book, table }) => lang === state.lang && book === state.book && table === state.table;

/**
 * What was read of a paste, judged by the core before anything is filled in.
 * @param {Pasted} found
 * @returns {Read}
 */
function complete(found) {
  const read = forModel(found);
  return { ...read, ...judged(read), left: [...read.left, ...(read.value ? leftOut(read.value) : [])] };
}

/**
 * `hadKey`: the text was made from one that had a key.
 * @param {string} text
 */
function paste(text, hadKey = false) {
  const read = text.trim() ? complete(readPaste(text, readers)) : null;
  if (read) read.hadKey ||= hadKey || (text === state.importText && Boolean(state.imported?.hadKey)); // the event of our own replacement
  take(read, text);
}

/**
 * Opens the panel with a request that was pasted elsewhere; nothing is filled in yet.
 * @param {string} text
 */
export function openImport(text) {
  goTo('compose');
  at('import-panel').open = true;
  update({ developer: true });
  paste(text);
  at('import-text').focus();
}

/**
 * Shows what was read, and in the field the text without keys.
 * @param {Read | null} read
 */
const take = (read, text = state.importText) => update({ importText: read?.hadKey ? read.text : text, imported: read });

/**
 * Applies a fix of the core to what was pasted, before anything is filled in.
 * @param {Fix} fix
 */
function mend({ patch }) {
  if (!state.imported) return;
  const { value, media, hadKey } = state.imported;
  const request = core.applyFix(value, patch);
  paste(JSON.stringify(media ? { request, media } : request, null, 2), hadKey);
}

const importer = () => html`
  <label for="import-text">${t('import.label')}</label>
  <textarea
    id="import-text"
    rows="5"
    spellcheck="false"
    class="mono"
    .value=${live(state.importText)}
    @input=${(/** @type {OnInput} */ event) => paste(event.target.value)}
  ></textarea>
  ${missing('import', 'import.missing')}
  ${state.imported ? found(state.imported) : html`<p class="hint">${t('import.empty')}</p>`}
`;

/** @param {Read} read */
const found = (read) => html`
  ${read.hadKey ? html`<p class="warn-box">${t('import.key')}</p>` : nothing}
  ${read.vendor ? html`<p class="hint" id="import-vendor">${t('import.vendor', { name: read.vendor })}</p>` : nothing}
  ${read.file ? html`<p class="hint" id="import-file">${t('import.file', { name: read.file })}</p>` : nothing}
  ${read.changes.length ? meant(read.changes) : nothing} ${verdict(read)}
  <ul class="plain-list" id="import-findings">
    ${read.report.findings.map((finding) => findingRow(finding, read.value))}
  </ul>
  ${read.left.length ? html`<p class="hint" id="import-left">${t('import.left', { list: listOf(read.left) })}</p>` : nothing}
  ${read.mediaError ? told('error', read.mediaError) : nothing}
  <button type="button" class="strong" id="import-fill" ?disabled=${!read.value} @click=${fill}>
    ${t('import.fill')}
  </button>
`;

/**
 * What was changed in text that is nearly JSON.
 * @param {{ message: string }[]} changes
 */
const meant = (changes) => html`
  <p class="hint">${t('import.meant')}</p>
  <ul class="plain-list hint" id="import-meant">
    ${changes.map(({ message }) => html`<li>${rich(message)}</li>`)}
  </ul>
`;

/** @param {Judged} judged */
function verdict({ report, quote }) {
  const words = report.accepted
    ? t('import.accepted', { price: priceText(quote) })
    : t('verdict.errors', { n: errorsOf(report.findings).length });
  return html`<p class="state ${report.accepted ? 'ready' : 'mend'}" id="import-verdict">
    <span class="lamp"></span><span>${words}</span>
  </p>`;
}

/**
 * A finding about the pasted body; its fixes need a body that is JSON.
 * @param {Finding} finding
 * @param {unknown} value
 */
const findingRow = (finding, value) => html`
  <li class="finding ${finding.severity}" data-rule=${finding.rule} data-path=${finding.path}>
    <p>
      ${placeOf(finding.path).index === null ? nothing : html`${placeWords(finding.path)}${t('colon')}`}${rich(finding.message)}
    </p>
    ${value ? html`<div class="fixes">${finding.fixes.map((fix) => fixButton(fix, mend))}</div>` : nothing}
  </li>
`;

function fill() {
  const { value, media } = state.imported ?? {};
  if (!value) return;
  changeDraft((draft, s) => {
    fillFrom(draft, value);
    if (Array.isArray(media?.reference_videos)) media.reference_videos.forEach(takeFacts);
    for (const field of FIELDS) if (field in value) s.touched.add(field);
    s.imported = null;
    s.importText = '';
  }, t('import.done'));
  at('import-panel').open = false;
  at('f-prompt').focus();
}

/**
 * Takes the facts that came with a job for the video at the same place.
 * @param {VideoFacts | null} facts
 * @param {number} i
 */
function takeFacts(facts, i) {
  const item = state.draft.reference_videos[i];
  if (!item || !facts) return;
  item.status = 'measured';
  item.typed = {};
  const { seconds } = facts;
  item.measured = { ...facts, ...(typeof seconds === 'number' ? { seconds, exact: true } : { seconds: undefined }) };
}
