// What is wrong with the draft or will not be sent: shown at the fields, in the pay bar and in the summary, with what to do.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import * as core from '../core.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, isFilled, placeOf } from '../draft.js';
import { setPrice } from '../edits.js';
import { asSentence, fillFrom } from '../fill.js';
import { listOf, t } from '../i18n.js';
import { isAmount } from '../money.js';
import { goTo } from '../pages.js';
import { priceWords } from '../price.js';
import { changeDraft, setTyped, state, update } from '../state.js';
import { amountError } from './amount.js';
import { errorsOf, onEnter, rich, shown } from './parts.js';
import { firstWords, payState, payWords, shownErrors, warningsOf } from './pay.js';
import { isRefused, settle, textIn, typing } from './typed.js';
import { isRefusedLink, takerButton, wayOut, waysOut } from './ways.js';

/** Fields with a place of their own for findings; those of media are below the tiles (tiles.js). */
const PLACES = ['prompt', 'model'];
/** Fields in one row, whose findings are below it in its full width. */
const ROW = ['ratio', 'duration', 'resolution', 'orientation'];
const MARKED = ['prompt', ...ROW];

export function drawFindings() {
  const name = payState();
  for (const field of PLACES) render(findingList(shown(field)), at(`${field}-findings`));
  render(ROW.map(notes), at('opts-notes'));
  for (const field of MARKED) at(`f-${field}`)?.setAttribute('aria-invalid', String(hasErrors(field)));
  render(MORE[name]?.() ?? nothing, at('verdict-more'));
  render(summary(), at('summary'));
  announce(payWords());
}

/** @param {string} field */
const hasErrors = (field) => errorsOf(shown(field)).length > 0;

/** @param {string} field */
const notes = (field) => html`
  ${skippedNote(field)}
  <div id="${field}-findings" class="findings">${findingList(shown(field))}</div>
`;

/** The first error as a link to its field, with its fixes, asset review or another model. */
function firstError() {
  const [first] = shownErrors();
  return html`
    <p class="first-error">${findingLink(first)}</p>
    <div class="fixes">
      ${isRefusedLink(first) ? waysOut(first) : nothing} ${first.fixes.map((fix) => fixButton(fix))}
    </div>
  `;
}

/** What an exact price needs, a model that accepts what this one drops, and the warnings. */
const amberMore = () => html`
  ${state.result.losses.length ? html`<div class="fixes">${takerButton()}</div>` : nothing} ${asked()} ${warningLinks()}
`;

/** Asks for the unit price or length that is missing. */
function asked() {
  const { needs } = priceWords(state.result.quote);
  return needs ? priceInput(needs) : lengthInput();
}

const warningLinks = () => html`
  <ul class="first-warnings">
    ${warningsOf(state.result.report).map((finding) => html`<li>${findingLink(finding)}</li>`)}
  </ul>
`;

/** What is below the verdict, by `payState()`. @type {Record<string, () => unknown>} */
const MORE = { mend: firstError, amber: amberMore, ready: warningLinks };

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

/**
 * For a user who knows that the rules are out of date: sends this one draft anyway, after a question.
 * @param {Finding[]} errors
 */
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
/** @param {Finding[]} errors */
const rulesOf = (errors) => listOf([...new Set(errors.map(({ rule }) => `\`${rule}\``))]);

/**
 * A field for the missing unit price, right where it is needed.
 * @param {{ name: string; unit: Unit | undefined }} needs
 */
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
        aria-describedby="ask-price-error"
        aria-invalid=${isRefused('ask-price')}
        .value=${textIn('ask-price', '')}
        @input=${typing('ask-price')}
        @keydown=${onEnter(() => takePrice(name))}
      />
      <button type="button" class="plain" @click=${() => takePrice(name)}>${t('price.keep')}</button>
    </div>
    ${amountError('ask-price')}
  </div>
