// Tasks: the card of one, and the history of all.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { askNow, followAgain, hindrance } from '../follow.js';
import { clock, span, t, when } from '../i18n.js';
import { clearJournal, exportText } from '../journal.js';
import { addAmounts, money } from '../money.js';
import { companionLink, fileName, isResultLink, saveResult } from '../save.js';
import { refillFrom } from '../send.js';
import { state, update } from '../state.js';
import { doubtBox, explained } from './failure.js';
import { nextStep, reasonOf } from './reason.js';
import { copyButton } from './parts.js';

const WARN_MS = 12 * 3600_000;

/** One task, with everything that can be done about it. */
function taskCard(record) {
  const { prompt, duration } = JSON.parse(record.body);
  return html`
    <article class="task ${record.state}" aria-label=${t('task.label', { model: record.model })}>
      <header>
        <span class="pill ${record.state}">${stateWords(record)}</span>
        <time class="quiet-text">${when(record.at)}</time>
      </header>
      <p class="task-prompt">${prompt}</p>
      <p class="task-line">
        <code>${record.model}</code> <span class="num">${t('seconds', { n: duration })} · ${record.quoted.text}</span>
      </p>
      ${bodyOf(record)} ${AGAIN[record.state]?.(record) ?? nothing} ${record.task_id ? taskId(record.task_id) : nothing}
    </article>
  `;
}

const taskId = (id) => html`<p class="task-id quiet-text">${t('task.id')} <code>${id}</code></p>`;

/** What a card shows between its head and its foot, by the record's state. */
const BODIES = {
  following,
  completed,
  failed,
  refused: (record) => (record.failure ? html`<div class="why">${explained(record.failure)}</div>` : nothing),
  unknown: doubtBox,
  paused: (record) => html`
    <p>${t('paused')}</p>
    <button type="button" class="plain small" @click=${() => followAgain(record.attempt)}>${t('paused.go')}</button>
  `,
};

/** What can be seen of a task and done with it, by its state. */
export const bodyOf = (record) => BODIES[record.state]?.(record) ?? nothing;

const again = (words) => (record) => html`
  <div class="fixes">
    <button type="button" class="plain small" @click=${() => refillFrom(record)}>${t(words)}</button>
  </div>
`;
const AGAIN = {
  completed: again('again'),
  canceled: again('again'),
  refused: again('failed.edit'),
  failed: again('failed.edit'),
};

const KNOWN_STATUS = {
  queued: 'state.queued',
  pending: 'state.queued',
  submitted: 'state.queued',
  processing: 'state.processing',
};

/** The state in words; a status that nobody knows is shown as it came. */
export function stateWords({ state: name, status }) {
  if (name !== 'following') return t(`state.${name}`);
  return KNOWN_STATUS[status] ? t(KNOWN_STATUS[status]) : status;
}

/** A bar with its percentage, where the service gives one. */
export const progressBar = ({ progress }) =>
  progress == null
    ? html`<progress aria-label=${t('task.progress')}></progress>`
    : html`<progress max="100" .value=${progress} aria-label=${t('task.progress')}></progress
        ><span class="num">${progress} %</span>`;

function following(record) {
  const why = hindrance(record);
  return html`
    <div class="running">${progressBar(record)}<span class="num elapsed">${clock(Date.now() - record.at)}</span></div>
    ${why ? html`<p class="price-note">${hindranceWords(why, record)}</p>` : nothing}
    ${record.trouble && !why ? trouble(record.trouble) : nothing}
  `;
}

const hindranceWords = (why, record) =>
  why === 'no-key' && state.companion ? t('companion.no_key') : t(`hindrance.${why}`, record);

const trouble = (f) => html`
  <p class="price-note">
    ${t('trouble')} ${reasonOf(f)} ${f.retryAfter ? t('trouble.wait', { wait: span(f.retryAfter * 1000) }) : nothing}
  </p>
`;

function completed(record) {
  const left = timeLeft(record);
  if (left <= 0) return html`<div class="gone-box">${t('expired')}</div>`;
  if (!isResultLink(record.video_url)) return oddLink(record.video_url);
  return html`
    ${player(record)} ${expiryOf(record)}
    <div class="fixes">${keeping(record)}</div>
    ${savingWords(record)}
  `;
}

const timeLeft = ({ expires_at: end }) => (end ? end - Date.now() : Infinity);

/** Is there a video to be seen? */
export const isPlayable = (record) =>
  record.state === 'completed' && timeLeft(record) > 0 && isResultLink(record.video_url);

/** The ways to keep a finished video, and how its saving stands. */
export const keeping = (record) => html`${saveButton(record)} ${copyButton(() => record.video_url, t('copy.link'))}`;
export const savingWords = ({ attempt }) => {
  const said = state.saving?.[attempt];
  return said ? html`<p class="price-note" role="status">${t(said)}</p>` : nothing;
};

