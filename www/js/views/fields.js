// The fields that are always there: prompt, the row of ratio, duration and resolution, and the model.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { resolutionsOf } from '../draft.js';
import { t } from '../i18n.js';
import { money } from '../money.js';
import { state, update } from '../state.js';
import { apiName } from './parts.js';

/**
 * @param {string} field
 * @param {string} value
 */
const setField = (field, value) =>
  update((s) => {
    s.draft[field] = value;
  });

/** @param {string} field */
const touch = (field) => update((s) => s.touched.add(field));

/**
 * @param {string} field
 * @param {string} value
 */
const pick = (field, value) =>
  update((s) => {
    s.draft[field] = value;
    s.touched.add(field);
  });

/** Listeners of the fixed controls, once. */
export function wireFields() {
  for (const name of ['prompt', 'duration']) {
    at(`f-${name}`).addEventListener('input', (/** @type {OnInput} */ event) => setField(name, event.target.value));
    at(`f-${name}`).addEventListener('change', () => touch(name));
  }
  at('f-duration').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    if (!by || event.isComposing) return;
    event.preventDefault();
    step(by);
  });
  at('shorter').addEventListener('click', () => step(-1));
  at('longer').addEventListener('click', () => step(1));
}

/** @type {Record<string, number>} */
const STEPS = { ArrowUp: 1, ArrowDown: -1 };

/**
 * Moves the duration by a second, or to the next length, within what the route offers.
 * @param {number} by
 */
function step(by) {
  const rule = state.result.entry?.route.fields.duration;
  if (rule) pick('duration', String(next(rule, Number(state.draft.duration), by)));
}

/**
 * The next offered length in this direction, else the last one; the default if there is no number.
 * @param {Route['fields']['duration']} given
 * @param {number} seconds
 * @param {number} by
 */
function next({ min, max, choices, default: usual }, seconds, by) {
  if (!Number.isFinite(seconds)) return usual;
  const offered = choices ?? Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return by > 0
    ? (offered.find((n) => n > seconds) ?? offered.at(-1))
    : (offered.findLast((n) => n < seconds) ?? offered[0]);
}

/**
 * “4–15 s”, or “5 / 10 / 15 s” where only these are offered.
 * @param {Route['fields']['duration']} given
 */
const secondsWords = ({ min, max, choices }) =>
  choices ? t('seconds', { n: choices.join(' / ') }) : t('duration.range', { min, max });

export function drawFields() {
  const { draft, result, table } = state;
  const fields = result.entry?.route.fields;
  drawPrompt(draft, fields?.prompt.max);
  drawDuration(draft, fields?.duration);
  render(ratio(fields?.ratio, draft), at('ratio-field'));
  render(resolution(result.entry, draft), at('resolution-field'));
  render(needsOrientation(draft) ? orientation(table, draft) : nothing, at('orientation-field'));
  drawModel();
}

/**
 * Sets a value without disturbing the caret of the field that is being typed into.
 * @param {HTMLInputElement} node
 * @param {string} value
 */
const keep = (node, value) => {
  if (node.value !== value) node.value = value;
};

/**
 * @param {Draft} draft
 * @param {number | undefined} most
 */
function drawPrompt(draft, most) {
  keep(at('f-prompt'), draft.prompt);
  at('f-prompt').placeholder = t('prompt.placeholder');
  const n = [...draft.prompt].length;
  const count = at('prompt-count');
  count.textContent = most ? t('counter.of', { n, max: most }) : t('counter.chars', { n });
  count.classList.toggle('over', Boolean(most && n > most));
}

/**
 * @param {Draft} draft
 * @param {Route['fields']['duration'] | undefined} rule
 */
function drawDuration(draft, rule) {
  keep(at('f-duration'), draft.duration);
  if (rule) {
    at('duration-range').textContent = secondsWords(rule);
    at('duration-range').classList.toggle('below', Boolean(rule.choices));
    at('duration-hint').textContent = rule.undisputed_from
      ? t('duration.contested', { min: rule.min, max: rule.undisputed_from - 1 })
      : t('duration.hint', { n: rule.default });
  }
}

/**
 * What applies where a setting is left open: “Default 720p”.
 * @param {string | null} [usual]
 */
export const openWords = (usual) => (usual ? t('choice.default', { value: usual }) : t('choice.none'));
/** @param {string} [usual] */
const unset = (usual) => ({ value: '', label: openWords(usual) });
/** @param {string} value */
const asChoice = (value) => ({ value, label: value });
/**
 * A value that the route does not list stays visible.
 * @param {Choice[]} choices
 * @param {string} value
 */
const unlisted = (choices, value) => (choices.some((c) => c.value === value) ? [] : [asChoice(value)]);

/**
 * @param {{ value: string, label: string }[]} choices
 * @param {string} field
 */
