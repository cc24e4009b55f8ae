// The right zone: running jobs, and the library of all that was sent, by day.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { askNow } from '../follow.js';
import { t } from '../i18n.js';
import { clock } from '../times.js';
import { clearJournal, exportText } from '../journal.js';
import {
  FILTERS,
  byDay,
  byProject,
  dayWords,
  isRunning,
  leftOf,
  newestFirst,
  projectOf,
  toBeSaved,
  totalWords,
} from '../library.js';
import { chooseNotices, wantsNotices } from '../notices.js';
import { changeSettings } from '../others.js';
import { saveAll } from '../save.js';
import { state, update } from '../state.js';
import { choose, film, loadPosters, promptOf } from './films.js';
import { leftWords, progressBar, stateWords } from './tasks.js';
import { settle, textIn, typing } from './typed.js';

export function drawLibrary() {
  const all = newestFirst();
  const running = all.filter(isRunning);
  const over = all.filter((record) => !isRunning(record));
  const badge = at('nav-queue-count');
  badge.hidden = !running.length;
  badge.textContent = String(running.length);
  render(running.length ? queue(running) : nothing, at('queue'));
  render(all.length ? library(over, all) : empty(), at('library'));
  loadPosters(at('library'));
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
const filter = (name) => update({ filter: name });

/** @param {OnInput} event */
const search = (event) => update({ search: event.target.value });

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
  update({
    toast: { words: `${t('library.saved', { n: saved })} ${left ? t('library.not_saved', { n: left }) : ''}` },
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
