// Below the tiles: the row for adding, the tile that was chosen, and uploads that failed.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, kindOf, newItem } from '../draft.js';
import { t } from '../i18n.js';
import { addText, put } from '../place.js';
import { changeDraft, state, update } from '../state.js';
import { dismissUpload, errorOfFile, pickFiles, takeFiles } from '../upload.js';
import { mediaFacts } from './figures.js';
import { openedTile } from './tiles.js';
import { errorsOf, onEnter, rich, shown } from './parts.js';
import { nameOf } from './thumbs.js';
import { nextStep } from './reason.js';

export function drawTile() {
  const opening = state.adding && at('adding').hidden;
  at('adding').hidden = !state.adding;
  render(addRow(), at('add'));
  const own = openedTile(state);
  render([own ? editor(own) : nothing, [...state.uploads].filter(([, { take }]) => !take).map(failed)], at('tile'));
  if (opening && !document.activeElement?.matches('input, textarea')) at('add-links').focus(); // unless the user is typing
}

const addRow = () => html`
  <div class="add">
    <input
      id="add-links"
      type="text"
      inputmode="url"
      autocapitalize="off"
      spellcheck="false"
      placeholder=${t('add.placeholder')}
      aria-label=${t('add.links')}
      aria-describedby="add-schemes"
      @keydown=${addOnEnter}
      @paste=${pasteMany}
    />
    <button type="button" class="plain" aria-label=${t('add.go')} @click=${add}>${t('add')}</button>
    <button type="button" class="plain" aria-label=${t('upload.files')} @click=${pickFiles}>${t('upload')}</button>
  </div>
  <p class="hint" id="add-schemes">${schemes()}</p>
`;

/** The accepted link forms, from the table. */
function schemes() {
  const rule = state.result.entry?.route.fields.images;
  if (!rule) return nothing;
  const { accepted, contested = [] } = rule.schemes;
  const spelt = (/** @type {string[]} */ names) => names.map((scheme) => `${scheme}://`).join(', ');
  return html`${t('schemes', { list: spelt(accepted) })}
  ${contested.length ? t('schemes.contested', { list: spelt(contested) }) : nothing}`;
}

function add() {
  const input = at('add-links');
  if (addText(input.value)) input.value = '';
}

/** @param {OnKey} event */
function addOnEnter(event) {
  if (!event.target.value.trim() || event.ctrlKey || event.metaKey) return; // Enter in an empty field sends the form
  onEnter(add)(event);
}

