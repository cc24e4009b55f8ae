// One link of a list: its picture or sign, its address, what was measured of it, and its place in the list.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { cancelMeasure, measureAgain, setTyped } from '../media.js';
import { changeDraft, state, update } from '../state.js';
import { errorsOf, findingList, nameOf, thumb } from './parts.js';

const edit = (item, url) =>
  update(() => {
    item.url = url;
    item.measured = null;
    item.status = 'editing';
  });

const commit = (field, item) =>
  update((s) => {
    s.touched.add(field);
    if (item.status === 'editing') item.status = 'new';
  });

function move(field, i, by) {
  changeDraft((draft, s) => {
    const [item] = draft[field].splice(i, 1);
    draft[field].splice(i + by, 0, item);
    s.touched.add(field);
  });
}

function remove(field, i) {
  const next = state.draft[field][i + 1] ?? state.draft[field][i - 1];
  changeDraft((draft) => {
    draft[field].splice(i, 1);
  }, t('removed'));
  at(next ? `item-${next.id}` : `add-${field}`)?.focus();
}

export function mediaItem(field, item, i, findings) {
  const name = t(`item.${field}`, { n: i + 1 });
  return html`
    <li class="item">
      ${thumb(field, item, i + 1)}
      <div class="item-body">
        <p class="file-name" title=${nameOf(item.url)}>${nameOf(item.url)}</p>
        <input
          id="item-${item.id}"
          type="text"
          inputmode="url"
          autocapitalize="off"
          spellcheck="false"
          class="url"
          aria-label=${t('item.link', { name })}
          .value=${live(item.url)}
          aria-invalid=${String(errorsOf(findings).length > 0)}
          aria-describedby="find-${item.id}"
          @input=${(event) => edit(item, event.target.value)}
          @change=${() => commit(field, item)}
        />
        ${field === 'reference_videos' ? videoFacts(item, name) : nothing}
        <div id="find-${item.id}" class="findings">${findingList(findings)}</div>
      </div>
      <div class="item-buttons">${buttons(field, i, name)}</div>
    </li>
  `;
}

/** Order and removal; a list of one has no order. */
function buttons(field, i, name) {
  const last = state.draft[field].length - 1;
  const order = [
    iconButton('↑', t('item.up', { name }), i === 0, () => move(field, i, -1)),
    iconButton('↓', t('item.down', { name }), i === last, () => move(field, i, 1)),
  ];
  return [last ? order : nothing, iconButton('×', t('item.remove', { name }), false, () => remove(field, i))];
}

const iconButton = (sign, words, off, act) => html`
  <button type="button" class="icon" ?disabled=${off} aria-label=${words} title=${words} @click=${act}>${sign}</button>
`;

const MEGABYTE = 1024 * 1024;
const inHundredths = (n) => (Math.round(n * 1000) / 1000).toFixed(2);

/** What was measured, in one line: 3.20 s · 1280 × 720 · 25 fps. */
function measuredWords({ seconds, width, height, frame_rate, bytes }) {
  const facts = [];
  if (Number.isFinite(seconds)) facts.push(t('facts.seconds', { n: inHundredths(seconds) }));
  if (width) facts.push(`${width} × ${height}`);
  if (frame_rate) facts.push(t('facts.fps', { n: frame_rate }));
  if (bytes) facts.push(t('facts.mb', { n: (bytes / MEGABYTE).toFixed(1) }));
  return facts.join(' · ');
}

const linkButton = (words, act) => html`<button type="button" class="link" @click=${act}>${words}</button>`;

const measuring = (item) =>
  html`<span>${t('measuring')}</span> ${linkButton(t('cancel'), () => cancelMeasure(item.id))}`;
const unmeasured = (item, words) =>
  html`<span>${t(words)}</span> ${linkButton(t('measure.again'), () => measureAgain(item.id))}`;

/** How the measuring of a video stands. */
const STATUS = {
  waiting: measuring,
  measuring,
  unreadable: (item) => unmeasured(item, 'measure.unreadable'),
  canceled: (item) => unmeasured(item, 'measure.canceled'),
};

function videoFacts(item, name) {
  const facts = measuredWords(item.measured ?? {});
  const blind = ['unreadable', 'canceled'].includes(item.status);
  const refused = state.result.mediaError && Object.keys(item.typed ?? {}).length;
  return html`
    <div class="facts">
      ${STATUS[item.status]?.(item) ?? nothing}
      ${facts ? html`<span>${facts}</span> <span class="quiet-text">${t('measured')}</span>` : nothing}
      ${refused ? html`<p class="finding error">${state.result.mediaError}</p>` : nothing}
      <details class="typed" ?open=${blind}>
        <summary>${t('typed')} ${item.typed?.seconds ? typedSeconds(item.typed.seconds) : nothing}</summary>
        <div class="typed-grid">
          ${['seconds', 'width', 'height', 'frame_rate', 'bytes'].map((fact) => typedFact(item, fact, name))}
        </div>
      </details>
    </div>
  `;
}

const typedSeconds = (n) => html`· <b class="num">${t('facts.seconds', { n })}</b> ${t('typed.yours')}`;

const typedFact = (item, fact, name) => html`
  <label
    >${t(`typed.${fact}`)}<input
      type="text"
      inputmode="decimal"
      class="short"
      aria-label=${`${t(`typed.${fact}`)} · ${name}`}
      .value=${live(item.typed?.[fact] ?? '')}
      @input=${(event) => setTyped(item, fact, event.target.value)}
  /></label>
`;
