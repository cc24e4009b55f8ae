// The one dialog of the page: a question, answered by the user's own click.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, resolutionsOf } from '../draft.js';
import { t } from '../i18n.js';
import { money } from '../money.js';
import { span } from '../times.js';
import { highest, priceText, priceWords, secondsText } from '../price.js';
import { onChange, state } from '../state.js';
import { balanceWarning } from './balance.js';
import { openWords } from './fields.js';
import { apiName, countWords, lossWords, rich } from './parts.js';
import { linksOf, thumb } from './thumbs.js';

let content = /** @type {(() => unknown) | null} */ (null);
let answered = /** @type {((yes: boolean) => void) | null} */ (null);

/**
 * Opens the dialog with `view()` and resolves with true, or with false for Esc and Cancel.
 * @param {() => unknown} view
 */
function open(view) {
  content = view;
  draw();
  const box = at('dialog');
  box.returnValue = '';
  box.showModal();
  box.querySelector('[data-first]')?.focus();
  return new Promise((resolve) => {
    answered = (yes) => {
      answered = null;
      content = null;
      box.close();
      resolve(yes);
    };
    box.oncancel = (/** @type {Event} */ event) => {
      event.preventDefault();
      answered?.(false);
    };
  });
}

function draw() {
  if (content) render(content(), at('dialog'));
}
onChange(draw);

/** @param {unknown} yes */
const buttons = (yes, kind = '') => html`
  <div class="dialog-buttons">
    <button type="button" class="plain" data-first @click=${() => answered?.(false)}>${t('cancel')}</button>
    <button type="button" class="strong ${kind}" @click=${() => answered?.(true)}>${yes}</button>
  </div>
`;

/**
 * A plain question with one “yes”.
 * @param {{ title: string, text: string, yes: string, params?: Params, danger?: boolean }} words
 */
export const ask = (words) =>
  open(
    () => html`
      <h2 id="dialog-title">${t(words.title)}</h2>
      <p>${t(words.text, words.params)}</p>
      ${buttons(t(words.yes), words.danger ? 'danger' : '')}
    `,
  );

/**
 * A question with content of its own.
 * @param {{ title: () => unknown; body: () => unknown; yes: () => unknown; kind?: string }} given
 */
export const askAbout = ({ title, body, yes, kind = '' }) =>
  open(
    () => html`
      <h2 id="dialog-title">${title()}</h2>
      ${body()} ${buttons(yes(), kind)}
    `,
  );

/** @type {[string[], string][]} */
const SHORTCUTS = [
  [['Ctrl / ⌘', 'Enter'], 'send'],
  [['Alt', 'N'], 'drafts.new'],
  [['Alt', 'Z'], 'shortcuts.undo'],
  [['↑ ↓'], 'shortcuts.duration'],
  [['?'], 'shortcuts.list'],
];

export const showShortcuts = () =>
  open(
    () => html`
      <h2 id="dialog-title">${t('shortcuts.show')}</h2>
      <dl class="pairs">
        ${SHORTCUTS.map(
          ([keys, words]) =>
            html`<dt>${keys.map((key, i) => html`${i ? ' + ' : nothing}<kbd>${key}</kbd>`)}</dt>
              <dd>${t(words)}</dd>`,
        )}
      </dl>
      <div class="dialog-buttons">
        <button type="button" class="plain" data-first @click=${() => answered?.(false)}>${t('close')}</button>
      </div>
    `,
  );

/**
 * What is about to be bought: `reason` says why the user is asked, `before` are equal drafts sent just now.
 * @param {{ job: DraftJob; reason: string | null; before: Attempt[] }} given
 */
export const confirmSend = ({ job, reason, before }) =>
  open(
    () => html`
      <h2 id="dialog-title">${t(titleOf(reason, before))}</h2>
      ${before.length ? sentBefore(before[0]) : nothing} ${job.broken.map(brokenRule)} ${losses(job)}
      ${price(job, reason)}
      <blockquote class="dialog-prompt">${job.draft.prompt}</blockquote>
      ${settings(job)} ${tiles(job)} ${buttons(t('confirm.send'), kindOf({ job, reason, before }))}
    `,
  );

