// The request as it will be sent, as programs, and the way back in.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { apiOrigin } from '../api.js';
import { FIELDS, fillFrom, leftOut } from '../draft.js';
import { asCurl, asJavaScript, asPython } from '../exporters.js';
import { t } from '../i18n.js';
import { readPaste } from '../importers.js';
import { changeDraft, state, update } from '../state.js';
import { judge } from '../verdict.js';
import { priceText } from '../price.js';
import { copyButton, rich } from './parts.js';

const at = (id) => document.getElementById(id);
const TABS = ['json', 'curl', 'js', 'python'];

export function drawRequest() {
  if (at('request-panel').open) render(request(), at('request'));
  if (at('import-panel').open) render(importer(), at('import'));
}

function code(tab) {
  const { text } = state.result;
  if (tab === 'json') return text;
  return { curl: asCurl, js: asJavaScript, python: asPython }[tab](text, apiOrigin());
}

function request() {
  const { report, skipped } = state.result;
  const text = code(state.codeTab);
  return html` <div class="switch" role="group" aria-label=${t('section.request')}>
      ${TABS.map(
        (tab) =>
          html`<button
            type="button"
            aria-pressed=${String(tab === state.codeTab)}
            @click=${() =>
              update((s) => {
                s.codeTab = tab;
              })}
          >
            ${t(`tab.${tab}`)}
          </button>`,
      )}
    </div>
    ${report.accepted ? '' : html`<p class="hint">${t('request.not_yet')}</p>`}
    <pre class="code" id="code" tabindex="0" aria-label=${t(`tab.${state.codeTab}`)}>${text}</pre>
    <div class="fixes">
      ${copyButton(() => code(state.codeTab))}${state.codeTab === 'json' ? '' : html`<span class="hint">${t('request.env')}</span>`}
    </div>
    ${skipped.length ? html`<p class="hint">${t('request.skipped', { list: skipped.map((s) => s.field).join(', ') })}</p>` : ''}`;
}

/** What was pasted, read and judged by the core before anything is filled in. */
export function readImport(text) {
  if (!text.trim()) return null;
  const paste = readPaste(text);
  const judged = judge(paste.text, { media: paste.media, book: state.book, lang: state.lang });
  return { ...paste, ...judged, left: paste.value ? leftOut(paste.value) : [] };
}

function importer() {
  const found = state.imported;
  return html` <label for="import-text">${t('import.label')}</label>
    <textarea
      id="import-text"
      rows="5"
      spellcheck="false"
      class="mono"
      .value=${live(state.importText)}
      @input=${(e) =>
        update((s) => {
          const read = readImport(e.target.value);
          if (read && e.target.value === s.importText) read.hadKey ||= s.imported?.hadKey ?? false; // the event of our own replacement
          s.importText = read?.hadKey ? read.text : e.target.value;
          s.imported = read;
        })}
    ></textarea>
    ${
      found
        ? html` ${found.hadKey ? html`<p class="warn-box">${t('import.key')}</p>` : ''}
            ${found.file ? html`<p class="hint" id="import-file">${t('import.file', { name: found.file })}</p>` : ''}
            <p class="state ${found.report.accepted ? 'good' : 'bad'}" id="import-verdict">
              <span class="lamp"></span
              >${found.report.accepted ? t('import.accepted', { price: priceText(found.quote) }) : t('verdict.errors', { n: found.report.findings.filter((f) => f.severity === 'error').length })}
            </p>
            <ul class="plain-list" id="import-findings">
              ${found.report.findings.map((f) => html`<li class="finding ${f.severity}" data-rule=${f.rule} data-path=${f.path}><p>${f.path ? html`<code>${f.path}</code> ` : ''}${rich(f.message)}</p></li>`)}
            </ul>
            ${found.left.length ? html`<p class="hint" id="import-left">${t('import.left', { list: found.left.join(', ') })}</p>` : ''}
            ${found.mediaError ? html`<p class="finding error">${found.mediaError}</p>` : ''}
            <button type="button" class="strong" id="import-fill" ?disabled=${!found.value} @click=${fill}>
              ${t('import.fill')}
            </button>`
        : html`<p class="hint">${t('import.empty')}</p>`
    }`;
}

function fill() {
  const { value, media } = state.imported;
  changeDraft((draft, s) => {
    fillFrom(draft, value);
    (Array.isArray(media?.reference_videos) ? media.reference_videos : []).forEach((facts, i) => {
      const item = draft.reference_videos[i];
      if (!item || !facts) return;
      item.status = 'measured';
      item.typed = {};
      item.measured = { ...facts, ...(typeof facts.seconds === 'number' ? { exact: true } : { seconds: undefined }) };
    });
    for (const field of FIELDS) if (field in value) s.touched.add(field);
    s.imported = null;
    s.importText = '';
  }, t('import.done'));
  at('import-panel').open = false;
  at('f-prompt').focus();
}
