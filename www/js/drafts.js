// Open drafts, presets and snippets, kept in this browser; and links that carry a draft in their fragment.
import { emptyDraft, FIELDS, isFilled, newId, toBody } from './draft.js';
import { fillFrom } from './fill.js';
import { at } from './dom.js';
import { t } from './i18n.js';
import { goTo } from './pages.js';
import { canUndo, ofDraft, onChange, state, update, withdraw } from './state.js';
import { onOthers } from './others.js';
import { load, save } from './store.js';

/** @param {Draft} draft */
const isUntouched = (draft) =>
  FIELDS.every((field) => ['model', 'duration'].includes(field) || !isFilled(draft, field));

/**
 * The open drafts, with the form's own at its place.
 * @param {State} s
 */
const openNow = (s) => s.drafts.map((own) => (own.id === s.open ? { ...own, draft: s.draft } : own));

/** @returns {OpenDraft[]} */
const keptDrafts = () => load('drafts')?.list ?? [];

/** Restores the drafts of the last visit; the draft in the form is newer than its kept copy. */
export function restoreDrafts() {
  const list = keptDrafts();
  update((s) => {
    s.drafts = list.some(({ id }) => id === s.open) ? list : [...list, { id: s.open, draft: s.draft }];
  });
  readNamed();
  keptText = JSON.stringify(openNow(state));
  see(list);
  onChange(keepSoon);
  addEventListener('pagehide', keep);
  onOthers('drafts', takeTheirs);
  for (const kind of /** @type {Kept[]} */ (['presets', 'snippets'])) onOthers(kind, readNamed);
  addEventListener('hashchange', takeLink);
  takeLink();
}

const readNamed = () => update({ presets: load('presets') ?? [], snippets: load('snippets') ?? [] });

/** What the user made of every kept draft, as this tab saw it last. */
let seen = /** @type {Map<string, string>} */ (new Map());
/**
 * The request, and the figures typed for its media; measuring is each tab's own.
 * @param {Draft} draft
 */
const textOf = (draft) =>
  JSON.stringify([toBody(draft), [...draft.reference_videos, ...draft.reference_audios].map(({ typed }) => typed)]);
const see = (/** @type {OpenDraft[]} */ list) => {
  seen = new Map(list.map(({ id, draft }) => [id, textOf(draft)]));
};

let keptText = '';
let timer = 0;
const keepSoon = () => {
  timer ||= setTimeout(keep, 400);
};

function keep() {
  clearTimeout(timer);
  timer = 0;
  if (JSON.stringify(openNow(state)) === keptText) return;
  forkIfChanged();
  const list = openNow(state);
  keptText = JSON.stringify(list);
  see(list);
  save('drafts', { list });
}

/** If another tab changed the draft that is open here, too, what is in this form becomes a draft of its own. */
function forkIfChanged() {
  const theirs = keptDrafts().find(({ id }) => id === state.open);
  if (!theirs || [seen.get(theirs.id), textOf(state.draft)].includes(textOf(theirs.draft))) return;
  update((s) => {
    s.open = newId();
    s.drafts = [...s.drafts.map((own) => (own.id === theirs.id ? theirs : own)), { id: s.open, draft: s.draft }];
  });
}

/** Takes the list of another tab that changed it. This form's draft follows, unless it was changed here, too. */
function takeTheirs() {
  const list = keptDrafts();
  const own = { id: state.open, draft: state.draft };
  const theirs = list.find(({ id }) => id === own.id);
  const before = seen.get(own.id) ?? '';
  const isIdle = before === textOf(own.draft);
  update((s) => {
    s.drafts = theirs ? list : [...list, own];
    if (theirs && isIdle && textOf(theirs.draft) !== textOf(own.draft)) s.draft = theirs.draft;
  });
  keptText = JSON.stringify(isIdle ? openNow(state) : list);
  see(list);
  if (!isIdle) seen.set(own.id, before);
}

/**
 * Puts a draft into the form, as if the page had just been opened with it.
 * @param {State} s
 * @param {OpenDraft} open
 */
function show(s, { id, draft }) {
  s.drafts = openNow(s);
  withdraw(s, ofDraft);
  Object.assign(s, { open: id, draft, tried: false, failure: null, mode: null, tile: null, adding: false });
  s.touched = new Set(draft.prompt ? FIELDS.filter((field) => isFilled(draft, field)) : []);
}

/** @param {string} id */
export function switchTo(id) {
  keep();
  update((s) => {
    const own = openNow(s).find((other) => other.id === id);
    if (own && id !== s.open) show(s, own);
  });
}

/**
 * Opens a copy of this draft beside the others, or in place of an untouched one.
 * @param {Partial<Draft>} draft
 * @param {string | null} [words]
 * @param {string | null} [mode]
 */