/**
 * Red for a second charge, amber for what differs from what is seen.
 * @param {{ job: DraftJob; reason: string | null; before: Attempt[] }} given
 */
function kindOf({ job, reason, before }) {
  if (before.length) return 'danger';
  return job.losses.length || ['past', 'unknown', 'currency'].includes(reason ?? '') ? 'amber' : '';
}

/** @type {Record<string, string>} */
const TITLES = { past: 'confirm.past', unknown: 'confirm.unknown' };

/**
 * @param {string | null} reason
 * @param {Attempt[]} before
 */
function titleOf(reason, before) {
  if (before.length) return 'confirm.again';
  return TITLES[reason ?? ''] ?? 'confirm.title';
}

/** @param {Attempt} record */
const sentBefore = ({ at: time }) =>
  html`<p class="warn-box">${t('confirm.sent_before', { ago: span(Date.now() - time) })}</p>`;

/** @param {Finding} finding */
const brokenRule = ({ rule, message }) => html`<p class="warn-box"><code>${rule}</code> ${rich(message)}</p>`;

/** @param {DraftJob} job */
const losses = (job) => lossWords(job).map((words) => html`<p class="warn-box">${words}</p>`);

const limitWords = () => money(state.settings.limit, state.settings.limit_currency);

/** Why the user is asked. @type {Record<string, (job: DraftJob) => unknown>} */
const REASONS = {
  above: () => html`<p>${t('confirm.above', { limit: limitWords() })}</p>`,
  currency: () => html`<p class="warn-box">${t('limit.other_currency', { limit: limitWords() })}</p>`,
  open: () => html`<p>${t('confirm.open')}</p>`,
  past: () => html`<p>${t('confirm.past_text')}</p>`,
  unknown: ({ quote, model }) =>
    'reason' in quote && quote.reason === 'billed-by-usage'
      ? html`<p class="warn-box">${priceWords(quote).note}</p>`
      : html`<p class="warn-box">${t('confirm.no_price', { name: quote.billing_model ?? model })}</p>`,
};

/**
 * @param {DraftJob} job
 * @param {string | null} reason
 */
function price(job, reason) {
  const words = priceWords(job.quote);
  return html`
    ${REASONS[reason ?? '']?.(job) ?? nothing}
    <p class="dialog-amount">${priceText(job.quote)}</p>
    ${balanceWarning(highest(job.quote))} ${words.formula ? html`<p class="formula">${words.formula}</p>` : nothing}
  `;
}

/**
 * The seconds that apply without a duration, if the route needs none.
 * @param {Entry | null} entry
 */
function usualSeconds(entry) {
  const rule = entry?.route.fields.duration;
  return rule?.optional ? t('seconds', { n: rule.default }) : '';
}

/**
 * The settings that are sent, with the seconds that are billed.
 * @param {DraftJob} job
 */
function settings(job) {
  const body = JSON.parse(job.text);
  const rows = [
    ['model', html`${job.entry?.route.title[state.lang]} ${apiName(body.model)}`],
    ['duration.short', 'duration' in body ? t('seconds', { n: body.duration }) : openWords(usualSeconds(job.entry))],
    ['billable', secondsText(job.quote)],
    [
      'resolution',
      body.resolution ?? job.entry?.model.delivers ?? openWords(job.entry && resolutionsOf(job.entry).default),
    ],
    ['ratio', body.ratio],
    ['orientation', body.orientation && t(`orientation.${body.orientation}`)],
  ];
  return html`<dl class="pairs">
    ${rows.map(([name, value]) =>
      value
        ? html`<dt>${t(name)}</dt>
            <dd>${value}</dd>`
        : nothing,
    )}
  </dl>`;
}

/**
 * The media that are sent, kind by kind, as tiles.
 * @param {DraftJob} job
 */
function tiles(job) {
  const left = new Set(job.skipped.map(({ field }) => field));
  const fields = [...LISTS, ...FRAMES].filter((field) => !left.has(field) && linksOf(job.draft, [field]).length);
  return fields.map(
    (field) => html`
      <div class="dialog-media">
        <p>${countWords(job.draft, field)}</p>
        <div class="tiles">${linksOf(job.draft, [field]).map((link) => thumb(link.field, link.item, link.n))}</div>
      </div>
    `,
  );
}