`;

/** @param {string} name */
function takePrice(name) {
  const input = at('ask-price');
  const take = (/** @type {string} */ value) => isAmount(value) && setPrice(name, value);
  if (input.value.trim()) settle('ask-price', take)({ target: input });
  (state.book.prices[name] === undefined ? input : at('send')).focus();
}

/** A field for the length that would make the price exact. */
function lengthInput() {
  const { index } = placeOf('unknown' in state.result.quote ? state.result.quote.unknown : '');
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
        @change=${(/** @type {OnInput} */ e) => setTyped(item, 'seconds', e.target.value)}
      />
    </div>
  `;
}

/** Verdict and price are announced once they settle, not at every key press. */
const SETTLED_MS = 800;
let spoken = /** @type {string | null} */ (null);
let speaking = 0;
/** @param {string} words */
function announce(words) {
  clearTimeout(speaking);
  spoken ??= firstWords;
  if (words === spoken) return;
  speaking = setTimeout(() => {
    spoken = words;
    at('verdict-live').textContent = words;
  }, SETTLED_MS);
}

/**
 * Applies a fix of the core to the draft; fields not sent stay as they are.
 * @param {Fix} fix
 */
function applyFix(fix) {
  const { body, skipped } = state.result;
  const fixed = core.applyFix(body, fix.patch);
  const left = skipped.map((s) => s.field);
  changeDraft((draft) => fillFrom(draft, fixed, left), asSentence(fix.label));
}

/** @param {Fix} fix */
export const fixButton = (fix, apply = applyFix) =>
  html`<button type="button" class="fix" @click=${() => apply(fix)}>${rich(fix.label)}</button>`;

/** @param {Finding} finding */
const fixes = (finding) => html`<div class="fixes">${finding.fixes.map((fix) => fixButton(fix))}</div>`;

/**
 * One finding with its fixes as buttons.
 * @param {Finding} finding
 */
const findingBox = (finding) => html`
  <div class="finding ${finding.severity}">
    <p><span class="visually-hidden">${t(finding.severity)}${t('colon')}</span>${rich(finding.message)}</p>
    ${isRefusedLink(finding) ? wayOut(finding) : nothing} ${finding.fixes.length ? fixes(finding) : nothing}
  </div>
`;

/** @param {Finding[]} findings */
export const findingList = (findings) => findings.map(findingBox);

/**
 * Moves the focus to the control of a finding's path, opening what hides it.
 * @param {string} path
 */
function focusControl(path) {
  const { field, index } = placeOf(path);
  const item = LISTS.includes(field) ? state.draft[field][index ?? -1] : null;
  const id = item ? `item-${item.id}` : LISTS.includes(field) ? 'add-tile' : `f-${field || 'model'}`;
  goTo('compose');
  if (item || FRAMES.includes(field)) update({ tile: id });
  const node = (state.tile === id && at('tile-url')) || at(id);
  node?.focus();
  node?.scrollIntoView({ block: 'center' });
}

/**
 * Where a finding is, in the page's words: “reference image 2”; people count from one.
 * @param {string} path
 */
export function placeWords(path) {
  const { field, index } = placeOf(path);
  if (!field) return '';
  return index === null ? t(field) : t(`item.${field}`, { n: index + 1 });
}

/**
 * A link to the field of a finding, in the finding's words.
 * @param {Finding} finding
 */
const findingLink = (finding) => html`
  <a
    href="#compose"
    data-path=${finding.path}
    @click=${(/** @type {Event} */ event) => {
      event.preventDefault();
      focusControl(finding.path);
    }}
    >${rich(finding.message)}</a
  >
`;

/**
 * Why a filled field is left out of the request.
 * @param {string} field
 */
export function skippedNote(field) {
  const skipped = state.result?.skipped.find((s) => s.field === field);
  if (!skipped) return nothing;
  const words = { model: state.draft.model, delivers: state.result.entry?.model.delivers ?? '' };
  return html`<p class="not-sent"><span class="tag">${t('not_sent')}</span> ${t(`not_sent.${skipped.why}`, words)}</p>`;
}
