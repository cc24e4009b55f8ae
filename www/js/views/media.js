// Links to images, videos and audio: lists and single frames.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, newItem } from '../draft.js';
import { t } from '../i18n.js';
import { changeDraft, state, update } from '../state.js';
import { mediaItem } from './item.js';
import { apiName, errorsOf, findingList, fixButton, rich, shown, skippedNote, thumb } from './parts.js';
import { onEnter } from './typed.js';
import { takesUploads, uploadButton, uploadFiles, uploadsOf } from './uploads.js';

export function drawMedia() {
  for (const field of LISTS) render(list(field), at(`${field}-field`));
  render(frames(), at('frames-field'));
  render(clash(), at('modes-clash'));
}

/** Adds pasted text: every link of it, one item each. */
function addLinks(field, text) {
  const links = text
    .split(/[\s,]+(?=[a-z]+:\/\/)|[\n\r]+/i)
    .map((link) => link.trim())
    .filter(Boolean);
  if (!links.length) return false;
  changeDraft((draft, s) => {
    draft[field].push(...links.map((url) => newItem(url)));
    s.touched.add(field);
  });
  return true;
}

function addFrom(field) {
  const input = at(`add-${field}`);
  if (addLinks(field, input.value)) input.value = '';
}

/** How many of the links that the route allows are there: “3 of 4”. */
function counter(field, rule) {
  const own = state.draft[field].length;
  const frames = rule?.counts_frames ? FRAMES.filter((f) => state.draft[f]?.url).length : 0;
  if (rule?.max == null) return own || '';
  return t('counter.of', { n: own + frames, max: rule.max });
}

function list(field) {
  const rule = state.result.entry?.route.fields[field];
  const items = state.draft[field];
  const findings = shown(field);
  const own = findings.filter((f) => f.path === `/${field}` && f.rule !== 'images-with-frames');
  return html`
    <div
      class="media"
      role="group"
      aria-labelledby="h-${field}"
      @dragover=${dragOver}
      @dragleave=${dragLeave}
      @drop=${(event) => drop(event, field)}
    >
      <div class="label-row">
        <h4 id="h-${field}">${t(field)} ${apiName(field)}</h4>
        <span class="counter ${items.length > (rule?.max ?? Infinity) ? 'over' : ''}">${counter(field, rule)}</span>
      </div>
      <p class="hint" id="hint-${field}">${t(`${field}.hint`)} ${schemes(rule)}</p>
      ${skippedNote(field)} ${items.length ? itemList(field, items, findings) : nothing} ${uploadsOf(field)}
      ${addRow(field, rule)}
      <div id="${field}-findings" class="findings">${findingList(own)}</div>
    </div>
  `;
}

const itemList = (field, items, findings) => html`
  <ul class="items ${field}">
    ${repeat(
      items,
      (item) => item.id,
      (item, i) =>
        mediaItem(
          field,
          item,
          i,
          findings.filter((f) => f.path === `/${field}/${i}`),
        ),
    )}
  </ul>
`;

const addRow = (field, rule) => html`
  <div class="add">
    <input
      id="add-${field}"
      type="text"
      inputmode="url"
      autocapitalize="off"
      spellcheck="false"
      placeholder=${t('add.placeholder')}
      aria-label=${t(`add.links.${field}`)}
      aria-describedby="hint-${field} ${field}-findings"
      @keydown=${(event) => addOnEnter(event, field)}
      @paste=${(event) => pasteMany(event, field)}
    />
    <button type="button" class="plain" aria-label=${t(`add.${field}`)} @click=${() => addFrom(field)}>
      ${t('add')}
    </button>
    ${uploadButton(field, rule)}
  </div>
`;

/** The accepted link forms, from the table; a model that accepts reviewed assets alone says how one comes to be. */
function schemes(rule) {
  if (!rule) return nothing;
  const { accepted, contested = [] } = rule.schemes;
  const spelt = (names) => names.map((scheme) => `${scheme}://`).join(', ');
  return html`${t('schemes', { list: spelt(accepted) })}
  ${contested.length ? t('schemes.contested', { list: spelt(contested) }) : nothing}
  ${takesUploads(rule) ? nothing : html`<a href="#assets">${t('assets.only')}</a>`}`;
}

function addOnEnter(event, field) {
  if (!event.target.value.trim() || event.ctrlKey || event.metaKey) return; // an empty line sends the form, like every other field
  onEnter(() => addFrom(field))(event);
}

function pasteMany(event, field) {
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text') ?? '';
  if (files.length) uploadFiles(field, files);
  else if (!/\s/.test(text.trim()) || !addLinks(field, text)) return;
  event.preventDefault();
}

