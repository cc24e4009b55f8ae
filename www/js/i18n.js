// Words of the page in two languages. Messages of findings come from the core, not from here.
const tables = /** @type {Record<Lang, Words>} */ ({});
let lang = /** @type {Lang} */ ('en');
let plural = new Intl.PluralRules('en');

/**
 * Loads the words of a language that the first verdict needs.
 * @param {Lang} name
 */
export async function loadLang(name) {
  tables[name] ??= { ...(name === 'zh' ? await import('./i18n/zh.js') : await import('./i18n/en.js')).default };
}

/**
 * Loads all other words of a language.
 * @param {Lang} name
 */
export async function loadLater(name) {
  await loadLang(name);
  const parts =
    name === 'zh'
      ? [import('./i18n/later-zh.js'), import('./i18n/desk-zh.js')]
      : [import('./i18n/later-en.js'), import('./i18n/desk-en.js')];
  for (const words of await Promise.all(parts)) Object.assign(tables[name], words.default);
}

/**
 * Sets the language, already loaded, of every later `t` and of the document.
 * @param {Lang} next
 */
export function setLang(next) {
  lang = next;
  plural = new Intl.PluralRules(lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

/**
 * The text of an id, with `{name}` replaced by params.name; `{ one, other }` is chosen by params.n.
 * @param {string} id
 * @param {Params} params
 */
export function t(id, params = {}) {
  let text = tables[lang][id] ?? id;
  if (typeof text === 'object') text = text[plural.select(params.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/**
 * Joins words: “a, b, and c”.
 * @param {string[]} words
 */
export const listOf = (words) => (lang === 'zh' ? words.join('、') : new Intl.ListFormat(lang).format(words));

/**
 * Puts words into the fixed HTML: data-t is the text, data-t-label the accessible name.
 * @param {Document} root
 */
export function translate(root) {
  const nodes = (/** @type {string} */ mark) => /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(mark));
  for (const node of nodes('[data-t]')) node.textContent = t(node.dataset.t ?? '');
  for (const node of nodes('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel ?? ''));
}

/**
 * The language to start with: the user's earlier choice, else the browser's.
 * @param {unknown} stored
 */
export const preferredLang = (stored) =>
  (stored === 'en' || stored === 'zh' ? stored : null) ??
  (navigator.languages?.some((l) => l.toLowerCase().startsWith('zh')) ? 'zh' : 'en');