const choice = (
  field,
  choices,
  take = (/** @type {string} */ value) => pick(field, value),
  value = state.draft[field],
) => html`
  <label for="f-${field}">${t(field)} ${apiName(field)}</label>
  <select
    id="f-${field}"
    aria-describedby="${field}-findings"
    @change=${(/** @type {OnInput} */ event) => take(event.target.value)}
  >
    ${choices.map((c) => html`<option value=${c.value} .selected=${c.value === value}>${c.label}</option>`)}
  </select>
`;

/**
 * @param {Entry | null} entry
 * @param {Draft} draft
 */
function resolution(entry, draft) {
  const rule = entry && resolutionsOf(entry);
  if (entry && rule && !rule.offered.length && !draft.resolution) return fixedResolution(entry.model.delivers ?? '');
  const choices = [unset(rule?.default), ...(rule?.offered ?? []).map(asChoice)];
  return choice('resolution', [...choices, ...unlisted(choices, draft.resolution)]);
}

/**
 * The one resolution of a model that offers no choice.
 * @param {string} size
 */
const fixedResolution = (size) => html`
  <span class="label">${t('resolution')} ${apiName('resolution')}</span>
  <p class="fixed-value" title=${t('resolution.fixed', { size })}>${size}</p>
`;

const OTHER = 'other';

/**
 * @param {Route['fields']['ratio'] | undefined} rule
 * @param {Draft} draft
 */
function ratio(rule, draft) {
  const listed = [unset(rule?.default), ...(rule?.list ?? []).map(asChoice)];
  const choices = [...listed, ...unlisted(listed, draft.ratio)];
  if (rule?.closed) return choice('ratio', choices);
  const own = state.ownRatio || choices.length > listed.length;
  return html`
    ${choice('ratio', [...listed, { value: OTHER, label: t('ratio.other_short') }], takeRatio, own ? OTHER : draft.ratio)}
    ${own ? ownRatio(draft) : nothing}
  `;
}

/**
 * “Other” opens a field for any ratio.
 * @param {string} value
 */
const takeRatio = (value) =>
  update((s) => {
    s.ownRatio = value === OTHER;
    s.draft.ratio = s.ownRatio ? '' : value;
    s.touched.add('ratio');
  });

/** @param {Draft} draft */
const ownRatio = (draft) => html`
  <input
    id="f-ratio-own"
    type="text"
    maxlength="12"
    placeholder="5:4"
    aria-label=${t('ratio.other')}
    .value=${draft.ratio}
    @input=${(/** @type {OnInput} */ event) => setField('ratio', event.target.value)}
    @change=${() => touch('ratio')}
  />
`;

/**
 * An older form of the ratio: for developers, or if it is filled in.
 * @param {Draft} draft
 */
const needsOrientation = (draft) => state.developer || draft.orientation !== '';

/**
 * @param {Table} table
 * @param {Draft} draft
 */
function orientation(table, draft) {
  const listed = table.fields.find((f) => f.field === 'orientation')?.choices ?? []; // the same on every route
  const choices = [unset(), ...listed.map((value) => ({ value, label: t(`orientation.${value}`) }))];
  return choice('orientation', [...choices, ...unlisted(choices, draft.orientation)]);
}

function drawModel() {
  at('f-model').value = state.draft.model;
  render(modelRow(state.result.entry), at('f-model'));
}

/** @param {Entry | null} entry */
const modelRow = (entry) => html`
  <b><span class="visually-hidden">${t('model')}${t('colon')}</span>${state.draft.model || t('model.choose')}</b>
  ${entry ? unitPrice(entry.route.unit) : nothing}
  <span class="go" aria-hidden="true">›</span>
  ${entry ? html`<span class="hint clip">${takesWords(entry)}</span>` : nothing}
`;

/**
 * “$0.05 per second”, if the book has the unit price.
 * @param {Unit} unit
 */
function unitPrice(unit) {
  const { unit_price: price, currency } = state.result.quote;
  return html`<span class="num"
    >${price ? html`<b>${money(String(price), currency)}</b> ` : nothing}${t(`unit.${unit}`)}</span
  >`;
}

/**
 * What a model accepts, from the table, in one line.
 * @param {Entry} entry
 */
export function takesWords({ route, model }) {
  const f = route.fields;
  const { max } = f.reference_videos;
  const videos = max == null ? t('takes.videos') : t('takes.videos_max', { max });
  const audio = f.reference_audios.paired ? 'takes.audios_paired' : 'takes.audios';
  return [
    secondsWords(f.duration),
    resolutionsOf({ route, model }).offered.join(' / ') || model.delivers,
    f.images.max == null ? t('takes.images') : t('takes.images_max', { max: f.images.max }),
    t(`takes.frames.${f.frames.alone}`),
    model.takes_videos ? videos : t('takes.no_videos'),
    t(f.reference_audios.taken ? audio : 'takes.no_audios'),
  ].join(' · ');
}
