// The bar that decides: price, verdict and Generate.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { callOrigin } from '../origins.js';
import { setPrice } from '../book.js';
import { at } from '../dom.js';
import { isFilled, placeOf } from '../draft.js';
import { clock, listOf, t } from '../i18n.js';
import { isAmount } from '../money.js';
import { bookAge, highest, isOld, priceText, priceWords } from '../price.js';
import { doubtfulRecord, newestRecord, setTyped, state } from '../state.js';
import {
  errorsOf,
  findingLink,
  fixButton,
  lossWords,
  mayShow,
  needsReview,
  onEnter,
  placeWords,
  reviewButton,
  rich,
  takerButton,
} from './parts.js';

/** Errors that may be shown now. */
const shownErrors = () => errorsOf(state.result.report.findings).filter(mayShow);

/** Is a task of this very draft under way? */
const isRunning = () =>
  [...state.records.values()].some((r) => r.state === 'following' && r.body === state.result.text);

/** What the bar says: `sending`, `mend`, `incomplete`, `doubt`, `running`, `amber` (a loss, or no exact price) or `ready`. */
function payState() {
  const { report, losses, quote } = state.result;
  if (state.busy && !state.busy.asking) return 'sending';
  if (!report.accepted) return shownErrors().length ? 'mend' : 'incomplete';
  if (doubtfulRecord()) return 'doubt';
  if (isRunning()) return 'running';
  return losses.length || quote.kind !== 'exact' ? 'amber' : 'ready';
}

export function drawPay() {
  const name = payState();
  at('pay').dataset.state = name;
  render(price(), at('price'));
  move();
  render(verdict(name), at('verdict'));
  render(foot(), at('pay-foot'));
  at('send-label').textContent = sendWords(name);
  at('send').setAttribute('aria-disabled', String(Boolean(state.busy)));
  render(summary(), at('summary'));
  announce(`${verdictWords(name)}. ${priceText(state.result.quote)}`);
}

/** “Generate without the video · $0.40”. */
function sendWords(name) {
  if (name === 'sending') return t('send.busy');
  const { losses, quote } = state.result;
  const left = losses.filter(({ why }) => why === 'model').map(({ field }) => withoutWords(field));
  const act = left.length ? t('send.without', { list: listOf(left) }) : t(name === 'running' ? 'send.more' : 'send');
  const said = priceText(quote);
  return highest(quote) === null && quote.reason !== 'no-price'
    ? act
    : `${act} · ${said[0].toLowerCase()}${said.slice(1)}`;
}

const withoutWords = (field) => t(`without.${field}`, { n: state.draft[field].length });

/** A price that has changed moves a little. */
const MOVE_MS = 150;
const still = matchMedia('(prefers-reduced-motion: reduce)');
let moved = '';
function move() {
  const head = at('price-head');
  if (head.textContent === moved) return;
  if (moved && !still.matches) head.animate({ translate: ['0 4px', '0 0'] }, MOVE_MS);
  moved = head.textContent;
}

/** Verdict and price are spoken once they have settled, and not at every letter. */
const SETTLED_MS = 800;
let spoken = null;
let speaking = 0;
function announce(words) {
  clearTimeout(speaking);
  if (spoken === null) spoken = words; // what stands there at the start is no change
  if (words === spoken) return;
  speaking = setTimeout(() => {
    spoken = words;
    at('verdict-live').textContent = words;
  }, SETTLED_MS);
}

const oneHead = (words) => html`<span class="num">${words.head}</span>`;
const rangeHead = (words) => html`
  <span class="num low">${words.low}</span> <span class="to">${t('price.or')}</span>
  <b class="num high">${words.high}</b>
`;

function price() {
  const words = priceWords(state.result.quote);
  return html`
    <p class="price-head ${words.kind}" id="price-head">
      ${words.kind === 'range' ? rangeHead(words) : oneHead(words)}
    </p>
    ${words.formula ? html`<p class="formula">${words.formula}</p>` : nothing}
    ${words.note ? html`<p class="price-note">${words.note}</p>` : nothing}
    <p class="price-foot">${words.billing ? billing(words) : nothing}</p>
    ${firstVideoFigure()}
  `;
}

const billing = (words) => html`
  <code>${words.billing}</code>
  ${state.result.quote.basis === 'inferred' ? inferred() : nothing} ${words.asOf ? dated(words.asOf) : nothing}
`;

const inferred = () => html`<span class="tag" title=${t('inferred.why')}>${t('inferred')}</span>`;

function dated(asOf) {
  const age = bookAge(asOf);
  return html`<span>${t('price.as_of', { date: asOf })} ${isOld(age) ? old(age) : nothing}</span>`;
}

const old = (age) => html`<span class="tag amber">${t('price.old', { n: age })}</span>`;

/** A length that the user typed is named as such beside the price. */
function firstVideoFigure() {
  const seconds = state.draft.reference_videos[0]?.typed?.seconds;
  if (!seconds || !(state.result.quote.parts?.length > 1)) return nothing;
  return html`<p class="price-note">${t('price.your_figure', { n: seconds })}</p>`;
}

/** A field for the unit price that is missing, right where it is missed. */
const priceInput = ({ name, unit }) => html`
  <div class="price-ask">
    <label for="ask-price">${t(`price.enter_${unit}`, { currency: state.book.currency })}</label>
    <div class="add">
      <input
        id="ask-price"
        type="text"
        inputmode="decimal"
        class="short"
        placeholder="0.05"
        @keydown=${onEnter(() => takePrice(name))}
      />
      <button type="button" class="plain" @click=${() => takePrice(name)}>${t('price.keep')}</button>
    </div>
  </div>
`;

