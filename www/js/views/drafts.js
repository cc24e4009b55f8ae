// The row of open drafts with its menu, and the snippets beside the prompt.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import {
  closeDraft,
  insertSnippet,
  keepPreset,
  keepSnippet,
  linkOf,
  newDraft,
  openDraft,
  removeNamed,
  switchTo,
  titleOf,
} from '../drafts.js';
import { t } from '../i18n.js';
import { state } from '../state.js';
import { copyButton } from './links.js';
import { onEnter } from './parts.js';

/** The draft whose tab was brought into sight last. */
let seen = '';

export function drawDrafts() {
  if (!state.drafts.length) return; // not restored yet
  render(row(), at('drafts'));
  render(snippets(), at('snippets'));
  if (seen === state.open) return;
  seen = state.open;
  at('drafts').querySelector('.open')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const row = () => html`
  <ul class="draft-tabs" aria-label=${t('drafts')}>
    ${repeat(state.drafts, ({ id }) => id, tab)}
  </ul>
  <button
    type="button"
    class="icon"
    id="draft-new"
    aria-label=${t('drafts.new')}
    title=${t('drafts.new')}
    @click=${newDraft}
  >
    +
  </button>
  ${menu('draft-menu', '⋯', t('drafts.menu'), draftMenu())}
`;

/** @param {OpenDraft} open */
function tab({ id, draft }) {
  const open = id === state.open;
  const title = titleOf(open ? state.draft : draft);
  return html`
    <li class=${open ? 'open' : ''}>
      <button
        type="button"
        class="draft-tab"
        aria-current=${open ? 'true' : 'false'}
        title=${title}
        @click=${() => switchTo(id)}
      >
        ${title}
      </button>
      ${
        state.drafts.length > 1
          ? html`<button
              type="button"
              class="icon"
              aria-label=${t('drafts.close', { title })}
              @click=${() => closeDraft(id)}
            >
              ×
            </button>`
          : nothing
      }
    </li>
  `;
}

/** @param {FocusEvent & { currentTarget: HTMLDetailsElement }} event */
const leave = (event) => {
  if (!event.currentTarget.contains(/** @type {Node | null} */ (event.relatedTarget))) event.currentTarget.open = false;
};
/** @param {KeyboardEvent & { currentTarget: HTMLDetailsElement }} event */
const close = (event) => {
  if (event.key !== 'Escape') return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector('summary')?.focus();
};

/**
 * A button that opens a list below it; it closes with Escape and when the focus leaves it.
 * @param {string} id
 * @param {string} sign
 * @param {string} words
 * @param {unknown} content
 */
const menu = (id, sign, words, content) => html`
  <details class="menu" id=${id} @focusout=${leave} @keydown=${close}>
    <summary aria-label=${words} title=${words}>${sign}</summary>
    <div class="menu-list" tabindex="-1">${content}</div>
  </details>
`;

/** @param {OnClick} event */
const shut = (event) => {
  event.target.closest('details')?.removeAttribute('open');
};

const draftMenu = () => html`
  <button
    type="button"
    class="plain"
    id="draft-duplicate"
    @click=${(/** @type {OnClick} */ event) => {
      shut(event);
      openDraft(state.draft);
    }}
  >
    ${t('drafts.duplicate')}
  </button>
  ${copyButton(() => linkOf(state.draft), t('drafts.link'))}
  <p class="hint">${t('drafts.link_hint')}</p>
  <label for="preset-name">${t('presets')}</label>
  ${named('presets', ({ draft }) => draft && openDraft(draft))}
  <div class="add">
    <input id="preset-name" type="text" placeholder=${t('presets.name')} @keydown=${onEnter(takePreset)} />
    <button type="button" class="plain" @click=${takePreset}>${t('presets.keep')}</button>
  </div>
`;

function takePreset() {
  const input = at('preset-name');
  const name = input.value.trim();
  if (!name) return input.focus();
  keepPreset(name);
  input.value = '';
}

/**
 * A list of named things, each to use or to remove.
 * @param {Kept} kind
 * @param {(own: Named) => void} use
 */
const named = (kind, use) => html`
  <ul class="plain-list">
    ${state[kind].map(
      (own) =>
        html`<li class="named">
          <button
            type="button"
            class="link clip"
            @click=${(/** @type {OnClick} */ event) => {
              shut(event);
              use(own);
            }}
          >
            ${own.name}
          </button>
          <button
            type="button"
            class="icon"
            aria-label=${t('remove.named', { name: own.name })}
            @click=${() => removeNamed(kind, own)}
          >
            ×
          </button>
        </li>`,
    )}
  </ul>
`;

const snippets = () =>
  menu(
    'snippet-menu',
    t('snippets'),
    t('snippets'),
    html`
      ${state.snippets.length ? nothing : html`<p class="hint">${t('snippets.none')}</p>`}
      ${named('snippets', ({ name }) => insertSnippet(name))}
      <button
        type="button"
        class="plain"
        id="snippet-keep"
        ?disabled=${!state.draft.prompt.trim()}
        @click=${takeSnippet}
      >
        ${t('snippets.keep')}
      </button>
    `,
  );

/** Keeps what is selected in the prompt, or all. */
function takeSnippet() {
  const field = at('f-prompt');
  const text = (field.value.slice(field.selectionStart, field.selectionEnd) || field.value).trim();
  if (text) keepSnippet(text);
}
