// Tasks: the card of one, and the history of all.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { askNow, followAgain, hindrance } from '../follow.js';
import { clock, span, t, when } from '../i18n.js';
import { clearJournal, exportText } from '../journal.js';
import { addAmounts, money } from '../money.js';
import { companionLink, fileName, isResultLink, saveResult } from '../save.js';
import { changeDraft, state, update } from '../state.js';
import { copyButton } from './parts.js';
import { failure } from './sent.js';

const WARN_MS = 12 * 3600_000;
const at = (id) => document.getElementById(id);

/** Puts a record's draft back into the form, with the measurements it had. */
export function makeAgain(record) {
  changeDraft((draft, s) => {
    s.draft = structuredClone(record.draft);
    s.touched = new Set(Object.keys(record.draft));
    s.failure = null;
    s.view = 'compose';
  }, t('again.done'));
  location.hash = '#compose';
}

/** One task, with everything that can be done about it. */
export function taskCard(record, { explained = false } = {}) {
  const left = record.expires_at ? record.expires_at - Date.now() : null;
  return html`<article class="task ${record.state}" aria-label=${t('task.label', { model: record.model })}>
    <header>
      <span class="pill ${record.state}">${stateWords(record)}</span> <time class="quiet-text">${when(record.at)}</time>
    </header>
    <p class="task-prompt">${JSON.parse(record.body).prompt}</p>
    <p class="task-line">
      <code>${record.model}</code>
      <span class="num">${t('seconds', { n: JSON.parse(record.body).duration })} · ${record.quoted.text}</span>
    </p>
    ${progress(record)} ${record.state === 'completed' ? result(record, left) : ''}
    ${record.state === 'failed' ? failed(record) : ''}
    ${record.state === 'unknown' && !explained ? failure({ ...record.failure, attempt: record.attempt, sent: true, unknown: true }) : ''}
    ${
      record.state === 'paused'
        ? html`<p>${t('paused')}</p>
            <button type="button" class="plain small" @click=${() => followAgain(record.attempt)}>
              ${t('paused.go')}
            </button>`
        : ''
    }
    ${['completed', 'canceled', 'failed', 'refused'].includes(record.state) ? html`<div class="fixes"><button type="button" class="plain small" @click=${() => makeAgain(record)}>${t(record.state === 'failed' ? 'failed.edit' : 'again')}</button></div>` : ''}
    ${record.task_id ? html`<p class="task-id quiet-text">${t('task.id')} <code>${record.task_id}</code></p>` : ''}
  </article>`;
}

/** The state in words; a status that nobody knows is shown as it came. */
export function stateWords(record) {
  if (record.state !== 'following') return t(`state.${record.state}`);
  const known = ['queued', 'pending', 'submitted', 'processing'].includes(record.status);
  return known ? t(record.status === 'processing' ? 'state.processing' : 'state.queued') : record.status;
}

function progress(record) {
  if (record.state !== 'following') return '';
  const why = hindrance(record);
  const label = t('task.progress');
  return html`<div class="running">
      ${record.progress !== null && record.progress !== undefined ? html`<progress max="100" .value=${record.progress} aria-label=${label}></progress><span class="num">${record.progress} %</span>` : html`<progress aria-label=${label}></progress>`}
      <span class="num elapsed">${clock(Date.now() - record.at)}</span>
    </div>
    ${why ? html`<p class="price-note">${t(`hindrance.${why}`, { origin: record.origin })}</p>` : ''}
    ${record.trouble && !why ? html`<p class="price-note">${t('trouble')} ${record.trouble.words ? record.trouble.words[state.lang] : t(`fail.${record.trouble.kind}`, record.trouble)}</p>` : ''}`;
}

function result(record, left) {
  if (left !== null && left <= 0) return html`<div class="gone-box">${t('expired')}</div>`;
  if (!isResultLink(record.video_url))
    return html`<p class="warn-box">${t('result.odd')} <code>${record.video_url}</code></p>`;
  const through = companionLink(record);
  const said = state.saving?.[record.attempt];
  return html` <video
      class="player"
      controls
      muted
      playsinline
      preload="none"
      src=${record.video_url}
      aria-label=${t('player', { model: record.model })}
    ></video>
    ${left === null ? '' : html`<p class=${left < WARN_MS ? 'warn-box' : 'quiet-text'}>${t(left < WARN_MS ? 'expires.soon' : 'expires', { left: span(left) })}</p>`}
    <div class="fixes">
      ${through ? html`<a class="plain small" href=${through} download=${fileName(record)}>${t('save')}</a>` : html`<button type="button" class="plain small" @click=${() => saveResult(record)}>${t('save')}</button>`}
      ${copyButton(() => record.video_url, t('copy.link'))}
    </div>
    ${said ? html`<p class="price-note" role="status">${t(said)}</p>` : ''}`;
}

