// The fields that are always there: model, prompt, duration, and the choices that depend on the route.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { at } from '../dom.js';
import { entryOf } from '../draft.js';
import { t } from '../i18n.js';
import { chooseModel, state, update } from '../state.js';
import { apiName, describe, errorsOf, findingList, shown, skippedNote } from './parts.js';

const setField = (field, value) =>
  update((s) => {
    s.draft[field] = value;
  });

const touch = (field) => update((s) => s.touched.add(field));

/** Listeners of the fixed controls, once. */
export function wireFields() {
  at('f-model').addEventListener('change', (event) => chooseModel(event.target.value));
  for (const name of ['prompt', 'duration']) {
    at(`f-${name}`).addEventListener('input', (event) => setField(name, event.target.value));
    at(`f-${name}`).addEventListener('change', () => touch(name));
  }
  at('f-duration').addEventListener('keydown', stepDuration);
  at('f-duration-slide').addEventListener('input', (event) => pick('duration', event.target.value));
}

const STEPS = { ArrowUp: 1, ArrowDown: -1 };

/** The arrow keys move the duration by a second, within what the route offers. */
function stepDuration(event) {
  const by = STEPS[event.key];
  const rule = state.result.entry?.route.fields.duration;
  if (!by || !rule || event.isComposing) return;
  event.preventDefault();
  pick('duration', String(within(rule, Number(state.draft.duration) + by)));
}

/** The nearest whole second that the route offers; its default for what is no number. */
function within({ min, max, default: usual }, seconds) {
  return Number.isFinite(seconds) ? Math.min(max, Math.max(min, Math.round(seconds))) : usual;
}

export function drawFields() {
  const { draft, result, table } = state;
  drawModel(table);
  const fields = result.entry?.route.fields;
  drawPrompt(draft, fields?.prompt.max);
  drawDuration(draft, fields?.duration);
  render(
    chips('resolution', resolutionChoices(fields?.resolution, draft), fixedResolution(result.entry, draft)),
    at('resolution-field'),
  );
  render(
    chips('ratio', ratioChoices(fields?.ratio, draft), fields?.ratio.closed ? nothing : otherRatio()),
    at('ratio-field'),
  );
  render(chips('orientation', orientationChoices(table)), at('orientation-field'));
}

/** Sets a value without disturbing the caret of the field that is being typed into. */
const keep = (node, value) => {
  if (node.value !== value) node.value = value;
};

function drawFindings(field, hints) {
  const findings = shown(field);
  render(findingList(findings), at(`${field}-findings`));
  describe(at(`f-${field}`), [...hints, `${field}-findings`], errorsOf(findings).length > 0);
}

function drawPrompt(draft, most) {
  keep(at('f-prompt'), draft.prompt);
  const n = [...draft.prompt].length;
  const count = at('prompt-count');
  count.textContent = most ? t('counter.of', { n, max: most }) : t('counter.chars', { n });
  count.classList.toggle('over', Boolean(most && n > most));
  drawFindings('prompt', ['prompt-hint', 'prompt-count']);
}

function drawModel(table) {
  const { model } = state.draft;
  const entry = entryOf(table, model);
  render([entry ? nothing : unknownModel(model), table.routes.map(modelGroup)], at('f-model'));
  keep(at('f-model'), model);
  render(entry ? takes(entry) : nothing, at('model-takes'));
  drawFindings('model', ['model-takes']);
}

const unknownModel = (model) => html`<option value=${model} selected>${model || t('model.choose')}</option>`;

const modelGroup = (route) => html`
  <optgroup label=${`${route.title[state.lang]} · ${t(`unit.${route.unit}`)}`}>
    ${route.models.map(modelOption)}
  </optgroup>
`;

const modelOption = ({ model, expects_videos }) => html`
  <option value=${model} ?selected=${model === state.draft.model}>
    ${expects_videos ? `${model} · ${t('model.video')}` : model}
  </option>
`;

/** What a model accepts, read off the table. */
function takes({ route, model }) {
  const f = route.fields;
  const audio = f.reference_audios.paired ? 'takes.audios_paired' : 'takes.audios';
  const { max } = f.reference_videos;
  const videos = max == null ? t('takes.videos') : t('takes.videos_max', { max });
  const list = [
    t('takes.seconds', { min: f.duration.min, max: f.duration.max }),
    f.resolution.offered.length ? f.resolution.offered.join(' / ') : t('takes.delivers', { size: model.delivers }),
    f.images.max == null ? t('takes.images') : t('takes.images_max', { max: f.images.max }),
    t(`takes.frames.${f.frames.alone}`),
    model.takes_videos ? videos : t('takes.no_videos'),
    t(f.reference_audios.taken ? audio : 'takes.no_audios'),
  ];
  return html`<ul class="tags">
    <li class="tag strong-tag">${t(`unit.${route.unit}`)}</li>
    ${list.map((text) => html`<li class="tag">${text}</li>`)}
  </ul>`;
}

