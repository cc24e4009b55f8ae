// What became of the last attempt, in the pay bar: its failure with what to do, and the newest task's state, which is also
// announced and in the document's title.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { narrow } from '../pages.js';
import { doubtfulRecord, newestRecord, state } from '../state.js';
import { clock } from '../times.js';
import { doubtBox, failureBox } from './failure.js';
import { errorsOf } from './parts.js';
import { showOnStage } from './stage.js';
import { progressBar, stateWords } from './tasks.js';

export function drawSent() {
  const newest = newestRecord();
  const doubtful = doubtfulRecord();
  render([state.failure ? failureBox(state.failure) : nothing, doubtful ? doubtBox(doubtful) : nothing], at('failure'));
  render(newest && isFresh(newest) ? strip(newest) : nothing, at('strip'));
  at('waiting').textContent = waitingWords(state.busy);
  document.title = titleText(newest);
  speak(newest);
}

narrow.addEventListener('change', drawSent);

/**
 * What is waited for: the response, or before the user is asked about a second request, whether the first got one.
 * @param {State['busy']} busy
 */
const waitingWords = (busy) =>
  busy?.attempt ? t(busy.asking ? 'unknown.waiting' : 'send.waiting', { time: clock(Date.now() - busy.at) }) : '';

const FRESH_MS = 10 * 60_000;
/** Shown in the bar while it runs; on a narrow screen also just after. @param {Attempt} record */
const isFresh = ({ state: name, done_at = 0 }) =>
  name === 'following' || (narrow.matches && Date.now() - done_at < FRESH_MS);

/**
 * The newest task's state, as a link to it.
 * @param {Attempt} record
 */
const strip = (record) => html`
  <a class="strip" href="#queue" @click=${showNewest}>
    <span class="pill ${record.state}">${stateWords(record)}</span>
    ${record.state === 'following' ? html`<span class="num">${clock(Date.now() - record.at)}</span>${progressBar(record)}` : nothing}
    <span class="strip-go">${t('strip.show')}</span>
  </a>
`;

/** @param {Event} event */
function showNewest(event) {
  event.preventDefault();
  showOnStage(null);
}

/** Announces changes of state once, but no ticks or percentages. */
let spoken = '';
/** @param {Attempt | null} newest */
function speak(newest) {
  const words = newest && newest.state !== 'refused' ? newest.model + t('colon') + stateWords(newest) : '';
  if (words === spoken) return;
  spoken = words;
  at('live').textContent = words;
}

const DAY_MS = 86_400_000;
const TOLD = ['sending', 'following', 'completed', 'failed', 'unknown'];

/**
 * The document's title: trouble first, then the newest task, then the page.
 * @param {Attempt | null} newest
 */
function titleText(newest) {
  const errors = state.tried ? errorsOf(state.result.report.findings) : [];
  if (errors.length) return t('title.error', { n: errors.length });
  if (!newest || !TOLD.includes(newest.state) || Date.now() - newest.at > DAY_MS) return t('title');
  return titleOf(newest);
}

/** @param {Attempt} record */
function titleOf({ state: name, progress }) {
  if (name !== 'following') return `${t(`state.${name}`)} · Seedance Preflight`;
  return `${t('state.running')}${progress ? ` ${progress} %` : ''} · Seedance Preflight`;
}