/** Words for the vendor's codes that are known; the original always stays below. */
const KNOWN = [
  [/MODERATION|SensitiveContent|PolicyViolation|TRADEMARK/i, 'ark.moderation'],
  [/timed? ?out|RequestTimeout/i, 'ark.timeout'],
  [/DURATION_TOO_LONG/i, 'ark.too_long'],
  [/InvalidParameter|invalid (image|video)/i, 'ark.input'],
  [/QuotaExceeded|RateLimit|ServerOverloaded|系统繁忙/i, 'ark.busy'],
];

function failed(record) {
  const known = KNOWN.find(([pattern]) => pattern.test(record.error_message));
  return html`<p>${t(known ? known[1] : 'ark.other')}</p>
    ${record.error_message ? html`<blockquote class="said">${record.error_message}</blockquote>` : ''}
    <p class="quiet-text">${t('failed.charge')}</p>`;
}

export function drawTasks() {
  const all = [...state.records.values()].sort((a, b) => b.at - a.at);
  const running = all.filter((r) => ['following', 'sending', 'unknown'].includes(r.state)).length;
  const badge = at('nav-tasks-count');
  badge.hidden = !running;
  badge.textContent = String(running);
  if (state.view !== 'tasks') return;
  const found = all.filter((r) =>
    `${r.body} ${r.task_id ?? ''} ${r.model} ${stateWords(r)}`.toLowerCase().includes(state.search.toLowerCase()),
  );
  render(
    html` ${
        all.length
          ? html`<div class="bar">
                <label class="grow"
                  ><span class="visually-hidden">${t('tasks.search')}</span
                  ><input
                    type="search"
                    placeholder=${t('tasks.search')}
                    .value=${state.search}
                    @input=${(e) =>
                      update((s) => {
                        s.search = e.target.value;
                      })}
                /></label>
                <button type="button" class="plain" @click=${askNow}>${t('tasks.refresh')}</button>
                <button
                  type="button"
                  class="plain"
                  @click=${async () => (await import('../exporters.js')).download('seedance-history.json', exportText())}
                >
                  ${t('export')}
                </button>
                <button type="button" class="plain" @click=${clear}>${t('tasks.clear')}</button>
              </div>
              ${totals(found)}
              <div class="grid">
                ${repeat(
                  found,
                  (r) => r.attempt,
                  (r) => taskCard(r),
                )}
              </div>
              ${found.length ? '' : html`<p class="empty">${t('tasks.none_found')}</p>`}`
          : html`<div class="empty">
              <p class="empty-title">${t('tasks.empty')}</p>
              <p>${t('tasks.empty_hint')}</p>
              <p><a href="#compose">${t('nav.compose')}</a></p>
            </div>`
      }
      <p class="hint">${t('tasks.kept')}</p>`,
    at('tasks'),
  );
}

async function clear() {
  const { ask } = await import('../confirm.js');
  if (await ask({ title: 'tasks.clear', text: 'tasks.clear_text', yes: 'tasks.clear_yes', danger: true }))
    await clearJournal();
}

/** What was quoted, by currency; amounts of two currencies are never added. */
function totals(records) {
  const sums = new Map();
  for (const { quoted, state: s } of records) {
    if (s === 'refused' || s === 'sending' || quoted.amount === null) continue;
    sums.set(quoted.currency, addAmounts(sums.get(quoted.currency) ?? '0', quoted.amount));
  }
  if (!sums.size) return '';
  return html`<p class="totals">
    ${t('tasks.quoted')} ${[...sums].map(([currency, sum]) => html`<b class="num">${money(sum, currency)}</b> `)}<span
      class="quiet-text"
      >${t('tasks.quoted_hint')}</span
    >
  </p>`;
}
