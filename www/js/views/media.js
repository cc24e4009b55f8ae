// Links to pictures, videos and audio: lists and single frames, with what was measured beside them.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { FRAMES, LISTS, kindOf, newItem } from '../draft.js';
import { t } from '../i18n.js';
import { cancelMeasure, measureAgain } from '../media.js';
import { changeDraft, state, update } from '../state.js';
import { errorsOf, findingList, rich, shown, skippedNote, applyFix } from './parts.js';

const at = (id) => document.getElementById(id);
/** Uploading comes with the first file; the first screen does without it. */
const uploading = () => import('../upload.js');

export function drawMedia() {
  for (const field of LISTS) render(list(field), at(`${field}-field`));
  render(frames(), at('frames-field'));
  render(clash(), at('modes-clash'));
}

const touch = (field) => state.touched.add(field);

/** Adds pasted text: every link of it, one item each. */
export function addLinks(field, text) {
  const links = text
    .split(/[\s,]+(?=[a-z]+:\/\/)|[\n\r]+/i)
    .map((link) => link.trim())
    .filter(Boolean);
  if (!links.length) return false;
  changeDraft((draft) => {
    draft[field].push(...links.map((url) => newItem(url)));
    touch(field);
  });
  return true;
}

function addFrom(field) {
  const input = at(`add-${field}`);
  if (addLinks(field, input.value)) input.value = '';
}

function counter(field, rule) {
  const n = state.draft[field].length;
  const max = rule?.max ?? null;
  if (max === null) return n ? String(n) : '';
  const own = field === 'images' && rule.counts_frames ? n + FRAMES.filter((f) => state.draft[f]?.url).length : n;
  return t('counter.of', { n: own, max });
}

function list(field) {
  const rule = state.result.entry?.route.fields[field];
  const items = state.draft[field];
  const findings = shown(field);
  const own = findings.filter((f) => f.path === `/${field}` && f.rule !== 'images-with-frames');
  const skipped = state.result.skipped.some((s) => s.field === field);
  const over = rule?.max != null && items.length > rule.max;
  return html` <div
    class="media ${skipped ? 'skipped' : ''}"
    role="group"
    aria-labelledby="h-${field}"
    @dragover=${over_}
    @dragleave=${leave}
    @drop=${(e) => drop(e, field)}
  >
    <div class="label-row">
      <h4 id="h-${field}">${t(field)} <code>${field}</code></h4>
      <span class="counter ${over ? 'over' : ''}">${counter(field, rule)}</span>
    </div>
    <p class="hint" id="hint-${field}">${t(`${field}.hint`)} ${schemes(rule)}</p>
    ${skippedNote(field)}
    ${
      items.length
        ? html`<ul class="items">
            ${repeat(
              items,
              (item) => item.id,
              (item, i) =>
                row(
                  field,
                  item,
                  i,
                  findings.filter((f) => f.path === `/${field}/${i}`),
                ),
            )}
          </ul>`
        : ''
    }
    ${uploadsOf(field)}
    <div class="add">
      <label class="visually-hidden" for="add-${field}">${t('add.label', { field })}</label>
      <input
        id="add-${field}"
        type="text"
        inputmode="url"
        autocapitalize="off"
        spellcheck="false"
        placeholder=${t('add.placeholder')}
        aria-describedby="hint-${field} ${field}-findings"
        @keydown=${(e) => addOnEnter(e, field)}
        @paste=${(e) => pasteMany(e, field)}
      />
      <button type="button" class="plain" @click=${() => addFrom(field)}>${t('add')}</button>
      ${uploadButton(field)}
    </div>
    <div id="${field}-findings" class="findings">${findingList(own)}</div>
  </div>`;
}

/** The accepted link forms, from the table. */
function schemes(rule) {
  if (!rule) return '';
  const spelt = (list) => list.map((scheme) => `${scheme}://`).join(', ');
  const { accepted, contested = [] } = rule.schemes;
  return html`${t('schemes', { list: spelt(accepted) })}${contested.length ? t('schemes.contested', { list: spelt(contested) }) : ''}`;
}

