// Small pieces that several views use.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import * as core from '../core.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, fillFrom, kindOf, placeOf } from '../draft.js';
import { listOf, t } from '../i18n.js';
import { highest, priceText } from '../price.js';
import { changeDraft, chooseModel, state, update } from '../state.js';
import { takerOf } from '../verdict.js';

/** Text with `code` spans, as nodes: never as markup. */
export const rich = (text) =>
  String(text)
    .split('`')
    .map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : piece));

/** In the place of a part that could not be loaded: why it is not there, and a way to try again; nothing for one that was not missed. */
export function missing(name, words = 'missing') {
  if (!state.missing.has(name)) return nothing;
  const again = state.missing.get(name);
  return html`<div class="banner" role="alert">
    <p>${t(words)}</p>
    <div class="fixes">
      <button type="button" class="fix" aria-disabled=${String(!again)} @click=${() => again?.()}>
        ${t(again ? 'missing.again' : 'missing.trying')}
      </button>
    </div>
  </div>`;
}

/** Which prices the chosen edition refuses, if there are any. */
export function setAsideNote() {
  const names = Object.keys(state.setAside);
  if (!names.length) return nothing;
  const words = { n: names.length, names: listOf(names), edition: state.table.edition };
  return html`<p class="warn-box">${t('prices.set_aside', words)}</p>`;
}

/** The name of a field as the API has it, beside the name that is read aloud. */
export const apiName = (name) => html`<code aria-hidden="true">${name}</code>`;

/** May this finding be shown? Warnings always; errors of fields that the user has left, of their counterparts, or once Send was pressed. */
export const mayShow = (finding) =>
  finding.severity === 'warning' ||
  state.tried ||
  [finding.path, ...finding.related].some((path) => state.touched.has(placeOf(path).field));

/** The findings of a field that may be shown. */
export const shown = (field) => (state.result?.byField.get(field) ?? []).filter(mayShow);

export const errorsOf = (findings) => findings.filter((f) => f.severity === 'error');

/** Applies a fix of the core to the draft; what is not sent stays as it is. */
export function applyFix(fix) {
  const { body, skipped } = state.result;
  const fixed = core.applyFix(body, fix.patch);
  const left = skipped.map((s) => s.field);
  changeDraft((draft) => fillFrom(draft, fixed, left), fix.label);
}

export const fixButton = (fix, apply = applyFix) =>
  html`<button type="button" class="fix" @click=${() => apply(fix)}>${rich(fix.label)}</button>`;

/** A way to the model that accepts all of the draft; nothing where there is none. */
export function takerButton() {
  const taker = takerOf(state);
  if (!taker) return nothing;
  const { model, quote } = taker;
  return html`<button type="button" class="fix" @click=${() => chooseModel(model)}>
    ${t('compare.use_model', { model })}
    ${highest(quote) === null ? nothing : html`<span class="num">· ${priceText(quote)}</span>`}
  </button>`;
}

/** Links that the model refuses have no fix of the core: the asset review that gives the links it accepts, or another model. */
const wayOut = ({ path }) => html`
  <p>${t('assets.review')}</p>
  <div class="fixes">${reviewButton(path)} ${takerButton()}</div>
`;

/** Submits the link of a place for review; where that was done, leads to how it stands. */
export function reviewButton(path) {
  const { field, index } = placeOf(path);
  const { id, url } = index === null ? state.draft[field] : state.draft[field][index];
  if (state.assets.some((asset) => asset.place === id && asset.url === url))
    return html`<a class="fix" href="#assets">${t('assets.submitted')}</a>`;
  if (!/^https:/i.test(url)) return nothing;
  return html`<button type="button" class="fix" @click=${async () => (await import('../assets.js')).submitPlace(path)}>
    ${t('assets.submit')}
  </button>`;
}

/** Is this about links on a model that accepts reviewed assets alone? */
export const needsReview = ({ rule }) =>
  rule === 'scheme-not-accepted' && !state.result.entry?.route.fields.images.schemes.accepted.includes('https');

const fixes = (finding) => html`<div class="fixes">${finding.fixes.map((fix) => fixButton(fix))}</div>`;

/** One finding with its fixes as buttons. */
const findingBox = (finding) => html`
  <div class="finding ${finding.severity}">
    <p><span class="visually-hidden">${t(finding.severity)}: </span>${rich(finding.message)}</p>
    ${needsReview(finding) ? wayOut(finding) : nothing} ${finding.fixes.length ? fixes(finding) : nothing}
  </div>
`;

