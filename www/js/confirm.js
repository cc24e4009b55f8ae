// The one dialog of the page: a question with a price, answered by the user's own click.
import { html, render } from '../vendor/lit-html/lit-html.js';
import { span, t } from './i18n.js';
import { onChange, state } from './state.js';
import { priceText, secondsText } from './price.js';
import { LISTS, FRAMES } from './draft.js';

let content = null;
let answered = null;

const dialog = () => document.getElementById('dialog');

/** Opens the dialog with `view()` and resolves with the value that a button gave, or null for Esc and Cancel. */
function open(view) {
  content = view;
  draw();
  const box = dialog();
  box.returnValue = '';
  box.showModal();
  box.querySelector('[data-first]')?.focus();
  return new Promise((resolve) => {
    answered = (value) => {
      answered = null;
      content = null;
      box.close();
      resolve(value);
    };
    box.oncancel = (event) => {
      event.preventDefault();
      answered?.(null);
    };
  });
}

function draw() {
  if (content) render(content(), dialog());
}
onChange(draw);

const buttons = (yes, value = true, danger = false) =>
  html` <div class="dialog-buttons">
    <button type="button" class="plain" data-first @click=${() => answered?.(null)}>${t('cancel')}</button>
    <button type="button" class=${danger ? 'strong danger' : 'strong'} @click=${() => answered?.(value)}>${yes}</button>
  </div>`;

/** A plain question with one way on. */
export const ask = (words) =>
  open(
    () =>
      html` <h2 id="dialog-title">${t(words.title)}</h2>
        <p>${t(words.text, words.params)}</p>
        ${buttons(t(words.yes), true, words.danger)}`,
  );

/** Amount, route, seconds and media of what is about to be bought, and why this is asked. */
export const confirmSend = ({ job, reason, before }) =>
  open(() => {
    const media = [...LISTS, ...FRAMES]
      .map((field) => [field, LISTS.includes(field) ? countOf(job, field) : Number(field in JSON.parse(job.text))])
      .filter(([, n]) => n);
    return html` <h2 id="dialog-title">
        ${t(before.length ? 'confirm.again' : reason === 'unknown' ? 'confirm.unknown' : 'confirm.title')}
      </h2>
      ${before.length ? html`<p class="warn-box">${t('confirm.sent_before', { ago: span(Date.now() - before[0].at) })}</p>` : ''}
      ${reason === 'above' ? html`<p>${t('confirm.above', { limit: state.settings.limit })}</p>` : ''}
      ${reason === 'open' ? html`<p>${t('confirm.open')}</p>` : ''}
      ${reason === 'unknown' ? html`<p class="warn-box">${t('confirm.no_price', { name: job.quote.billing_model ?? job.model })}</p>` : ''}
      <p class="dialog-amount">${priceText(job.quote)}</p>
      <dl class="pairs">
        <dt>${t('model')}</dt>
        <dd><code>${job.model}</code></dd>
        ${
          secondsText(job.quote)
            ? html`<dt>${t('billable')}</dt>
                <dd>${secondsText(job.quote)}</dd>`
            : ''
        }
        ${media.map(
          ([field, n]) =>
            html`<dt><code>${field}</code></dt>
              <dd>${n}</dd>`,
        )}
      </dl>
      ${buttons(t('confirm.send'))}`;
  });

const countOf = (job, field) => JSON.parse(job.text)[field]?.length ?? 0;
