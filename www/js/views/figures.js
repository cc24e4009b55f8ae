// The figures of a tile's media: what was measured, and what the user types instead.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { t } from '../i18n.js';
import { cancelMeasure, measureAgain } from '../media.js';
import { setTyped, state } from '../state.js';
import { told } from './notes.js';
import { hasLength } from './thumbs.js';

const MEGABYTE = 1024 * 1024;
/** @param {number} n */
const inHundredths = (n) => (Math.round(n * 1000) / 1000).toFixed(2);

/**
 * What was measured, in one line: 3.20 s · 1280 × 720 · 25 fps.
 * @param {Measured} measured
 */
function measuredWords({ seconds, width, height, frame_rate, bytes }) {
  const facts = [];
  if (seconds !== undefined && Number.isFinite(seconds)) facts.push(t('seconds', { n: inHundredths(seconds) }));
  if (width) facts.push(`${width} × ${height}`);
  if (frame_rate) facts.push(t('facts.fps', { n: frame_rate }));
  if (bytes) facts.push(t('facts.mb', { n: (bytes / MEGABYTE).toFixed(1) }));
  return facts.join(' · ');
}

/**
 * @param {string} words
 * @param {() => void} act
 */
const linkButton = (words, act) => html`<button type="button" class="link" @click=${act}>${words}</button>`;

/** @param {Item} item */
const measuring = (item) =>
  html`<span>${t('measuring')}</span> ${linkButton(t('cancel'), () => cancelMeasure(item.id))}`;
/**
 * @param {Item} item
 * @param {string} field
 */
const unmeasured = (item, field) => html`
  <span
    >${t(`measure.${item.status}`)}
    ${field === 'reference_videos' && !hasLength(item) ? t('measure.enter') : nothing}</span
  >
  ${linkButton(t('measure.again'), () => measureAgain(item.id))}
`;

/** What to show of a measuring status. @type {Record<string, (item: Item, field: string) => unknown>} */
const STATUS = {
  waiting: measuring,
  measuring,
  unreadable: unmeasured,
  unloaded: unmeasured,
  canceled: unmeasured,
};

/**
 * @param {FilledTile} tile
 * @param {string} name
 */
export function mediaFacts({ field, item }, name) {
  const facts = measuredWords(item.measured ?? {});
  const refused = state.result.mediaError && Object.keys(item.typed ?? {}).length;
  return html`
    <div class="facts">
      ${STATUS[item.status]?.(item, field) ?? nothing}
      ${facts ? html`<span>${facts}</span> <span class="quiet-text">${t('measured')}</span>` : nothing}
      ${refused ? told('error', state.result.mediaError ?? '') : nothing}
    </div>
    ${field === 'reference_videos' ? typedFacts(item, name) : nothing}
  `;
}

/**
 * @param {Item} item
 * @param {string} name
 */
const typedFacts = (item, name) => html`
  <details class="typed" ?open=${STATUS[item.status] === unmeasured && !hasLength(item)}>
    <summary>${t('typed')} ${item.typed?.seconds ? typedSeconds(item.typed.seconds) : nothing}</summary>
    <div class="typed-grid">
      ${['seconds', 'width', 'height', 'frame_rate', 'bytes'].map((fact) => typedFact(item, fact, name))}
    </div>
  </details>
`;

/** @param {string} n */
const typedSeconds = (n) => html`· <b class="num">${t('seconds', { n })}</b> ${t('typed.yours')}`;

/**
 * @param {Item} item
 * @param {string} fact
 * @param {string} name
 */
const typedFact = (item, fact, name) => html`
  <label
    >${t(`typed.${fact}`)}<input
      type="text"
      inputmode="decimal"
      class="short"
      aria-label=${`${t(`typed.${fact}`)} · ${name}`}
      .value=${live(item.typed?.[fact] ?? '')}
      @input=${(/** @type {OnInput} */ event) => setTyped(item, fact, event.target.value)}
  /></label>
`;