const uploadReady = () => (state.companion ? state.companion.has_key : state.key.held);

const uploadButton = (slot) =>
  uploadReady()
    ? html`<button type="button" class="plain" @click=${async () => (await uploading()).pickFiles(slot)}>
        ${t('upload')}
      </button>`
    : '';

function uploadsOf(slot) {
  const upload = state.uploads.get(slot);
  if (!upload) return '';
  if (upload.failure)
    return html`<div class="finding error" role="alert">
      <p>
        ${upload.name}: ${t(`fail.${upload.failure.kind}`, upload.failure)}
        ${t(`fail.${upload.failure.kind}.next`, upload.failure)}
      </p>
      <div class="fixes">
        <button type="button" class="fix" @click=${async () => (await uploading()).dismissUpload(slot)}>
          ${t('dismiss')}
        </button>
      </div>
    </div>`;
  return html`<div class="upload">
    <span>${t('upload.running', { name: upload.name })}</span>
    <progress max="100" .value=${upload.percent} aria-label=${t('upload.running', { name: upload.name })}></progress
    ><span class="counter">${upload.percent} %</span>
    <button type="button" class="plain small" @click=${async () => (await uploading()).cancelUpload(slot)}>
      ${t('cancel')}
    </button>
  </div>`;
}

function addOnEnter(event, field) {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
  if (!event.target.value.trim()) return; // an empty line sends the form, like every other field
  event.preventDefault();
  addFrom(field);
}

function pasteMany(event, field) {
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text') ?? '';
  if (files.length) uploading().then((upload) => upload.uploadFiles(field, files));
  else if (!/\s/.test(text.trim()) || !addLinks(field, text)) return;
  event.preventDefault();
}

