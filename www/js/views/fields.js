// The fields that are always there: model, prompt, length, and the choices that depend on the route.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { entryOf, isFilled, FIELDS } from '../draft.js';
import { t } from '../i18n.js';
import { changeDraft, state, update } from '../state.js';
import { describe, errorsOf, findingList, shown, skippedNote } from './parts.js';

const at = (id) => document.getElementById(id);

/** Listeners of the fixed controls, once. */
export function wireFields() {
  at('f-model').addEventListener('change', (event) => chooseModel(event.target.value));
  at('f-prompt').addEventListener('input', (event) =>
    update((s) => {
      s.draft.prompt = event.target.value;
    }),
  );
  at('f-duration').addEventListener('input', (event) =>
    update((s) => {
      s.draft.duration = event.target.value;
    }),
  );
  at('f-duration-slide').addEventListener('input', (event) =>
    update((s) => {
      s.draft.duration = event.target.value;
      s.touched.add('duration');
    }),
  );
  for (const name of ['prompt', 'duration'])
    at(`f-${name}`).addEventListener('change', () => update((s) => s.touched.add(name)));
}

/** Switches the model; everything that was filled stays, and may now be told off. */
export function chooseModel(model) {
  changeDraft((draft, s) => {
    draft.model = model;
    s.touched.add('model');
    for (const field of FIELDS) if (isFilled(draft, field)) s.touched.add(field);
  });
}

export function drawFields() {
  const { draft, result, table } = state;
  drawModel(table);
  const entry = result.entry;
  const fields = entry?.route.fields;
  keep(at('f-prompt'), draft.prompt);
  const length = [...draft.prompt].length;
  const most = fields?.prompt.max;
  at('prompt-count').textContent = most ? t('counter.of', { n: length, max: most }) : t('counter.chars', { n: length });
  at('prompt-count').classList.toggle('over', Boolean(most && length > most));
  drawFindings('prompt', ['prompt-hint', 'prompt-count']);
  drawDuration(draft, fields?.duration);
  render(chips('resolution', resolutionChoices(fields?.resolution, draft), result), at('resolution-field'));
  render(chips('ratio', ratioChoices(fields?.ratio, draft), result, !fields?.ratio.closed), at('ratio-field'));
  render(
    chips(
      'orientation',
      orientations(table).map((value) => ({ value, label: t(`orientation.${value}`), code: value })),
      result,
    ),
    at('orientation-field'),
  );
}

/** The values of a field that is the same on every route. */
const orientations = (table) => table.fields.find((f) => f.field === 'orientation').choices;

/** Sets a value without disturbing the caret of the field that is being typed into. */
const keep = (node, value) => {
  if (node.value !== value) node.value = value;
};

function drawFindings(field, hints, control = at(`f-${field}`)) {
  const findings = shown(field);
  render(findingList(findings), at(`${field}-findings`));
  describe(control, [...hints, `${field}-findings`], errorsOf(findings).length > 0);
}

function drawModel(table) {
  const lang = state.lang;
  render(
    [
      entryOf(table, state.draft.model)
        ? ''
        : html`<option value=${state.draft.model} selected>${state.draft.model || t('model.choose')}</option>`,
      table.routes.map(
        (route) =>
          html`<optgroup label=${`${route.title[lang]} · ${t(`unit.${route.unit}`)}`}>
            ${route.models.map((m) => html`<option value=${m.model} ?selected=${m.model === state.draft.model}>${m.model}${m.expects_videos ? ` · ${t('model.video')}` : ''}</option>`)}
          </optgroup>`,
      ),
    ],
    at('f-model'),
  );
  keep(at('f-model'), state.draft.model);
  const entry = entryOf(table, state.draft.model);
  render(entry ? takes(entry) : '', at('model-takes'));
  drawFindings('model', ['model-takes']);
}

/** What a model takes, read off the table. */
export function takes({ route, model }) {
  const f = route.fields;
  const list = [
    t('takes.seconds', { min: f.duration.min, max: f.duration.max }),
    f.resolution.offered.length ? f.resolution.offered.join(' / ') : t('takes.delivers', { size: model.delivers }),
    f.images.max == null ? t('takes.images') : t('takes.images_max', { max: f.images.max }),
    t(`takes.frames.${f.frames.alone}`),
    model.takes_videos
      ? f.reference_videos.max == null
        ? t('takes.videos')
        : t('takes.videos_max', { max: f.reference_videos.max })
      : null,
    f.reference_audios.taken ? t(f.reference_audios.paired ? 'takes.audios_paired' : 'takes.audios') : null,
  ].filter(Boolean);
  const not = [
    model.takes_videos ? null : t('takes.no_videos'),
    f.reference_audios.taken ? null : t('takes.no_audios'),
  ].filter(Boolean);
  return html`<ul class="tags">
    <li class="tag strong-tag">${t(`unit.${route.unit}`)}</li>
    ${list.map((text) => html`<li class="tag">${text}</li>`)}
    ${not.map((text) => html`<li class="tag off">${text}</li>`)}
  </ul>`;
}