export function openDraft(draft, words, mode) {
  keep();
  update((s) => {
    const own = { id: isUntouched(s.draft) ? s.open : newId(), draft: { ...emptyDraft(), ...structuredClone(draft) } };
    if (own.id !== s.open) s.drafts = [...openNow(s), own];
    show(s, own);
    s.mode = mode ?? null;
    if (words) s.toast = { words };
  });
  goTo('compose');
  at('f-prompt').focus();
}

/**
 * Shows a draft with this request and these typed figures: the one that is open already, or else a copy beside the others.
 * @param {Draft} draft
 * @param {string} words
 */
export function reopen(draft, words) {
  const own = openNow(state).find((other) => textOf(other.draft) === textOf({ ...emptyDraft(), ...draft }));
  if (own) switchTo(own.id);
  else openDraft(draft, words);
}

/** An empty draft of the same model, beside the others. */
export function newDraft() {
  const { model, duration, resolution, ratio } = state.draft;
  openDraft({ model, duration, resolution, ratio });
}

/**
 * Closes one of several drafts; it can be undone.
 * @param {string} id
 */
export function closeDraft(id) {
  update((s) => {
    const list = openNow(s);
    const place = list.findIndex((own) => own.id === id);
    const closed = list[place];
    const wasOpen = id === s.open;
    const others = list.filter((own) => own.id !== id);
    s.drafts = others;
    if (wasOpen) show(s, others[Math.min(place, others.length - 1)]);
    const reopen = () => {
      const now = openNow(s).filter((own) => own.id !== id); // another tab may have kept it
      s.drafts = now.toSpliced(place, 0, closed);
      if (wasOpen) show(s, closed);
    };
    canUndo(s, reopen, t('drafts.closed'));
  });
}

/**
 * A title for a draft: the start of its prompt.
 * @param {Draft} draft
 */
export const titleOf = (draft) => draft.prompt.trim().slice(0, 40) || t('drafts.untitled');

/**
 * @param {Kept} kind
 * @param {Named[]} list
 */
function setNamed(kind, list) {
  update({ [kind]: list });
  save(kind, list);
}

/**
 * The list without what has this name.
 * @param {Kept} kind
 * @param {string} name
 */
const othersThan = (kind, name) => state[kind].filter((own) => own.name !== name);

/**
 * Keeps something in `presets` or `snippets`, at the list's end or at `place`; one of the same name that it replaces comes back
 * by an undo.
 * @param {Kept} kind
 * @param {Named} own
 */
function keepNamed(kind, own, place = state[kind].length) {
  const old = state[kind].find(({ name }) => name === own.name);
  setNamed(kind, othersThan(kind, own.name).toSpliced(place, 0, own));
  if (!old?.draft) return;
  const restore = () => setNamed(kind, [...othersThan(kind, own.name), old]);
  update((s) => canUndo(s, restore, t('presets.replaced', own)));
}

/** @param {string} name */
export const keepPreset = (name) => keepNamed('presets', { name, draft: structuredClone(state.draft) });

/** @param {string} text */
export const keepSnippet = (text) => keepNamed('snippets', { name: text });

/**
 * Removes something from a list; it can be undone.
 * @param {Kept} kind
 * @param {Named} own
 */
export function removeNamed(kind, own) {
  const place = state[kind].indexOf(own);
  setNamed(kind, othersThan(kind, own.name));
  update((s) => canUndo(s, () => keepNamed(kind, own, place), t('removed')));
}

/**
 * Puts a snippet into the prompt at the caret.
 * @param {string} text
 */
export function insertSnippet(text) {
  const field = at('f-prompt');
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

const MARK = '#draft=';

/**
 * A link to this page with the draft's request in its fragment, which no server sees; there is no key in it.
 * @param {Draft} draft
 */
export function linkOf(draft) {
  const bytes = new TextEncoder().encode(JSON.stringify(toBody(draft)));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `${location.origin}${location.pathname}${MARK}${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** @param {string} hash */
const bodyOf = (hash) => {
  const text = atob(hash.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'));
  const body = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (c) => c.charCodeAt(0))),
  );
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new TypeError('no request');
  return body;
};

/** Opens the draft of a link beside the others, and takes it out of the address. */
function takeLink() {
  if (!location.hash.startsWith(MARK)) return;
  const { hash } = location;
  history.replaceState(null, '', '#compose');
  try {
    const draft = emptyDraft();
    fillFrom(draft, bodyOf(hash));
    openDraft(draft, t('drafts.from_link'));
  } catch {
    update({ toast: { words: t('drafts.bad_link') } });
  }
}
