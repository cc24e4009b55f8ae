// What became of the last attempt: its failure with the ways out, the newest task, and its state spoken.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { clock, t } from '../i18n.js';
import { doubtfulRecord, newestRecord, state } from '../state.js';
import { doubtBox, failureBox } from './failure.js';
import { progressBar, stateWords, taskCard } from './tasks.js';

export function drawSent() {
  const newest = newestRecord();
  const doubtful = doubtfulRecord();
  render([state.failure ? failureBox(state.failure) : nothing, doubtful ? doubtBox(doubtful) : nothing], at('failure'));
  const shown = state.records.get(state.chosen) ?? newest;
  render(shown ? newestTask(shown, doubtful) : nothing, at('now'));
  render(narrow.matches && newest && isFresh(newest) ? strip(newest) : nothing, at('strip'));
  speak(newest);
}

const newestTask = (newest, doubtful) => html`
  <h3 class="visually-hidden">${t('now')}</h3>
  ${taskCard(newest, { explained: newest === doubtful || newest.attempt === state.failure?.attempt })}
`;

/** Where the newest task is not beside the bar (css/layout.css). */
const narrow = matchMedia('(max-width: 960px)');
narrow.addEventListener('change', drawSent);

const FRESH_MS = 10 * 60_000;
const isFresh = ({ state: name, done_at = 0 }) => name === 'following' || Date.now() - done_at < FRESH_MS;

/** On a narrow screen the newest task is far below: this line in the bar says how it stands and leads there. */
const strip = (record) => html`
  <a class="strip" href="#now" @click=${showNewest}>
    <span class="pill ${record.state}">${stateWords(record)}</span>
    ${record.state === 'following' ? html`${progressBar(record)}<span class="num">${clock(Date.now() - record.at)}</span>` : nothing}
    <span class="strip-go">${t('strip.show')}</span>
  </a>
`;

function showNewest(event) {
  event.preventDefault();
  at('now').scrollIntoView({ block: 'start' });
  at('now').focus({ preventScroll: true });
}

/** Changes of state are spoken once; ticks and percentages are not. */
let spoken = '';
function speak(newest) {
  const words = newest && newest.state !== 'refused' ? `${newest.model}: ${stateWords(newest)}` : '';
  if (words === spoken) return;
  spoken = words;
  at('live').textContent = words;
}