/** How long the link lives; as a warning when it is not long. */
export const expiryOf = (record) => (Number.isFinite(timeLeft(record)) ? expiry(timeLeft(record)) : nothing);

const oddLink = (url) => html`<p class="warn-box">${t('result.odd')} <code>${url}</code></p>`;

/** Its metadata give the true shape and, by the moment in the link, the first picture. */
export const player = (record) => html`
  <video
    class="player"
    controls
    muted
    playsinline
    preload="metadata"
    src="${record.video_url}#t=0.001"
    @loadedmetadata=${({ target }) => target.classList.toggle('tall', target.videoHeight > target.videoWidth)}
    aria-label=${t('player', { model: record.model })}
  ></video>
`;

const expiry = (left) =>
  left < WARN_MS
    ? html`<p class="warn-box">${t('expires.soon', { left: span(left) })}</p>`
    : html`<p class="quiet-text">${t('expires', { left: span(left) })}</p>`;

function saveButton(record) {
  const through = companionLink(record);
  return through
    ? html`<a class="plain small" href=${through} download=${fileName(record)}>${t('save')}</a>`
    : html`<button type="button" class="plain small" @click=${() => saveResult(record)}>${t('save')}</button>`;
}

/** Words for the vendor's codes that are known; the original always stays below. @type {[RegExp, string][]} */
const KNOWN = [
  [/MODERATION|SensitiveContent|PolicyViolation|TRADEMARK/i, 'ark.moderation'],
  [/timed? ?out|RequestTimeout/i, 'ark.timeout'],
  [/DURATION_TOO_LONG/i, 'ark.too_long'],
  [/InvalidParameter|invalid (image|video)/i, 'ark.input'],
  [/QuotaExceeded|RateLimit|ServerOverloaded|系统繁忙/i, 'ark.busy'],
];

function failed({ error_message: message }) {
  const known = KNOWN.find(([pattern]) => pattern.test(message));
  return html`
    <p>${t(known ? known[1] : 'ark.other')}</p>
    ${message ? html`<blockquote class="said">${message}</blockquote>` : nothing}
    <p class="quiet-text">${t('failed.charge')}</p>
  `;
}

const RUNNING = ['following', 'sending', 'unknown'];

export function drawTasks() {
  const all = [...state.records.values()].sort((a, b) => b.at - a.at);
  const running = all.filter((r) => RUNNING.includes(r.state)).length;
  const badge = at('nav-tasks-count');
  badge.hidden = !running;
  badge.textContent = String(running);
  if (state.view !== 'tasks') return;
  render([all.length ? history(all) : noTasks(), html`<p class="hint">${t('tasks.kept')}</p>`], at('tasks'));
}

const noTasks = () => html`
  <div class="empty">
    <p class="empty-title">${t('tasks.empty')}</p>
    <p>${t('tasks.empty_hint')}</p>
    <p><a href="#compose">${t('nav.compose')}</a></p>
  </div>
`;

const searchedText = (r) => `${r.body} ${r.task_id ?? ''} ${r.model} ${stateWords(r)}`.toLowerCase();

function history(all) {
  const found = all.filter((r) => searchedText(r).includes(state.search.toLowerCase()));
  return html`
    <div class="bar">
      <label class="grow"
        ><span class="visually-hidden">${t('tasks.search')}</span
        ><input type="search" placeholder=${t('tasks.search')} .value=${state.search} @input=${search}
      /></label>
      <button type="button" class="plain" @click=${askNow}>${t('tasks.refresh')}</button>
      <button type="button" class="plain" @click=${exportAll}>${t('export')}</button>
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
    ${found.length ? nothing : html`<p class="empty">${t('tasks.none_found')}</p>`}
  `;
}

const search = (event) =>
  update((s) => {
    s.search = event.target.value;
  });

const exportAll = async () => (await import('../exporters.js')).download('seedance-history.json', exportText());

async function clear() {
  const { ask } = await import('./confirm.js');
  const words = { title: 'tasks.clear', text: 'tasks.clear_text', yes: 'tasks.clear_yes', danger: true };
  if (await ask(words)) await clearJournal();
}

/** What was quoted, by currency; amounts of two currencies are never added. */
function totals(records) {
  const sums = new Map();
  for (const { quoted, state: name } of records) {
    if (name === 'refused' || name === 'sending' || quoted.amount === null) continue;
    sums.set(quoted.currency, addAmounts(sums.get(quoted.currency) ?? '0', quoted.amount));
  }
  if (!sums.size) return nothing;
  const amounts = [...sums].map(([currency, sum]) => html`<b class="num">${money(sum, currency)}</b> `);
  return html`<p class="totals">
    ${t('tasks.quoted')} ${amounts}<span class="quiet-text">${t('tasks.quoted_hint')}</span>
  </p>`;
}