/** @param {ClipboardEvent} event */
function pasteMany(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text') ?? '';
  if (files.length) takeFiles(files);
  else if (!/\s/.test(text.trim()) || !addText(text)) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * @param {Tile} tile
 * @param {string} url
 */
const edit = ({ field, item }, url) =>
  update(({ draft }) => {
    if (item) Object.assign(item, { url, measured: null, status: 'editing' });
    else draft[field] = newItem(url, { status: 'editing' });
    if (FRAMES.includes(field) && !url) draft[field] = null;
  });

/** @param {Tile} tile */
const commit = ({ field }) =>
  update((s) => {
    s.touched.add(field);
    for (const item of [s.draft[field]].flat()) if (item?.status === 'editing') item.status = 'new';
  });

/**
 * @param {Tile} tile
 * @param {number} by
 */
function move({ field, n }, by) {
  if (n === null) return;
  changeDraft((draft, s) => {
    const [item] = draft[field].splice(n - 1, 1);
    draft[field].splice(n - 1 + by, 0, item);
    s.touched.add(field);
  });
}

/** @param {Tile} tile */
function remove({ field, n }) {
  const next = n === null ? null : (state.draft[field][n] ?? state.draft[field][n - 2]);
  changeDraft((draft, s) => {
    if (n === null) draft[field] = null;
    else draft[field].splice(n - 1, 1);
    s.tile = null;
  }, t('removed'));
  (at(next ? `item-${next.id}` : `f-${field}`) ?? at('add-tile')).focus();
}

/**
 * Moves the item to another field.
 * @param {FilledTile} tile
 * @param {string} slot
 */
function useAs({ field, item, n }, slot) {
  changeDraft((draft, s) => {
    if (n === null) draft[field] = null;
    else draft[field].splice(n - 1, 1);
    item.status = 'new';
    put(draft, slot, item);
    s.touched.add(slot);
    s.tile = FRAMES.includes(slot) ? `f-${slot}` : `item-${item.id}`;
  });
}

/** @param {Tile} tile */
const nameWords = ({ field, n }) => (n === null ? t(field) : t(`item.${field}`, { n }));

/** @param {Tile} own */
function editor(own) {
  const { field, item, n } = own;
  const filled = item && { ...own, item };
  const name = nameWords(own);
  const findings = shown(field).filter((f) => f.path === (n === null ? `/${field}` : `/${field}/${n - 1}`));
  return html`
    <div class="tile-edit" data-slot=${field}>
      <div class="label-row">
        <label for="tile-url">${t('item.link', { name })}</label>
        <div class="item-buttons">${item ? buttons(own, name) : nothing}</div>
      </div>
      ${item?.url ? html`<p class="file-name">${nameOf(item.url)}</p>` : nothing}
      <input
        id="tile-url"
        type="text"
        inputmode="url"
        autocapitalize="off"
        spellcheck="false"
        class="url"
        .value=${live(item?.url ?? '')}
        aria-invalid=${String(errorsOf(findings).length > 0)}
        aria-describedby="${field}-findings"
        @input=${(/** @type {OnInput} */ event) => edit(own, event.target.value)}
        @change=${() => commit(own)}
      />
      ${filled ? use(filled) : nothing} ${filled && kindOf(field) !== 'image' ? mediaFacts(filled, name) : nothing}
    </div>
  `;
}

/** @param {FilledTile} own */
const use = (own) => html`
  <label class="use"
    >${t('item.use')}
    <select id="tile-use" @change=${(/** @type {OnInput} */ event) => useAs(own, event.target.value)}>
      ${[...LISTS, ...FRAMES].map(
        (slot) => html`<option value=${slot} ?selected=${slot === own.field}>${t(`use.${slot}`)}</option>`,
      )}
    </select></label
  >
`;

/**
 * Order and removal; a list of one has no order.
 * @param {Tile} own
 * @param {string} name
 */
function buttons(own, name) {
  const last = own.n === null ? 0 : state.draft[own.field].length;
  const order = [
    iconButton('←', t('item.up', { name }), own.n === 1, () => move(own, -1)),
    iconButton('→', t('item.down', { name }), own.n === last, () => move(own, 1)),
  ];
  return [last > 1 ? order : nothing, iconButton('×', t('item.remove', { name }), false, () => remove(own))];
}

/**
 * @param {string} sign
 * @param {string} words
 * @param {boolean} off
 * @param {() => void} act
 */
const iconButton = (sign, words, off, act) => html`
  <button type="button" class="icon" ?disabled=${off} aria-label=${words} title=${words} @click=${act}>${sign}</button>
`;

/**
 * Why an upload failed, in words, for the model chosen now; nothing if that one accepts the file.
 * @param {Failure} failure
 * @param {string | null} slot
 */
function reason(failure, slot) {
  if (failure.kind !== 'upload-rule') return `${t(`fail.${failure.kind}`, failure)} ${nextStep(failure)}`;
  return slot === null ? undefined : errorOfFile(state, slot, failure.ending)?.message;
}

/** @param {[string, Upload]} entry an upload with its id */
export function failed([id, upload]) {
  const words = upload.failure && reason(upload.failure, upload.slot);
  if (!words) return nothing;
  return html`
    <div class="finding error" role="alert">
      <p>${rich(t('upload.failed', { name: upload.name.replaceAll('`', '’'), why: words }))}</p>
      <div class="fixes">
        <button type="button" class="fix" @click=${() => dismissUpload(id)}>${t('dismiss')}</button>
      </div>
    </div>
  `;
}