function drawDuration(draft, rule) {
  keep(at('f-duration'), draft.duration);
  const slide = at('f-duration-slide');
  slide.hidden = !rule;
  if (rule) {
    slide.min = rule.min;
    slide.max = rule.max;
    const number = Number(draft.duration);
    keep(
      slide,
      String(
        draft.duration !== '' && Number.isFinite(number)
          ? Math.min(rule.max, Math.max(rule.min, Math.round(number)))
          : rule.default,
      ),
    );
    at('duration-range').textContent = t('duration.range', { min: rule.min, max: rule.max });
    at('duration-hint').textContent = rule.undisputed_from
      ? t('duration.contested', { min: rule.min, max: rule.undisputed_from - 1 })
      : t('duration.hint', { n: rule.default });
  }
  drawFindings('duration', ['duration-range', 'duration-hint']);
}

function resolutionChoices(rule, draft) {
  const offered = rule?.offered ?? [];
  const list = offered.map((value) => ({ value, label: value, code: value }));
  const first = { value: '', label: rule?.default ? t('choice.default', { value: rule.default }) : t('choice.none') };
  return withCurrent([first, ...list], draft.resolution);
}

function ratioChoices(rule, draft) {
  const list = (rule?.list ?? []).map((value) => ({ value, label: value, code: value, shape: value }));
  const first = { value: '', label: rule?.default ? t('choice.default', { value: rule.default }) : t('choice.none') };
  return [first, ...list].concat(
    list.some((c) => c.value === draft.ratio) || !draft.ratio || !rule?.closed
      ? []
      : [{ value: draft.ratio, label: draft.ratio, code: draft.ratio, off: true }],
  );
}

/** A value that the route does not list stays visible. */
const withCurrent = (choices, value) =>
  choices.some((c) => c.value === value) ? choices : [...choices, { value, label: value, code: value, off: true }];

const pick = (field, value) =>
  update((s) => {
    s.draft[field] = value;
    s.touched.add(field);
  });

function chips(field, choices, result, open = false) {
  const value = state.draft[field];
  const fixed = field === 'resolution' && result.entry && !result.entry.route.fields.resolution.offered.length;
  const known = choices.some((c) => c.value === value);
  const findings = shown(field);
  const all = field === 'orientation' ? [{ value: '', label: t('choice.none') }, ...choices] : choices;
  return html`<fieldset aria-describedby="${field}-findings">
    <legend><span>${t(field)}</span> <code>${field}</code></legend>
    ${
      fixed && !value
        ? html`<p class="fixed-value">${t('resolution.fixed', { size: result.entry.model.delivers ?? '' })}</p>`
        : html` <div class="chips">
            ${all.map(
              (choice, i) =>
                html`<label class="chip ${choice.off ? 'off' : ''}">
                  <input
                    type="radio"
                    name="f-${field}"
                    id=${i === 0 ? `f-${field}` : `f-${field}-${i}`}
                    .checked=${live(choice.value === value)}
                    value=${choice.value}
                    @change=${() => pick(field, choice.value)}
                  />
                  <span>${choice.shape ? shape(choice.shape) : ''}${choice.label}</span>
                </label>`,
            )}
            ${
              open
                ? html`<label class="chip-text ${value && !known ? 'on' : ''}"
                    ><span class="visually-hidden">${t('ratio.other')}</span>
                    <input
                      type="text"
                      size="7"
                      maxlength="12"
                      placeholder=${t('ratio.other_short')}
                      .value=${live(known ? '' : value)}
                      @input=${(e) =>
                        update((s) => {
                          s.draft[field] = e.target.value;
                        })}
                      @change=${() => update((s) => s.touched.add(field))}
                  /></label>`
                : ''
            }
          </div>`
    }
    ${skippedNote(field)}
    <div id="${field}-findings" class="findings">${findingList(findings)}</div>
  </fieldset>`;
}

/** A little rectangle of that ratio. */
function shape(ratio) {
  const [w, h] = ratio.split(':').map(Number);
  if (!w || !h) return '';
  const scale = 14 / Math.max(w, h);
  const [x, y] = [w * scale, h * scale];
  return html`<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <rect x=${8 - x / 2} y=${8 - y / 2} width=${x} height=${y} rx="1.5"></rect>
  </svg>`;
}
