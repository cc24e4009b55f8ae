// Starts the page: loads the core, restores what was kept, and redraws at each change.
import { COMPANION } from './origins.js';
import { divideBook, keepBook, restoreBook } from './book.js';
import { chooseEdition, loadCore } from './core.js';
import { at, loadStyle } from './dom.js';
import { watchDrops } from './drop.js';
import { emptyDraft, isFilled, newId, FIELDS } from './draft.js';
import { loadLang, loadLater, preferredLang, setLang, translate } from './i18n.js';
import { followLink, showNamed } from './pages.js';
import { loadPart } from './part.js';
import { companionAuthorization, recallKey } from './secret.js';
import { onChange, state, undo, update } from './state.js';
import { load, save } from './store.js';
import { assess } from './verdict.js';
import { drawFields, wireFields } from './views/fields.js';
import { drawMedia, openAdding, wireMedia } from './views/media.js';
import { drawFrame, watchPay } from './views/frame.js';
import { onEnter } from './views/parts.js';
import { drawPay, offer } from './views/pay.js';

/** behind.js, once it is loaded and the journal is open. */
let behind = /** @type {ReturnType<typeof loadBehind>} */ (/** @type {any} */ (null));
async function loadBehind() {
  const [module] = await Promise.all([import('./behind.js'), loadFilled()]);
  await Promise.all([module.openJournal(), module.styled]);
  draws.push(...module.draws);
  module.listen();
  isWhole = true;
  update();
  return module;
}
let isWhole = false;

/**
 * Runs `act` with behind.js once that is loaded; if it cannot be loaded, the page cannot start and says so.
 * @param {(module: Awaited<typeof behind>) => unknown} act
 */
const withBehind = (act) => behind.then(act, () => {});

let filled = /** @type {Promise<void> | null} */ (null);
/** Loads what an empty form does not need: findings, tiles and other texts. A kept draft needs them before the form is shown. */
const loadFilled = () => (filled ??= drawFilled());
async function drawFilled() {
  const [{ drawFindings }, { drawTiles }] = await Promise.all([
    import('./views/findings.js'),
    import('./views/tiles.js'),
    loadLater(state.lang),
    // Before later.css, even if that is loaded first: their order matters.
    loadPart('form-styles', () => loadStyle('css/filled.css', document.querySelector('link[href="css/later.css"]'))),
  ]);
  draws.push(drawFindings, drawTiles);
  update();
}

/** Nothing is sent before the journal is open. If the browser refuses storage, it is in memory and the page says so. */
function sendDraft() {
  if (state.held) return;
  const meant = offer();
  if (!isWhole) update({ held: true });
  withBehind(({ sendMeant }) => sendMeant(meant));
}

const draws = [drawFields, drawMedia, drawPay, drawFrame];

/** Checks and draws in the same task as the change, so that a key press shows its result in the same frame. */
function redraw() {
  if (!state.ready) return;
  state.result = assess(state);
  for (const draw of draws) draw();
}

/** The language chosen last. Another one that loads or fails later is ignored. */
let wished = /** @type {Lang | null} */ (null);

/** @param {Lang} lang */
function chooseLang(lang) {
  wished = lang;
  const isWished = () => wished === lang;
  loadPart(
    'language',
    () =>
      loadLater(lang).catch((error) => {
        if (isWished()) throw error;
      }),
    () => isWished() && useLang(lang),
  );
}

/** @param {Lang} lang */
function useLang(lang) {
  setLang(lang);
  translate(document);
  save('lang', lang);
  update({
    lang,
    toast: null, // its text is in the other language
  });
}

