// The right zone: running jobs, and the library of all that was sent, by day.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { askNow } from '../follow.js';
import { t } from '../i18n.js';
import { narrow } from '../pages.js';
import { clock, span } from '../times.js';
import { amend, clearJournal, exportText, mayBeForgotten, remove } from '../journal.js';
import {
  FILTERS,
  byDay,
  byProject,
  canBeSaved,
  chargeBeside,
  dayWords,
  expiresSoon,
  isRunning,
  leftOf,
  newestFirst,
  projectOf,
  toBeSaved,
  totalWords,
} from '../library.js';
import { money } from '../money.js';
import { chooseNotices, wantsNotices } from '../notices.js';
import { changeSettings } from '../others.js';
import { saveAll } from '../save.js';
import { state, update } from '../state.js';
import { showOnStage } from './stage.js';
import { leftWords, progressBar, stateWords } from './tasks.js';
import { settle, textIn, typing } from './typed.js';

/** @param {Attempt} record */
const promptOf = ({ body }) => JSON.parse(body).prompt;
/** @param {Attempt} record */
const secondsOf = ({ body }) => t('seconds', { n: JSON.parse(body).duration });

/**
 * Shows a task on the stage. Beside the stage, the focus stays where it is.
 * @param {string} attempt
 */
function choose(attempt) {
  if (narrow.matches) showOnStage(attempt);
  else
    update((s) => {
      s.chosen = attempt;
    });
}

export function drawLibrary() {
  const all = newestFirst();
  const running = all.filter(isRunning);
  const over = all.filter((record) => !isRunning(record));
  const badge = at('nav-queue-count');
  badge.hidden = !running.length;
  badge.textContent = String(running.length);
  render(running.length ? queue(running) : nothing, at('queue'));
  render(all.length ? library(over, all) : empty(), at('library'));
  for (const video of at('library').querySelectorAll('video[data-src]:not([src])')) posters.observe(video);
}

/** @param {Attempt[]} running */
const queue = (running) => html`
  <div class="side-head">
    <h3>${t('queue.title')}</h3>
    <button type="button" class="link" @click=${askNow}>${t('tasks.refresh')}</button>
  </div>
  <ul class="plain-list">
    ${repeat(running, ({ attempt }) => attempt, strip)}
  </ul>
`;

/**
 * A running task in a row: prompt, state and time.
 * @param {Attempt} record
 */
const strip = (record) => html`
  <li>
    <button
      type="button"
      class="job"
      aria-pressed=${String(state.chosen === record.attempt)}
      @click=${() => choose(record.attempt)}
    >
      <span class="job-prompt">${promptOf(record)}</span>
      <span class="job-line">
        <span class="pill ${record.state}">${stateWords(record)}</span>
        ${
          record.state === 'following'
            ? html`<span class="num elapsed">${clock(Date.now() - record.at)}</span>`
            : html`<span class="num">${record.quoted.text}</span>`
        }
      </span>
      ${record.state === 'following' ? html`<span class="job-line">${progressBar(record)}</span>` : nothing}
    </button>
  </li>
`;

const empty = () => html`
  <div class="empty">
    <p class="empty-title">${t('tasks.empty')}</p>
    <p>${t('tasks.empty_hint')}</p>
  </div>
`;

/** @param {Attempt} r */
const searchedText = (r) => `${r.body} ${r.task_id ?? ''} ${r.model} ${projectOf(r)} ${stateWords(r)}`.toLowerCase();

/**
 * @param {Attempt[]} over
 * @param {Attempt[]} all
 */
function library(over, all) {
  if (!over.length)
    return html`<p class="hint">${t('tasks.empty_hint')}</p>
      ${more(all)}`;
  const found = over.filter(FILTERS[state.filter]).filter((r) => searchedText(r).includes(state.search.toLowerCase()));
  return html`
    <h3 class="visually-hidden">${t('nav.library')}</h3>
    <div class="switch filters" role="group" aria-label=${t('library.filter')}>
      ${Object.keys(FILTERS).map((name) => filterButton(name, over))}
    </div>
    <label
      ><span class="visually-hidden">${t('tasks.search')}</span
      ><input type="search" placeholder=${t('tasks.search')} .value=${live(state.search)} @input=${search}
    /></label>
    ${expiring(toBeSaved(over))} ${byDay(found).map(([day, records]) => dayGroup(day, records))}
    ${found.length ? nothing : html`<p class="empty">${t('tasks.none_found')}</p>`} ${more(all)}
  `;
}