function drawDuration(draft, rule) {
  keep(at('f-duration'), draft.duration);
  const slide = at('f-duration-slide');
  slide.hidden = !rule;
  if (rule) {
    const { min, max } = rule;
    Object.assign(slide, { min, max });
    keep(slide, String(within(rule, draft.duration === '' ? NaN : Number(draft.duration))));
    at('duration-range').textContent = t('duration.range', { min, max });
    at('duration-hint').textContent = rule.undisputed_from
      ? t('duration.contested', { min, max: rule.undisputed_from - 1 })
      : t('duration.hint', { n: rule.default });
  }
  drawFindings('duration', ['duration-range', 'duration-hint']);
}

const unset = (usual) => ({ value: '', label: usual ? t('choice.default', { value: usual }) : t('choice.none') });
const asChoice = (value) => ({ value, label: value });
/** A value that the route does not list stays visible. */
const unlisted = (choices, value) =>
  choices.some((c) => c.value === value) ? [] : [{ value, label: value, off: true }];

function resolutionChoices(rule, draft) {
  const choices = [unset(rule?.default), ...(rule?.offered ?? []).map(asChoice)];
  return [...choices, ...unlisted(choices, draft.resolution)];
}

/** The one resolution of a model that offers no choice, unless another was chosen before. */
function fixedResolution(entry, draft) {
  if (!entry || entry.route.fields.resolution.offered.length || draft.resolution) return nothing;
  return html`<p class="fixed-value">${t('resolution.fixed', { size: entry.model.delivers ?? '' })}</p>`;
}

function ratioChoices(rule, draft) {
  const choices = [unset(rule?.default), ...(rule?.list ?? []).map((value) => ({ ...asChoice(value), shape: value }))];
  return rule?.closed ? [...choices, ...unlisted(choices, draft.ratio)] : choices;
}

/** A ratio in the user's own figures, where the route does not close the list. */
function otherRatio() {
  const listed = ratioChoices(state.result.entry?.route.fields.ratio, state.draft);
  const own = listed.some((c) => c.value === state.draft.ratio) ? '' : state.draft.ratio;
  return html`<label class="chip-text ${own ? 'on' : ''}"
    ><span class="visually-hidden">${t('ratio.other')}</span>
    <input
      type="text"
      size="7"
      maxlength="12"
      placeholder=${t('ratio.other_short')}
      .value=${live(own)}
      @input=${(event) => setField('ratio', event.target.value)}
      @change=${() => touch('ratio')}
    />
  </label>`;
}

const orientationChoices = (table) => [
  unset(),
  ...table.fields
    .find((f) => f.field === 'orientation') // the same on every route
    .choices.map((value) => ({ value, label: t(`orientation.${value}`) })),
];

const pick = (field, value) =>
  update((s) => {
    s.draft[field] = value;
    s.touched.add(field);
  });

/**
 * A field as a row of choices; `more` follows them, or takes their place where the model leaves no choice.
 * @param {unknown} [more]
 */
const chips = (field, choices, more = nothing) => html`
  <fieldset aria-describedby="${field}-findings">
    <legend><span>${t(field)}</span> ${apiName(field)}</legend>
    <div class="chips">
      ${choices.length > 1 ? choices.map((choice, i) => chip(field, choice, i)) : nothing} ${more}
    </div>
    ${skippedNote(field)}
    <div id="${field}-findings" class="findings">${findingList(shown(field))}</div>
  </fieldset>
`;

const chip = (field, choice, i) => html`
  <label class="chip ${choice.off ? 'off' : ''}">
    <input
      type="radio"
      name="f-${field}"
      id=${i === 0 ? `f-${field}` : `f-${field}-${i}`}
      .checked=${live(choice.value === state.draft[field])}
      value=${choice.value}
      @change=${() => pick(field, choice.value)}
    />
    <span>${choice.shape ? shape(choice.shape) : nothing}${choice.label}</span>
  </label>
`;

/** A little rectangle of that ratio. */
function shape(ratio) {
  const [w, h] = ratio.split(':').map(Number);
  if (!w || !h) return nothing;
  const scale = 14 / Math.max(w, h);
  const [x, y] = [w * scale, h * scale];
  return html`<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <rect x=${8 - x / 2} y=${8 - y / 2} width=${x} height=${y} rx="1.5"></rect>
  </svg>`;
}
