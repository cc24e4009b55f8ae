// One task in pieces: its state, its video, what it cost, and what can be done with it.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { followAgain, hindrance } from '../follow.js';
import { t } from '../i18n.js';
import { clock, span } from '../times.js';
import { chargeBeside, expiresSoon, leftOf } from '../library.js';
import { money } from '../money.js';
import { companionLink, fileName, isResultLink, markSaved, saveResult } from '../save.js';
import { state } from '../state.js';
import { doubtBox, explained } from './failure.js';
import { reasonOf } from './reason.js';
import { copyButton } from './links.js';

/**
 * What the service says it charged, the difference to the quote, and what may explain it.
 * @param {Attempt} record
 */
export function chargeWords(record) {
  const { charged } = record;
  const beside = chargeBeside(record);
  if (!beside || !charged) return null;
  return html`<span class="charge">
    <b class="num">${money(charged.amount, charged.currency)}</b>
    ${beside.same ? html`<span class="tag strong-tag">${t('charge.same')}</span>` : nothing}
    ${beside.difference ? html`<span class="tag amber num">${beside.difference}</span>` : nothing}
    ${beside.why ? html`<span class="quiet-text">${beside.why}</span>` : nothing}
  </span>`;
}

/** What a card shows between its head and its foot, by the record's state. @type {Record<string, (record: Attempt) => unknown>} */
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

/**
 * What can be seen of a task and done with it, by its state.
 * @param {Attempt} record
 */
export const bodyOf = (record) => BODIES[record.state]?.(record) ?? nothing;

/** @type {Record<string, string>} */
const KNOWN_STATUS = {
  queued: 'state.queued',
  pending: 'state.queued',
  submitted: 'state.queued',
  processing: 'state.processing',
};

/**
 * The state in words; an unknown status is shown as it is.
 * @param {Attempt} record
 */
export function stateWords({ state: name, status = '' }) {
  if (name !== 'following') return t(`state.${name}`);
  return KNOWN_STATUS[status] ? t(KNOWN_STATUS[status]) : status;
}

/**
 * A bar with its percentage, if the service gives one.
 * @param {Attempt} record
 */
export const progressBar = ({ progress }) =>
  progress == null
    ? html`<progress aria-label=${t('task.progress')}></progress>`
    : html`<progress max="100" .value=${progress} aria-label=${t('task.progress')}></progress
        ><span class="num">${progress} %</span>`;

/** @param {Attempt} record */
function following(record) {
  const why = hindrance(record);
  return html`
    <div class="running">${progressBar(record)}<span class="num elapsed">${clock(Date.now() - record.at)}</span></div>
    ${why ? html`<p class="price-note">${hindranceWords(why, record)}</p>` : nothing}
    ${record.trouble && !why ? trouble(record.trouble) : nothing}
  `;
}

/**
 * @param {string} why
 * @param {Attempt} record
 */
const hindranceWords = (why, record) =>
  why === 'no-key' && state.companion ? t('companion.no_key') : t(`hindrance.${why}`, record);

/** @param {Failure} f */
const trouble = (f) => html`
  <p class="price-note">
    ${t('trouble')} ${reasonOf(f)} ${f.retryAfter ? t('trouble.wait', { wait: span(f.retryAfter * 1000) }) : nothing}
  </p>
`;

/** @param {Attempt} record */
function completed(record) {
  const left = leftOf(record);
  if (left <= 0) return html`<div class="gone-box">${t('expired')}</div>`;
  if (!isResultLink(record.video_url)) return oddLink(record.video_url);
  return html`
    ${player(record)} ${expiryOf(record)}
    <div class="fixes">${keeping(record)}</div>
    ${savingWords(record)}
  `;
}

/**
 * The ways to keep a finished video.
 * @param {Attempt} record
 */
export const keeping = (record) =>
  html`${saveButton(record)} ${copyButton(() => record.video_url ?? '', t('copy.link'))}`;
/** @param {Attempt} record */
export const savingWords = ({ attempt, saved_at: saved }) => {
  const said = state.saving?.[attempt] ?? (saved && 'saved');
  return said ? html`<p class="price-note" role="status">${t(said)}</p>` : nothing;
};

/**
 * How long the link lasts; a warning if that is short.
 * @param {Attempt} record
 */
export const expiryOf = (record) => (Number.isFinite(leftOf(record)) ? expiry(record) : nothing);

/** @param {string | undefined} url */
const oddLink = (url) => html`<p class="warn-box">${t('result.odd')} <code>${url}</code></p>`;

/**
 * The video's metadata give its true shape; the time in the link shows its first frame.
 * @param {Attempt} record
 */
export const player = (record) => html`
  <video
    class="player"
    controls
    muted
    playsinline
    preload="metadata"
    src="${record.video_url}#t=0.001"
    @loadedmetadata=${(/** @type {On<HTMLVideoElement>} */ { target }) => target.classList.toggle('tall', target.videoHeight > target.videoWidth)}
    aria-label=${t('player', { model: record.model })}
  ></video>
`;

/**
 * A sentence with the time left, which no line break divides.
 * @param {string} id
 * @param {number} left
 */
export function leftWords(id, left, n = 1) {
  const [before, after] = t(id, { n, left: '\n' }).split('\n');
  return html`${before}<span class="num">${span(left)}</span>${after}`;
}

/** @param {Attempt} record */
const expiry = (record) =>
  expiresSoon(record) && !record.saved_at
    ? html`<p class="warn-box">${leftWords('expires.soon', leftOf(record))}</p>`
    : html`<p class="quiet-text">${t('expires', { left: span(leftOf(record)) })}</p>`;

/** @param {Attempt} record */
function saveButton(record) {
  const through = companionLink(record);
  return through
    ? html`<a class="plain small" href=${through} download=${fileName(record)} @click=${() => markSaved(record)}
        >${t('save')}</a
      >`
    : html`<button type="button" class="plain small" @click=${() => saveResult(record)}>${t('save')}</button>`;
}

/** Texts for known vendor codes; the original is always shown below. @type {[RegExp, string][]} */
const KNOWN = [
  [/MODERATION|SensitiveContent|PolicyViolation|TRADEMARK/i, 'ark.moderation'],
  [/timed? ?out|RequestTimeout/i, 'ark.timeout'],
  [/DURATION_TOO_LONG/i, 'ark.too_long'],
  [/InvalidParameter|invalid (image|video)/i, 'ark.input'],
  [/QuotaExceeded|RateLimit|ServerOverloaded|系统繁忙/i, 'ark.busy'],
];

/** @param {Attempt} record */
function failed({ error_message: message = '' }) {
  const known = KNOWN.find(([pattern]) => pattern.test(message));
  return html`
    <p>${t(known ? known[1] : 'ark.other')}</p>
    ${message ? html`<blockquote class="said">${message}</blockquote>` : nothing}
    <p class="quiet-text">${t('failed.charge')}</p>
  `;
}