/**
 * @param {string} name
 * @param {Attempt[]} over
 */
function filterButton(name, over) {
  const count = over.filter(FILTERS[name]).length;
  if (!['all', 'completed', state.filter].includes(name) && !count) return nothing;
  return html`<button type="button" aria-pressed=${String(state.filter === name)} @click=${() => filter(name)}>
    ${t(`filter.${name}`)} ${['all', 'completed'].includes(name) ? nothing : html`<span class="num">${count}</span>`}
  </button>`;
}

/** @param {string} name */
const filter = (name) =>
  update((s) => {
    s.filter = name;
  });

/** @param {OnInput} event */
const search = (event) =>
  update((s) => {
    s.search = event.target.value;
  });

/**
 * Results that expire soon, with one button to save all.
 * @param {Attempt[]} records
 */
function expiring(records) {
  if (!records.length) return nothing;
  return html`
    <div class="warn-box">
      <p>${leftWords('library.expiring', Math.min(...records.map(leftOf)), records.length)}</p>
      <button type="button" class="plain small" @click=${() => saveThese(records)}>
        ${t('library.save_all', { n: records.length })}
      </button>
    </div>
  `;
}

/** @param {Attempt[]} records */
async function saveThese(records) {
  const { saved, left } = await saveAll(records);
  update((s) => {
    s.toast = { words: `${t('library.saved', { n: saved })} ${left ? t('library.not_saved', { n: left }) : ''}` };
  });
}

/**
 * @param {number} day
 * @param {Attempt[]} records
 */
const dayGroup = (day, records) => html`
  <section class="day">
    <div class="side-head">
      <h4>${dayWords(day)}</h4>
      <span class="num">${totalWords(records)}</span>
    </div>
    <ul class="films">
      ${repeat(records, ({ attempt }) => attempt, film)}
    </ul>
  </section>
`;

/**
 * A task as a tile: its first frame, or else its prompt.
 * @param {Attempt} record
 */
const film = (record) => html`
  <li class="film">
    <button
      type="button"
      class="poster"
      aria-pressed=${String(state.chosen === record.attempt)}
      aria-label=${`${t('library.show', { state: stateWords(record), prompt: promptOf(record) })} ${secondsOf(record)}`}
      @click=${() => choose(record.attempt)}
    >
      ${canBeSaved(record) ? picture(record) : blank(record)}
      <span class="poster-length num">${secondsOf(record)}</span>
    </button>
    <p class="film-line"><span class="num">${priceWords(record)}</span> ${fate(record)}</p>
    <button
      type="button"
      class="icon film-remove"
      aria-label=${t('library.remove', { prompt: promptOf(record) })}
      title=${t('library.remove_short')}
      ?hidden=${!mayBeForgotten(record)}
      @click=${() => removeOne(record)}
    >
      ×
    </button>
  </li>
`;

/**
 * The charge if known, marked if it differs from the quote; else the quote.
 * @param {Attempt} record
 */
function priceWords(record) {
  if (!record.charged) return record.quoted.text;
  const difference = chargeBeside(record)?.difference;
  return html`${money(record.charged.amount, record.charged.currency)}${difference ? differs(difference) : nothing}`;
}
/** @param {string} difference */
const differs = (difference) => html` <span class="tag amber" title=${t('charge.differs')}>${difference}</span>`;

/**
 * How long a result lasts, or the task's state.
 * @param {Attempt} record
 */
function fate(record) {
  if (record.state !== 'completed') return html`<span class="pill ${record.state}">${stateWords(record)}</span>`;
  if (record.saved_at) return html`<span class="num quiet-text">${t('library.is_saved')}</span>`;
  const left = leftOf(record);
  if (left <= 0) return html`<span class="num quiet-text">${t('library.expired')}</span>`;
  if (!Number.isFinite(left)) return nothing;
  return html`<span class="num ${expiresSoon(record) ? 'soon' : 'quiet-text'}">${span(left)}</span>`;
}

