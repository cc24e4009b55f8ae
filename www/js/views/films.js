// The tasks of the library as tiles: their first frames or prompts, what they cost, and how long they last.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../i18n.js';
import { amend, mayBeForgotten, remove } from '../journal.js';
import { canBeSaved, chargeBeside, expiresSoon, leftOf } from '../library.js';
import { money } from '../money.js';
import { narrow } from '../pages.js';
import { state, update } from '../state.js';
import { span } from '../times.js';
import { showOnStage } from './stage.js';
import { stateWords } from './tasks.js';

/** @param {Attempt} record */
export const promptOf = ({ body }) => JSON.parse(body).prompt;
/**
 * The seconds that were asked for; empty where the route's default applies.
 * @param {Attempt} record
 */
function secondsOf({ body }) {
  const { duration } = JSON.parse(body);
  return duration ? t('seconds', { n: duration }) : '';
}

/**
 * Shows a task on the stage. Beside the stage, the focus stays where it is.
 * @param {string} attempt
 */
export function choose(attempt) {
  if (narrow.matches) showOnStage(attempt);
  else update({ chosen: attempt });
}

/**
 * A task as a tile: its first frame, or else its prompt.
 * @param {Attempt} record
 */
export const film = (record) => html`
  <li class="film">
    <button
      type="button"
      class="poster"
      aria-pressed=${String(state.chosen === record.attempt)}
      aria-label=${`${t('library.show', { state: stateWords(record), prompt: promptOf(record) })} ${secondsOf(record)}`}
      @click=${() => choose(record.attempt)}
    >
      ${canBeSaved(record) ? picture(record) : blank(record)}
      ${secondsOf(record) ? html`<span class="poster-length num">${secondsOf(record)}</span>` : nothing}
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

/**
 * Loads each video below this element when it comes near the screen, not all at once.
 * @param {HTMLElement} element
 */
export function loadPosters(element) {
  for (const video of element.querySelectorAll('video[data-src]:not([src])')) posters.observe(video);
}

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