const dragOver = (event) => {
  event.preventDefault();
  event.currentTarget.classList.add('dropping');
};
const dragLeave = (event) => event.currentTarget.classList.remove('dropping');

const droppedText = ({ dataTransfer }) => dataTransfer.getData('text/uri-list') || dataTransfer.getData('text/plain');

function drop(event, field) {
  event.preventDefault();
  dragLeave(event);
  const files = [...event.dataTransfer.files];
  if (files.length) uploadFiles(field, files);
  else if (FRAMES.includes(field)) setFrame(field, droppedText(event).trim().split(/\s/)[0]);
  else addLinks(field, droppedText(event));
}

function setFrame(field, url) {
  if (!url) return;
  changeDraft((draft, s) => {
    draft[field] = newItem(url);
    s.touched.add(field);
  });
}

function frames() {
  const rule = state.result.entry?.route.fields.frames;
  return html`
    <div class="media" role="group" aria-labelledby="h-frames">
      <div class="label-row"><h4 id="h-frames">${t('frames')}</h4></div>
      <p class="hint">${rule ? t(`frames.${rule.alone}`) : nothing} ${schemes(rule)}</p>
      ${FRAMES.map((field) => frame(field, rule))}
    </div>
  `;
}

const typeFrame = (field, url) =>
  update((s) => {
    s.draft[field] = url ? { ...(s.draft[field] ?? newItem(url)), url, status: 'editing' } : null;
  });

const settleFrame = (field) =>
  update((s) => {
    s.touched.add(field);
    if (s.draft[field]) s.draft[field].status = 'new';
  });

function removeFrame(field) {
  changeDraft((draft) => {
    draft[field] = null;
  }, t('removed'));
  at(`f-${field}`).focus();
}

function frame(field, rule) {
  const item = state.draft[field];
  const findings = shown(field);
  return html`
    <div class="frame" @dragover=${dragOver} @dragleave=${dragLeave} @drop=${(event) => drop(event, field)}>
      ${thumb(field, item)}
      <div class="item-body">
        <label for="f-${field}">${t(field)} ${apiName(field)}</label>
        <input
          id="f-${field}"
          type="text"
          inputmode="url"
          autocapitalize="off"
          spellcheck="false"
          class="url"
          placeholder=${t('frame.placeholder')}
          .value=${live(item?.url ?? '')}
          aria-invalid=${String(errorsOf(findings).length > 0)}
          aria-describedby="${field}-findings"
          @input=${(event) => typeFrame(field, event.target.value)}
          @change=${() => settleFrame(field)}
        />
      </div>
      <div class="item-buttons">${item ? removeButton(field) : nothing} ${uploadButton(field, rule)}</div>
      <div class="wide">
        ${uploadsOf(field)}
        <div id="${field}-findings" class="findings">${findingList(findings)}</div>
      </div>
    </div>
  `;
}

function removeButton(field) {
  const words = t(`remove.${field}`);
  return html`<button type="button" class="icon" aria-label=${words} title=${words} @click=${() => removeFrame(field)}>
    ×
  </button>`;
}

/** Both modes are filled: one message, and ways to one mode that say what they do. */
function clash() {
  const finding = state.result.byField.get('images')?.find((f) => f.rule === 'images-with-frames');
  if (!finding) return nothing;
  const lost = Math.max(0, state.draft.images.length - freeFrames(state.draft).length);
  return html`<div class="finding error clash">
    <p><span class="visually-hidden">${t('error')}: </span>${rich(finding.message)}${t('clash.kept')}</p>
    <div class="fixes">
      <button type="button" class="fix" @click=${useAsFrames}>
        ${lost ? t('clash.frames_drop', { n: lost }) : t('clash.frames')}
      </button>
      <button type="button" class="fix" @click=${useAsReferences}>${t('clash.references')}</button>
      ${finding.fixes.map((fix) => fixButton(fix))}
    </div>
  </div>`;
}

const freeFrames = (draft) => FRAMES.filter((field) => !draft[field]?.url);

const useAsFrames = () =>
  changeDraft((draft, s) => {
    freeFrames(draft).forEach((field, i) => {
      draft[field] = draft.images[i] ?? null;
      s.touched.add(field);
    });
    draft.images = [];
  }, t('clash.done'));

const useAsReferences = () =>
  changeDraft((draft) => {
    draft.images.push(...FRAMES.map((field) => draft[field]).filter((item) => item?.url));
    for (const field of FRAMES) draft[field] = null;
  }, t('clash.done'));