/** The shape as measured, or else as requested. @param {Attempt} record */
function shapeOf({ shape, body }) {
  if (shape) return shape;
  const { ratio, orientation } = JSON.parse(body);
  const asked = /^(\d+):(\d+)$/.exec(ratio ?? '');
  if (asked) return [Number(asked[1]), Number(asked[2])];
  return orientation === 'portrait' ? [9, 16] : [16, 9];
}

/** @param {Attempt} record */
function picture(record) {
  const [width, height] = shapeOf(record);
  return html`<video
    data-src="${record.video_url}#t=0.001"
    width=${width}
    height=${height}
    muted
    playsinline
    preload="metadata"
    tabindex="-1"
    aria-hidden="true"
    @loadedmetadata=${(/** @type {On<HTMLVideoElement>} */ { target }) => keepShape(record, target)}
  ></video>`;
}

/** @param {Attempt} record */
function blank(record) {
  const [width, height] = shapeOf(record);
  return html`<svg
      class="blank"
      viewBox="0 0 ${width} ${height}"
      width=${width}
      height=${height}
      aria-hidden="true"
    ></svg>
    <span class="blank-words">${promptOf(record)}</span>`;
}

/**
 * @param {Attempt} record
 * @param {HTMLVideoElement} video
 */
function keepShape({ attempt }, { videoWidth: width, videoHeight: height }) {
  const shape = state.records.get(attempt)?.shape;
  if (width && (shape?.[0] !== width || shape[1] !== height)) amend(attempt, { shape: [width, height] });
}

/** Loads each video when it comes near the screen, not all at once. */
const posters = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      posters.unobserve(target);
      const video = /** @type {HTMLVideoElement} */ (target);
      video.src = video.dataset.src ?? '';
    }
  },
  { rootMargin: '300px' },
);

/** @param {Attempt} record */
async function removeOne(record) {
  const { ask } = await import('./confirm.js');
  /** @type {Record<string, string>} */
  const text = {
    unknown: 'library.remove_unknown',
    following: 'library.remove_running',
    paused: 'library.remove_running',
  };
  const words = {
    title: 'library.remove_short',
    text: text[record.state] ?? 'library.remove_text',
    yes: 'library.remove_short',
    danger: true,
  };
  if (await ask(words)) await remove(record.attempt);
}

/**
 * Sums by project, and what concerns the whole history.
 * @param {Attempt[]} all
 */
const more = (all) => html`
  <details class="side-more">
    <summary>${t('library.more')}</summary>
    <label
      >${t('library.project')}
      <input
        type="text"
        .value=${textIn('project', state.settings.project ?? '')}
        @input=${typing('project')}
        @change=${settle('project', takeProject)}
    /></label>
    <dl class="pairs">
      ${byProject(all).map(
        ([name, records]) =>
          html`<dt>${name || t('library.no_project')}</dt>
            <dd class="num">${totalWords(records) || '—'}</dd>`,
      )}
    </dl>
    <p class="hint">${t('tasks.quoted_hint')}</p>
    ${'Notification' in globalThis ? notify() : nothing}
    <div class="fixes">
      <button type="button" class="plain small" @click=${exportAll}>${t('export')}</button>
      <button type="button" class="plain small" @click=${clear}>${t('tasks.clear')}</button>
    </div>
    <p class="hint">${t('tasks.kept')}</p>
  </details>
`;

const notify = () => html`
  <label class="check"
    ><input
      type="checkbox"
      .checked=${live(wantsNotices())}
      @change=${(/** @type {OnInput} */ { target }) => chooseNotices(target.checked)}
    />
    ${t('library.notify')}</label
  >
`;

/** @param {string} project */
function takeProject(project) {
  changeSettings({ project });
  return true;
}

const exportAll = async () => (await import('../exporters.js')).download('seedance-history.json', exportText());

async function clear() {
  const { ask } = await import('./confirm.js');
  const words = { title: 'tasks.clear', text: 'tasks.clear_text', yes: 'tasks.clear_yes', danger: true };
  if (await ask(words)) await clearJournal();
}
