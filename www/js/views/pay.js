// The pay bar: price, verdict and Generate.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { callOrigin } from '../origins.js';
import { at } from '../dom.js';
import { listOf, t } from '../i18n.js';
import { bookAge, highest, isOld, priceText, priceWords, within } from '../price.js';
import { doubtfulRecord, state } from '../state.js';
import { errorsOf, lossWords, mayShow } from './parts.js';

/** Errors that may be shown now. */
export const shownErrors = () => errorsOf(state.result.report.findings).filter(mayShow);

/** Is a task of this very draft under way? */
const isRunning = () =>
  [...state.records.values()].some((r) => r.state === 'following' && r.body === state.result.text);

/** What the bar says: `sending`, `mend`, `incomplete`, `doubt`, `running`, `amber` (a loss, or no exact price) or `ready`. */
export function payState() {
  const { report, losses, quote } = state.result;
  if (state.busy && !state.busy.asking) return 'sending';
  if (!report.accepted) return shownErrors().length ? 'mend' : 'incomplete';
  if (doubtfulRecord()) return 'doubt';
  if (isRunning()) return 'running';
  return losses.length || quote.kind !== 'exact' ? 'amber' : 'ready';
}

/** What Send would do now: the request, its price, and what the bar says of it. */
export const offer = () => JSON.stringify([state.result.text, state.result.quote, payState()]);

/** Verdict and price in one line. */
export const payWords = () => verdictWords(payState()) + t('stop') + priceText(state.result.quote);
/** The bar's first text, which is not announced. */
export let firstWords = '';

export function drawPay() {
  const name = payState();
  firstWords ||= payWords();
  at('pay').dataset.state = name;
  render(price(), at('price'));
  move();
  at('state').className = `state ${name} ${name === 'running' ? 'visually-hidden' : ''}`; // the strip shows it
  at('state-words').textContent = verdictWords(name);
  render(destination(), at('destination'));
  at('send-label').textContent = state.held ? t('send.held') : sendWords(name);
  at('send').setAttribute('aria-disabled', String(Boolean(state.busy || state.held)));
}

/**
 * “Generate without the video · $0.40”.
 * @param {string} name
 */
function sendWords(name) {
  if (name === 'sending') return t('send.busy');
  const { losses, quote } = state.result;
  const left = losses.filter(({ why }) => why === 'model').map(({ field }) => withoutWords(field));
  const act = left.length ? t('send.without', { list: listOf(left) }) : t(name === 'running' ? 'send.more' : 'send');
  return highest(quote) === null && !('reason' in quote && quote.reason === 'no-price')
    ? act
    : `${act} · ${within(priceText(quote))}`;
}

/** @param {string} field */
const withoutWords = (field) => t(`without.${field}`, { n: state.draft[field].length });

/** A price that changes moves a little. */
const MOVE_MS = 150;
const still = matchMedia('(prefers-reduced-motion: reduce)');
let moved = '';
function move() {
  const head = at('price-head');
  if (head.textContent === moved) return;
  if (moved && !still.matches) head.animate({ translate: ['0 4px', '0 0'] }, MOVE_MS);
  moved = head.textContent;
}

/** @param {PriceWords} words */
const oneHead = (words) => html`<span class="num">${words.head}</span>`;
/** @param {PriceWords} words */
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

/** @param {PriceWords} words */
const billing = (words) => html`
  <code>${words.billing}</code>
  ${state.result.quote.basis === 'inferred' ? inferred() : nothing} ${words.asOf ? dated(words.asOf) : nothing}
`;

const inferred = () => html`<span class="tag" title=${t('inferred.why')}>${t('inferred')}</span>`;

/** @param {string} asOf */
function dated(asOf) {
  const age = bookAge(asOf);
  return html`<span>${t('price.as_of', { date: asOf })} ${isOld(age) ? old(age) : nothing}</span>`;
}

/** @param {number | null} age */
const old = (age) => html`<span class="tag amber">${t('price.old', { n: age })}</span>`;

/** A length that the user typed is named as such beside the price. */
function firstVideoFigure() {
  const seconds = state.draft.reference_videos[0]?.typed?.seconds;
  if (!seconds || !('parts' in state.result.quote && state.result.quote.parts.length > 1)) return nothing;
  return html`<p class="price-note">${t('price.your_figure', { n: seconds })}</p>`;
}

/** @param {RuleReport} report */
export const warningsOf = (report) => report.findings.filter((f) => f.severity === 'warning');

/**
 * The verdict in one sentence.
 * @param {string} name
 */
function verdictWords(name) {
  const { report, losses } = state.result;
  const warnings = warningsOf(report).length;
  const ready = warnings ? t('verdict.accepted_notes', { n: warnings }) : t('verdict.accepted');
  /** @type {Record<string, () => string>} */
  const words = {
    sending: () => t('send.busy'),
    mend: () => t('verdict.errors', { n: shownErrors().length }),
    incomplete: () => t(state.draft.prompt.trim() ? 'verdict.incomplete' : 'verdict.prompt'),
    doubt: () => t('verdict.doubt'),
    running: () => t('verdict.running'),
    amber: () =>
      losses.length ? lossWords({ ...state.result, draft: state.draft }).join(' · ') : t('verdict.unpriced'),
    ready: () => ready,
  };
  return words[name]();
}

/** Where Send goes, and with whose key. */
function destination() {
  if (state.failure || state.busy?.attempt) return ''; // views/sent.js has the words
  if (state.companion) return t('send.via_companion', { origin: state.companion.api_origin });
  const origin = callOrigin();
  if (state.key.held) return t('send.to', { origin });
  return html`<a href="#connection" data-at="key">${t('send.needs_key', { origin })}</a>`;
}