function takePrice(name) {
  const input = at('ask-price');
  const value = input.value.trim();
  input.setAttribute('aria-invalid', String(!isAmount(value)));
  if (!isAmount(value)) {
    input.focus();
    return;
  }
  input.value = '';
  setPrice(name, value);
  at('send').focus();
}

/** A field for the length that would make the price exact. */
function lengthInput() {
  const { index } = placeOf(state.result.quote.unknown ?? '');
  const item = state.draft.reference_videos[index ?? -1];
  if (!item) return nothing;
  return html`
    <div class="price-ask">
      <label for="ask-seconds">${t('price.enter_length')}</label>
      <input
        id="ask-seconds"
        type="text"
        inputmode="decimal"
        class="short"
        @change=${(e) => setTyped(item, 'seconds', e.target.value)}
      />
    </div>
  `;
}

const warningsOf = (report) => report.findings.filter((f) => f.severity === 'warning');

/** The verdict in one sentence. */
function verdictWords(name) {
  const { report, losses } = state.result;
  const warnings = warningsOf(report).length;
  const ready = warnings ? t('verdict.accepted_notes', { n: warnings }) : t('verdict.accepted');
  const words = {
    sending: () => t('send.busy'),
    mend: () => t('verdict.errors', { n: shownErrors().length }),
    incomplete: () => t(state.draft.prompt.trim() ? 'verdict.incomplete' : 'verdict.prompt'),
    doubt: () => t('verdict.doubt'),
    running: () => t('verdict.running'),
    amber: () =>
      losses.length ? lossWords({ ...state.result, draft: state.draft }).join('. ') : t('verdict.unpriced'),
    ready: () => ready,
  };
  return words[name]();
}

/** While the request runs, the strip below says it to the eye. */
const verdict = (name) => html`
  <p class="state ${name} ${name === 'running' ? 'visually-hidden' : ''}">
    <span class="lamp"></span><span>${verdictWords(name)}</span>
  </p>
  ${{ mend: firstError, amber: amberMore, ready: warningLinks }[name]?.() ?? nothing}
`;

/** The first error, the way to its field, its proven fixes, or a model that accepts the link. */
function firstError() {
  const [first] = shownErrors();
  return html`
    <p class="first-error">${findingLink(first)}</p>
    <div class="fixes">
      ${needsReview(first) ? [reviewButton(first.path), takerButton()] : nothing}
      ${first.fixes.map((fix) => fixButton(fix))}
    </div>
  `;
}

/** What is missing for an exact price, the model that accepts what this one leaves out, and the warnings. */
const amberMore = () => html`
  ${state.result.losses.length ? html`<div class="fixes">${takerButton()}</div>` : nothing} ${missing()}
  ${warningLinks()}
`;

function missing() {
  const { needs } = priceWords(state.result.quote);
  return needs ? priceInput(needs) : lengthInput();
}

const warningLinks = () => html`
  <ul class="first-warnings">
    ${warningsOf(state.result.report).map((finding) => html`<li>${findingLink(finding)}</li>`)}
  </ul>
`;

/** The error summary: one link per error, in the words of the field. */
function summary() {
  const errors = state.tried ? errorsOf(state.result.report.findings) : [];
  if (!errors.length) return nothing;
  return html`<div id="summary-box" class="summary" role="group" tabindex="-1" aria-labelledby="summary-title">
    <h3 id="summary-title">${t('summary.title', { n: errors.length })}</h3>
    <ul>
      ${errors.map((f) => html`<li><span class="quiet-text">${placeWords(f.path)}</span> ${findingLink(f)}</li>`)}
    </ul>
    ${isFilled(state.draft, 'prompt') ? past(errors) : nothing}
  </div>`;
}

/** The way on for whoever knows that the rules are out of date: for this draft alone, and after a question. */
const past = (errors) => html`
  <p class="hint">${t('past.why')}</p>
  <button
    type="button"
    class="fix"
    id="send-past"
    @click=${async () => (await import('../send.js')).send({ past: true })}
  >
    <span>${rich(t('past.send', { rules: rulesOf(errors) }))}</span>
  </button>
`;
const rulesOf = (errors) => listOf([...new Set(errors.map(({ rule }) => `\`${rule}\``))]);

function foot() {
  if (state.failure) return nothing; // views/sent.js has the words
  const line = state.busy?.attempt ? t('send.waiting', { time: clock(Date.now() - state.busy.at) }) : destination();
  return html`<p class="pay-line quiet-text">${line}</p>`;
}

/** Where Send goes, and with whose key. */
function destination() {
  if (state.companion) return t('send.via_companion', { origin: state.companion.api_origin });
  return t(state.key.held ? 'send.to' : 'send.needs_key', { origin: callOrigin() });
}

const DAY_MS = 86_400_000;

/** The document's title: trouble first, then the newest task, then the page. */
export function titleText() {
  const errors = state.tried ? errorsOf(state.result?.report.findings ?? []) : [];
  if (errors.length) return t('title.error', { n: errors.length });
  const newest = newestRecord();
  const told = ['sending', 'following', 'completed', 'failed', 'unknown'].includes(newest?.state);
  return told && Date.now() - newest.at < DAY_MS ? titleOf(newest) : t('title');
}

function titleOf({ state: name, progress }) {
  if (name !== 'following') return `${t(`state.${name}`)} · Seedance Preflight`;
  return `${t('state.running')}${progress ? ` ${progress} %` : ''} · Seedance Preflight`;
}