function wire() {
  wireFields();
  wireMedia();
  at('draft').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    sendDraft();
  });
  // A held Enter or the second click of a double click is not another deliberate action.
  at('send').addEventListener(
    'keydown',
    (/** @type {KeyboardEvent} */ event) => event.repeat && event.preventDefault(),
  );
  at('send').addEventListener('click', (/** @type {MouseEvent} */ event) => event.detail > 1 && event.preventDefault());
  at('draft').addEventListener('keydown', enterInField);
  document.addEventListener('keydown', (event) => shortcuts(/** @type {OnKey} */ (event)));
  document.addEventListener('click', followLink);
  addEventListener('hashchange', showNamed);
  addEventListener('pagehide', keepDraft);
  addEventListener('beforeprint', showRequest);
  for (const lang of /** @type {Lang[]} */ (['en', 'zh']))
    at(`lang-${lang}`).addEventListener('click', () => chooseLang(lang));
  at('developer').addEventListener('click', () => {
    update({ developer: !state.developer });
    save('developer', state.developer);
  });
  for (const panel of ['request', 'import']) {
    at(`${panel}-panel`).addEventListener('toggle', () => update());
    at(`${panel}-panel`).addEventListener('click', (/** @type {Event} */ event) => openWhole(event, panel));
  }
  at('add-tile').addEventListener('click', () => {
    const open = !state.adding;
    withBehind(() => openAdding(open));
  });
  at('f-model').addEventListener('click', () => withBehind(({ openModels }) => openModels()));
  at('keys').addEventListener('click', showShortcuts);
  at('skip').addEventListener('click', (/** @type {Event} */ event) => {
    event.preventDefault();
    at('f-prompt').focus();
  });
  watchDrops((given) => withBehind(({ take }) => take(given)));
}

/** The one-line fields from which Enter sends the form, the row for links only while it is empty (views/tile.js). */
const SENDING = ['f-duration', 'add-links'];
/** Elsewhere Enter takes what was typed, as leaving the field does, so that nothing is sent before it has been checked. */
const takeOnEnter = onEnter((field) => field.dispatchEvent(new Event('change', { bubbles: true })));

/** @param {OnKey} event */
function enterInField(event) {
  if (event.target.type !== 'text' || event.defaultPrevented) return;
  if (!SENDING.includes(event.target.id)) takeOnEnter(event);
  else if (event.repeat && event.key === 'Enter') event.preventDefault();
}

/**
 * Opens a panel once behind.js can fill it.
 * @param {Event} event
 * @param {string} panel
 */
function openWhole(event, panel) {
  if (isWhole) return;
  event.preventDefault();
  withBehind(() => {
    at(`${panel}-panel`).open = true;
  });
}

/** @type {Record<string, () => unknown>} */
const ALT = { KeyZ: undo, KeyN: () => withBehind(({ newDraft }) => newDraft()) };

const showShortcuts = () => withBehind((module) => module.showShortcuts());

/** @param {OnKey} event */
function shortcuts(event) {
  if (event.isComposing || event.keyCode === 229 || event.repeat || document.querySelector('dialog[open]')) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && state.view === 'compose') {
    event.preventDefault();
    sendDraft();
  }
  if (event.altKey && ALT[event.code]) {
    event.preventDefault();
    ALT[event.code]();
  }
  if (event.key === '?' && !event.target.matches?.('input, textarea, select')) showShortcuts();
}

/** Opens the code's panel, so that the printed page has it. */
function showRequest() {
  at('request-panel').open = true;
  update();
}

/**
 * The draft in the form is kept under its ID a moment after a change, when the page is left, and at once if it is another one: its
 * text must never be found under the other's ID.
 */
let keeping = 0;
let kept = { id: '', text: '' };
function keepDraftSoon() {
  if (state.open !== kept.id) keepDraft();
  else keeping ||= setTimeout(keepDraft, 400);
}

function keepDraft() {
  clearTimeout(keeping);
  keeping = 0;
  const now = { id: state.open, text: JSON.stringify(state.draft) };
  if (now.id === kept.id && now.text === kept.text) return;
  kept = now;
  save('draft', { ...state.draft, id: state.open });
}