export const findingList = (findings) => findings.map(findingBox);

/** Moves the focus to the control that a finding's path speaks of, opening what hides it. */
function focusControl(path) {
  const { field, index } = placeOf(path);
  const item = LISTS.includes(field) ? state.draft[field][index ?? -1] : null;
  const id = item ? `item-${item.id}` : LISTS.includes(field) ? 'add-tile' : `f-${field || 'model'}`;
  update((s) => {
    s.view = 'compose';
    if (item || FRAMES.includes(field)) s.tile = id;
  });
  const node = (state.tile === id && at('tile-url')) || at(id);
  node?.focus();
  node?.scrollIntoView({ block: 'center' });
}

/** Where a finding is, in the words of the page: “reference image 2”; lists count from one for people. */
export function placeWords(path) {
  const { field, index } = placeOf(path);
  if (!field) return '';
  return index === null ? t(field) : t(`item.${field}`, { n: index + 1 });
}

/** A link to the field of a finding, in the finding's words. */
export const findingLink = (finding) => html`
  <a
    href="#compose"
    data-path=${finding.path}
    @click=${(event) => {
      event.preventDefault();
      focusControl(finding.path);
    }}
    >${rich(finding.message)}</a
  >
`;

/** Tells assistive technology which hints and findings belong to a control. */
export function describe(node, ids, invalid) {
  node.setAttribute('aria-describedby', ids.join(' '));
  if (invalid) node.setAttribute('aria-invalid', 'true');
  else node.removeAttribute('aria-invalid');
}

/** Why something that the user filled stays out of the request. */
export function skippedNote(field) {
  const skipped = state.result?.skipped.find((s) => s.field === field);
  if (!skipped) return nothing;
  const words = { model: state.draft.model, delivers: state.result.entry?.model.delivers ?? '' };
  return html`<p class="not-sent"><span class="tag">${t('not_sent')}</span> ${t(`not_sent.${skipped.why}`, words)}</p>`;
}

/** How many of what a field of a draft holds: “2 reference videos”, “the resolution”. */
export const countWords = (draft, field) => t(`count.${field}`, { n: LISTS.includes(field) ? draft[field].length : 1 });

/** One sentence for each thing that the video will not follow. */
export function lossWords({ draft, losses, entry }) {
  const dropped = losses.filter(({ why }) => why === 'model').map(({ field }) => countWords(draft, field));
  const ignored = losses.filter(({ why }) => why !== 'model');
  return [
    ...(dropped.length ? [t('loss.model', { list: listOf(dropped) })] : []),
    ...ignored.map(({ why }) => t(`loss.${why}`, { value: draft.resolution, delivers: entry.model.delivers ?? '' })),
  ];
}

/** The file's name in a link, as a person would write it. */
export function nameOf(url) {
  const last = url.split(/[?#]/)[0].split('/').at(-1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const picture = (url) => html`
  <img
    src=${url}
    alt=""
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${(event) => event.target.classList.add('gone')}
    @load=${(event) => event.target.classList.remove('gone')}
  />
`;

const isPicture = (field, item) =>
  kindOf(field) === 'image' && /^(https:\/\/[^\s/]|data:image\/)/i.test(item.url) && item.status !== 'editing';

/** The first frame of a video that could be read; its sound and controls are not wanted here. */
const clip = (url) => html`<video src="${url}#t=0.1" muted playsinline preload="metadata"></video>`;

function look(field, item) {
  if (item && isPicture(field, item)) return picture(item.url);
  return item?.status === 'measured' && kindOf(field) === 'video' ? clip(item.url) : nothing;
}

/** A lazy thumbnail without a referrer, or a sign where there is none; `n` counts it in its list. */
export const thumb = (field, item, n = null) => html`
  <div class="thumb sign-${kindOf(field)}" aria-hidden="true">
    ${look(field, item)} ${n === null ? nothing : html`<span class="thumb-number">${n}</span>`}
  </div>
`;

/** All links of a draft's fields, as { field, item, n }. */
export const linksOf = (draft, fields) =>
  fields.flatMap((field) => {
    if (FRAMES.includes(field)) return draft[field]?.url ? [{ field, item: draft[field], n: null }] : [];
    return (draft[field] ?? []).map((item, i) => ({ field, item, n: i + 1 }));
  });

/** Enter in a one-line field acts, and does not send the form; the Enter that ends an input method's word does neither. */
export const onEnter = (act) => (event) => {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  act(event.target);
};
