// Before the first video: what this is in one sentence, three examples that fill the form, and what is still to be done.
import { html, nothing, svg } from '../../vendor/lit-html/lit-html.js';
import { emptyDraft, entryOf } from '../draft.js';
import { openDraft } from '../drafts.js';
import { t } from '../i18n.js';
import { money } from '../money.js';
import { priceText } from '../price.js';
import { state } from '../state.js';
import { judge } from '../verdict.js';

/**
 * @typedef {{ name: string, mode: string | null, fields: { model: string, duration: string, resolution?: string, ratio: string } }} Example
 * @typedef {{ name: string, done: boolean, view: string, params?: Params }} Check what a first video needs, and where to do it
 */

/** One example for each kind of work, without images, since those would have to be the user's own. @type {Example[]} */
const EXAMPLES = [
  {
    name: 'words',
    mode: null,
    fields: { model: 'seedance2.0-mini', duration: '5', resolution: '720p', ratio: '16:9' },
  },
  {
    name: 'frames',
    mode: 'frames',
    fields: { model: 'seedance2.0-sp', duration: '5', resolution: '720p', ratio: '16:9' },
  },
  { name: 'product', mode: 'references', fields: { model: 'seedance2.0-md', duration: '5', ratio: '1:1' } },
];

/** @type {Record<string, unknown>} */
const ART = {
  words: svg`<rect width="240" height="124" fill="#2f6f8f"/><path d="M0 84h240v40H0z" fill="#1c3f57"/><path d="M150 36 0 0v56z" fill="#f2e3b8" opacity=".55"/><path d="M128 84h72l-14-22h-44z" fill="#14202b"/><path d="M150 62h14l3-34h-20z" fill="#f6f1e6"/><path d="M148 44h18l1 9h-20z" fill="#c8402f"/><rect x="149" y="20" width="16" height="9" fill="#2b2f33"/>`,
  frames: svg`<rect width="240" height="124" fill="#f3b97c"/><circle cx="170" cy="46" r="26" fill="#fff0cf"/><path d="M0 90h240v34H0z" fill="#b9683b"/><path d="M84 90c-8-34 16-48 34-48s42 14 34 48z" fill="#2d4a3e"/><path d="M148 66c16 0 18-14 26-18l4 6c-8 6-8 22-28 24zM104 42h28v-6h-28zM114 36h8v-6h-8z" fill="#2d4a3e"/><path d="M84 62c-16-4-20 10-16 20" fill="none" stroke="#2d4a3e" stroke-width="5"/>`,
  product: svg`<rect width="240" height="124" fill="#cfe0da"/><ellipse cx="122" cy="98" rx="82" ry="8" fill="#a5bfb6"/><path d="M46 88V52c16 12 30 4 40-12l42 28c24 8 56 2 62 20z" fill="#0b6b50"/><path d="M44 84h150c2 10-4 14-12 14H54c-8 0-12-6-10-14z" fill="#fff"/><path d="m96 58 14-10m-2 18 14-10m-2 18 14-10" stroke="#fff" stroke-width="4" stroke-linecap="round"/>`,
};

export const hello = () => html`
  <div class="hello">
    <h2 class="hello-title">${t('hello')}</h2>
    <h3>${t('hello.examples')}</h3>
    ${Object.keys(state.book.prices).length ? nothing : html`<a href="#prices">${t('hello.unpriced')}</a>`}
    <div class="examples">${EXAMPLES.map(example)}</div>
    <h3>${t('hello.checklist')}</h3>
    <ul class="card checklist">
      ${checks().map(check)}
    </ul>
  </div>
`;

/** @param {Example} example */
function example({ name, mode, fields }) {
  const entry = entryOf(state.table, fields.model);
  if (!entry) return nothing;
  const { unit, title } = entry.route;
  const prompt = t(`example.${name}.prompt`);
  const body = { ...fields, prompt, duration: Number(fields.duration) };
  const { quote } = judge(body, { media: undefined, book: state.book, lang: state.lang });
  return html`
    <button
      type="button"
      class="example"
      data-example=${name}
      @click=${() => openDraft({ ...emptyDraft(), ...fields, prompt }, null, mode)}
    >
      <svg viewBox="0 0 240 124" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${ART[name]}</svg>
      <span class="example-words">
        <b>${t(`example.${name}`)}</b>
        <span class="hint">${t(`example.${name}.text`)}</span>
        <span class="card-price"
          >${quote.kind === 'exact' ? html`<b class="num">${priceText(quote)}</b>` : nothing}<span class="num"
            >${title[state.lang]} · ${unit === 'task' ? t('unit.task') : t('seconds', { n: fields.duration })}</span
          ></span
        >
      </span>
    </button>
  `;
}

/** @returns {Check[]} */
function checks() {
  const { book, companion, key, settings } = state;
  const prices = Object.keys(book.prices).length;
  const limit = settings.limit;
  return [
    { name: companion ? 'companion' : 'key', done: companion ? companion.has_key : key.held, view: 'connection' },
    {
      name: 'prices',
      done: prices > 0,
      view: 'prices',
      params: { n: prices, currency: book.currency, date: book.as_of ?? '–' },
    },
    {
      name: 'limit',
      done: Boolean(limit),
      view: 'connection',
      params: { limit: limit && money(limit, settings.limit_currency) },
    },
  ];
}

/** @param {Check} check */
const check = ({ name, done, view, params = {} }) => html`
  <li>
    <span class="ring ${done ? 'done' : ''}"
      ><span class="visually-hidden">${t(done ? 'check.done' : 'check.open')}${t('colon')}</span></span
    >
    <div>
      <b>${t(`check.${name}`)}</b>
      <p class="hint">${t(`check.${name}.${done ? 'done' : 'todo'}`, params)}</p>
    </div>
    <a
      class="plain"
      href="#${view}"
      data-at=${name}
      aria-label="${t(done ? 'check.change' : 'check.go')}${t('colon')}${t(`check.${name}`)}"
      >${t(done ? 'check.change' : 'check.go')}</a
    >
  </li>
`;