function restoreDraft() {
  // Earlier versions kept the ID in `drafts` alone.
  const { id = load('drafts')?.open ?? newId(), ...last } = load('draft') ?? {};
  const draft = { ...emptyDraft(), ...last };
  for (const item of [...draft.reference_videos, ...draft.reference_audios])
    if (['waiting', 'measuring', 'unloaded', 'editing'].includes(item.status)) item.status = 'new';
  draft.model ||= (
    state.table.routes.find((r) => r.basis === 'documented' && r.fields.resolution.offered.length) ??
    state.table.routes[0]
  ).models[0].model;
  draft.duration ||= String(state.table.routes[0].fields.duration.default);
  Object.assign(state, { draft, open: id });
  if (draft.prompt) for (const field of FIELDS) if (isFilled(draft, field)) state.touched.add(field);
  kept = { id, text: JSON.stringify(draft) }; // another tab's newer draft stays until this one changes something
}

/**
 * Asks the companion to describe itself; null on a static host. A tab that it does not know goes to its page `companion/open`.
 * @returns {Promise<Companion | null>}
 */
async function findCompanion() {
  if (!location.protocol.startsWith('http')) return null;
  try {
    const answer = await fetch(COMPANION, {
      headers: companionAuthorization(),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(3000),
    });
    if (!answer.headers.get('content-type')?.includes('json')) return null;
    const companion = await answer.json();
    if (companion?.error?.kind === 'no_session') return (await isKnownToTabs()) ? findCompanion() : goToDoor();
    if (!answer.ok || typeof companion?.api_origin !== 'string') return null;
    await letTabsIn();
    return companion;
  } catch {
    return null;
  }
}

/** Before the form is shown, so that who sees it can open it in a second tab. */
const letTabsIn = () =>
  import('./tabs.js').then(
    ({ answerTabs }) => answerTabs(),
    () => {},
  );

/** If tabs.js cannot be loaded, no tab knows: that must not pass for no companion. */
const isKnownToTabs = () =>
  import('./tabs.js').then(
    ({ askTabs }) => askTabs(),
    () => false,
  );

/** Leaves the page; never resolves. */
function goToDoor() {
  location.replace('companion/open');
  return /** @type {Promise<never>} */ (new Promise(() => {}));
}

async function start() {
  state.lang = preferredLang(load('lang'));
  const [companion] = await Promise.all([
    findCompanion(),
    loadCore(),
    load('draft') ? loadFilled() : loadLang(state.lang),
  ]);
  const settings = { ...state.settings, ...load('settings') };
  Object.assign(state, {
    table: chooseEdition(settings.edition || companion?.edition),
    companion,
    settings,
    theme: load('theme') ?? 'auto',
    developer: load('developer') ?? false,
  });
  setLang(state.lang);
  translate(document);
  restoreBook(companion?.prices);
  restoreDraft();
  recallKey();
  wire();
  onChange(divideBook);
  onChange(redraw);
  onChange(keepDraftSoon);
  onChange(keepBook);
  watchPay();
  state.ready = true;
  showNamed();
  update();
  at('cold').hidden = true;
  at('app').hidden = false;
  performance.mark('usable');
  if (state.view === 'compose' && matchMedia('(pointer: fine)').matches) at('f-prompt').focus({ preventScroll: true });
  behind = loadBehind();
  const { adoptOrphans, startClock, startFollowing } = await behind;
  startFollowing();
  startClock();
  adoptOrphans();
  loadLater(state.lang === 'zh' ? 'en' : 'zh').catch(() => {}); // in advance: retried when it is chosen
}

/**
 * Without the core nothing can be checked, without behind.js nothing sent. A message that needs no further file comes at once,
 * in both languages; explain.js, if it can be loaded, then says what helps.
 */
start().catch((error) => {
  at('app').hidden = true;
  at('cold').hidden = false;
  at('cold').classList.add('failed');
  at('cold-en').textContent = `The page could not be started (${error.message}). Check your connection and try again.`;
  at('cold-zh').textContent = '页面未能启动。请检查网络后重试。';
  const again = Object.assign(document.createElement('button'), { className: 'plain', textContent: 'Try again 重试' });
  again.addEventListener('click', () => location.reload());
  at('cold').append(again);
  performance.mark('told');
  import('./explain.js').then(
    ({ explain }) => explain(error),
    () => {},
  );
});
