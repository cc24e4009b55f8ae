// Words of the page in two languages. Messages of findings come from the core, not from here.
const tables = {};
let lang = 'en';
let plural = new Intl.PluralRules('en');

/** Loads the words of a language that the first verdict needs. */
export async function loadLang(name) {
  tables[name] ??= { ...(name === 'zh' ? await import('./i18n/zh.js') : await import('./i18n/en.js')).default };
}

/** Loads all other words of a language. */
export async function loadLater(name) {
  await loadLang(name);
  const parts =
    name === 'zh'
      ? [import('./i18n/later-zh.js'), import('./i18n/desk-zh.js')]
      : [import('./i18n/later-en.js'), import('./i18n/desk-en.js')];
  for (const words of await Promise.all(parts)) Object.assign(tables[name], words.default);
}

/** Chooses the language, once it is loaded, of every later `t`, and of the document. */
export function setLang(next) {
  lang = next;
  plural = new Intl.PluralRules(lang);
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}

/** The text of an id, with `{name}` replaced by params.name; `{ one, other }` is chosen by params.n. */
export function t(id, params = {}) {
  let text = tables[lang][id] ?? id;
  if (typeof text === 'object') text = text[plural.select(params.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/** Words in a row: “a, b and c”. */
export const listOf = (words) => (lang === 'zh' ? words.join('、') : new Intl.ListFormat(lang).format(words));

/** Puts words into the fixed HTML: data-t is the text, data-t-label the accessible name. */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
}

/** The language to start with: the user's earlier choice, else the browser's. */
export const preferredLang = (stored) =>
  (['en', 'zh'].includes(stored) ? stored : null) ??
  (navigator.languages?.some((l) => l.toLowerCase().startsWith('zh')) ? 'zh' : 'en');
