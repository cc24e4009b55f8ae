// What became of the last attempt: its failure with the ways out, the newest task, and its state spoken.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { CONSOLE, apiOrigin } from '../api.js';
import { t } from '../i18n.js';
import { attachTask, notCreated, send } from '../send.js';
import { newestRecord, state } from '../state.js';
import { copyButton } from './parts.js';
import { makeAgain, stateWords, taskCard } from './tasks.js';

const at = (id) => document.getElementById(id);

export function drawSent() {
  const newest = newestRecord();
  render(state.failure ? failure(state.failure) : '', at('failure'));
  render(
    newest
      ? html`<h3 class="visually-hidden">${t('now')}</h3>
          ${taskCard(newest, { explained: state.failure?.attempt === newest.attempt })}`
      : '',
    at('now'),
  );
  speak(newest);
}

/** Changes of state are spoken once; ticks and percentages are not. */
let spoken = '';
function speak(newest) {
  const words = newest && newest.state !== 'refused' ? `${newest.model}: ${stateWords(newest)}` : '';
  if (words === spoken) return;
  spoken = words;
  at('live').textContent = words;
}

/** What went wrong, in plain words, and the next step. */
export function failure(f) {
  const text = f.words ? f.words[state.lang] : t(`fail.${f.kind}`, f);
  const next = f.words ? '' : t(`fail.${f.kind}.next`, f);
  return html`<div class="failure ${f.unknown ? 'unknown' : ''}" role="alert">
    <p class="failure-title">${f.unknown ? t('unknown.title') : t('fail.title')}</p>
    <p>${text} ${f.message ? html`<q class="said">${f.message}</q>` : ''}</p>
    ${next ? html`<p>${next}</p>` : ''}
    ${f.unknown ? unknownActions(f.attempt) : html`<p class="quiet-text">${t(f.sent ? 'fail.made_none' : 'fail.not_sent')}</p>`}
    ${f.kind === 'cors' ? html`<div class="fixes">${copyButton(async () => (await import('../exporters.js')).asCurl(state.result.text, apiOrigin()), t('copy.curl'))}<button type="button" class="fix" @click=${() => send({ unchecked: true })}>${t('send.anyway')}</button></div>` : ''}
    ${['no-key', 'key', 'unsafe-origin', 'policy'].includes(f.kind) ? html`<p><a href="#connection">${t('nav.connection')}</a></p>` : ''}
  </div>`;
}

/** The same draft once more, by the user's own decision; the question about the earlier attempt still comes. */
function sendAgain(attempt) {
  makeAgain(state.records.get(attempt));
  return send();
}

/** Ways out of "may have been charged". */
function unknownActions(attempt) {
  const id = `found-${attempt}`;
  return html`<p>
      ${t('unknown.look')} <a href=${CONSOLE} target="_blank" rel="noopener noreferrer">${t('unknown.console')}</a>
    </p>
    <div class="add">
      <label class="visually-hidden" for=${id}>${t('unknown.task_id')}</label>
      <input
        id=${id}
        type="text"
        spellcheck="false"
        autocapitalize="off"
        placeholder=${t('unknown.task_id')}
        @keydown=${(e) => {
          if (e.key === 'Enter' && !e.isComposing) {
            e.preventDefault();
            if (e.target.value.trim()) attachTask(attempt, e.target.value);
          }
        }}
      />
      <button
        type="button"
        class="plain"
        @click=${() => {
          const v = at(id).value;
          if (v.trim()) attachTask(attempt, v);
        }}
      >
        ${t('unknown.found')}
      </button>
    </div>
    <div class="fixes">
      <button type="button" class="fix" @click=${() => sendAgain(attempt)}>${t('unknown.again')}</button>
      <button type="button" class="fix" @click=${() => notCreated(attempt)}>${t('unknown.none')}</button>
    </div>`;
}