const over_ = (event) => {
  event.preventDefault();
  event.currentTarget.classList.add('dropping');
};
const leave = (event) => event.currentTarget.classList.remove('dropping');
function drop(event, field) {
  event.preventDefault();
  leave(event);
  const files = [...event.dataTransfer.files];
  if (files.length) uploading().then((upload) => upload.uploadFiles(field, files));
  else addLinks(field, event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain'));
}

function edit(field, item, url) {
  update(() => {
    item.url = url;
    item.measured = null;
    item.status = 'editing';
  });
}

const commit = (field, item) =>
  update(() => {
    touch(field);
    if (item.status === 'editing') item.status = 'new';
  });

function move(field, i, by) {
  changeDraft((draft) => {
    const [item] = draft[field].splice(i, 1);
    draft[field].splice(i + by, 0, item);
    touch(field);
  });
}

function remove(field, i) {
  const next = state.draft[field][i + 1] ?? state.draft[field][i - 1];
  changeDraft((draft) => {
    draft[field].splice(i, 1);
  }, t('removed'));
  at(next ? `item-${next.id}` : `add-${field}`)?.focus();
}

function row(field, item, i, findings) {
  const n = i + 1;
  const bad = errorsOf(findings).length > 0;
  const last = i === state.draft[field].length - 1;
  return html`<li class="item">
    ${thumb(field, item)}
    <div class="item-body">
      <label class="visually-hidden" for="item-${item.id}">${t('item.label', { field, n })}</label>
      <input
        id="item-${item.id}"
        type="text"
        inputmode="url"
        autocapitalize="off"
        spellcheck="false"
        class="url"
        .value=${live(item.url)}
        aria-invalid=${bad ? 'true' : 'false'}
        aria-describedby="find-${item.id}"
        @input=${(e) => edit(field, item, e.target.value)}
        @change=${() => commit(field, item)}
      />
      ${field === 'reference_videos' ? videoFacts(item, n) : ''}
      <div id="find-${item.id}" class="findings">${findingList(findings)}</div>
    </div>
    <div class="item-buttons">
      ${
        i === 0 && last
          ? ''
          : html`<button
                type="button"
                class="icon"
                ?disabled=${i === 0}
                aria-label=${t('item.up', { n })}
                title=${t('item.up', { n })}
                @click=${() => move(field, i, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                class="icon"
                ?disabled=${last}
                aria-label=${t('item.down', { n })}
                title=${t('item.down', { n })}
                @click=${() => move(field, i, 1)}
              >
                ↓
              </button>`
      }
      <button
        type="button"
        class="icon"
        aria-label=${t('item.remove', { n })}
        title=${t('item.remove', { n })}
        @click=${() => remove(field, i)}
      >
        ×
      </button>
    </div>
  </li>`;
}

/** A lazy thumbnail without a referrer; a sign where there is none. */
function thumb(field, item) {
  const kind = kindOf(field);
  if (kind === 'image' && /^https:\/\/[^\s/]/i.test(item.url) && item.status !== 'editing') {
    return html`<div class="thumb">
      <img
        src=${item.url}
        alt=""
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        width="56"
        height="56"
        @error=${(e) => e.target.classList.add('gone')}
        @load=${(e) => e.target.classList.remove('gone')}
      />
    </div>`;
  }
  return html`<div class="thumb sign-${kind}" aria-hidden="true"></div>`;
}

const two = (n) => (Math.round(n * 1000) / 1000).toFixed(2);

function videoFacts(item, n) {
  const m = item.measured;
  const facts = m
    ? [
        Number.isFinite(m.seconds) ? t('facts.seconds', { n: two(m.seconds) }) : null,
        m.width ? `${m.width} × ${m.height}` : null,
        m.frame_rate ? t('facts.fps', { n: m.frame_rate }) : null,
        m.bytes ? t('facts.mb', { n: (m.bytes / 1048576).toFixed(1) }) : null,
      ]
        .filter(Boolean)
        .join(' · ')
    : '';
  const busy = item.status === 'waiting' || item.status === 'measuring';
  const blind = item.status === 'unreadable' || item.status === 'canceled';
  return html`<div class="facts">
    ${busy ? html`<span>${t('measuring')}</span> <button type="button" class="link" @click=${() => cancelMeasure(item.id)}>${t('cancel')}</button>` : ''}
    ${facts ? html`<span class="num">${facts}</span> <span class="quiet-text">${t('measured')}</span>` : ''}
    ${blind ? html`<span>${t(item.status === 'canceled' ? 'measure.canceled' : 'measure.unreadable')}</span> <button type="button" class="link" @click=${() => measureAgain(item.id)}>${t('measure.again')}</button>` : ''}
    ${state.result.mediaError && item.typed && Object.keys(item.typed).length ? html`<p class="finding error">${state.result.mediaError}</p>` : ''}
    <details class="typed" ?open=${blind && !busy}>
      <summary>
        ${t('typed')}${item.typed?.seconds ? html` · <b class="num">${t('facts.seconds', { n: item.typed.seconds })}</b> ${t('typed.yours')}` : ''}
      </summary>
      <div class="typed-grid">
        ${['seconds', 'width', 'height', 'frame_rate', 'bytes'].map(
          (name) =>
            html` <label
              >${t(`typed.${name}`)}<input
                type="text"
                inputmode="decimal"
                class="short"
                aria-label=${`${t(`typed.${name}`)} · ${t('item.label', { field: 'reference_videos', n })}`}
                .value=${live(item.typed?.[name] ?? '')}
                @input=${(e) =>
                  update(() => {
                    item.typed = { ...item.typed, [name]: e.target.value.trim() };
                    if (!item.typed[name]) delete item.typed[name];
                  })}
            /></label>`,
        )}
      </div>
    </details>
  </div>`;
}

function frames() {
  const rule = state.result.entry?.route.fields.frames;
  return html`<div class="media" role="group" aria-labelledby="h-frames">
    <div class="label-row"><h4 id="h-frames">${t('frames')}</h4></div>
    <p class="hint">${rule ? t(`frames.${rule.alone}`) : ''} ${schemes(rule)}</p>
    ${FRAMES.map((field) => frame(field))}
  </div>`;
}

function frame(field) {
  const item = state.draft[field];
  const findings = shown(field);
  const bad = errorsOf(findings).length > 0;
  const set = (url) =>
    update((s) => {
      s.draft[field] = url ? { ...(s.draft[field] ?? newItem(url)), url, status: 'editing' } : null;
    });
  return html`<div class="frame" @dragover=${over_} @dragleave=${leave} @drop=${(e) => dropFrame(e, field)}>
    ${item ? thumb(field, item) : html`<div class="thumb sign-image" aria-hidden="true"></div>`}
    <div class="item-body">
      <label for="f-${field}">${t(field)} <code>${field}</code></label>
      <input
        id="f-${field}"
        type="text"
        inputmode="url"
        autocapitalize="off"
        spellcheck="false"
        class="url"
        placeholder=${t('frame.placeholder')}
        .value=${live(item?.url ?? '')}
        aria-invalid=${bad ? 'true' : 'false'}
        aria-describedby="${field}-findings"
        @input=${(e) => set(e.target.value)}
        @change=${() =>
          update((s) => {
            touch(field);
            if (s.draft[field]) s.draft[field].status = 'new';
          })}
      />
    </div>
    <div class="item-buttons">
      ${
        item
          ? html`<button
              type="button"
              class="icon"
              aria-label=${t('frame.remove', { field })}
              title=${t('frame.remove', { field })}
              @click=${() => {
                changeDraft((d) => {
                  d[field] = null;
                }, t('removed'));
                at(`f-${field}`).focus();
              }}
            >
              ×
            </button>`
          : ''
      }
      ${uploadReady() ? html`<button type="button" class="icon" aria-label=${t('frame.upload', { field })} title=${t('frame.upload', { field })} @click=${async () => (await uploading()).pickFiles(field)}>⤒</button>` : ''}
    </div>
    <div class="wide">
      ${uploadsOf(field)}
      <div id="${field}-findings" class="findings">${findingList(findings)}</div>
    </div>
  </div>`;
}

function dropFrame(event, field) {
  event.preventDefault();
  leave(event);
  const files = [...event.dataTransfer.files];
  if (files.length) uploading().then((upload) => upload.uploadFiles(field, files.slice(0, 1)));
  else {
    const url = (event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain'))
      .trim()
      .split(/\s/)[0];
    if (url)
      changeDraft((draft) => {
        draft[field] = newItem(url);
        touch(field);
      });
  }
}

/** Both modes are filled: one message, and ways to one mode that say what they do. */
function clash() {
  const finding = state.result.byField.get('images')?.find((f) => f.rule === 'images-with-frames');
  if (!finding) return '';
  const { images } = state.draft;
  const free = FRAMES.filter((f) => !state.draft[f]?.url);
  const lost = Math.max(0, images.length - free.length);
  return html`<div class="finding error clash">
    <p><span class="visually-hidden">${t('error')}: </span>${rich(finding.message)}${t('clash.kept')}</p>
    <div class="fixes">
      <button
        type="button"
        class="fix"
        @click=${() =>
          changeDraft((draft) => {
            free.forEach((f, i) => {
              draft[f] = draft.images[i] ?? null;
              touch(f);
            });
            draft.images = [];
          }, t('clash.done'))}
      >
        ${lost ? t('clash.frames_drop', { n: lost }) : t('clash.frames')}
      </button>
      <button
        type="button"
        class="fix"
        @click=${() =>
          changeDraft((draft) => {
            draft.images.push(...FRAMES.map((f) => draft[f]).filter((i) => i?.url));
            for (const f of FRAMES) draft[f] = null;
          }, t('clash.done'))}
      >
        ${t('clash.references')}
      </button>
      ${finding.fixes.map((fix) => html`<button type="button" class="fix" @click=${() => applyFix(fix)}>${rich(fix.label)}</button>`)}
    </div>
  </div>`;
}
