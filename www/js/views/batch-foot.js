// Below the rows of a batch: their total, the budget, and the one button that sends them, after one question.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import {
  batch,
  change,
  chooseWhatFits,
  isOtherBudget,
  leftOfBudget,
  repeatedOf,
  spentOf,
  toSend,
  totalOf,
  totalWordsOf,
} from '../batch.js';
import { halt, run, sendChosen } from '../batch-send.js';
import { t } from '../i18n.js';
import { isAmount, money as moneyOf } from '../money.js';
import { priceText } from '../price.js';
import { doubtfulRecord, state } from '../state.js';
import { amountField } from './amount.js';
import { balanceWarning } from './balance.js';
import { explained } from './failure.js';
import { showOnStage } from './stage.js';

/** @param {string} amount */
const money = (amount) => moneyOf(amount, state.book.currency);

export function foot() {
  const rows = toSend();
  const total = totalOf(rows);
  const words = totalWordsOf(total, money);
  return html`
    <section class="batch-foot" aria-label=${t('batch.send_part')}>
      <div>
        <p class="price-head num">${words}</p>
        <p class="quiet-text">${t('batch.chosen', { n: rows.length, of: batch.rows.length })}</p>
        ${total.open ? html`<p class="said-warning">${t('batch.open', { n: total.open })}</p>` : nothing}
      </div>
      ${budget(rows)}
      <div class="batch-send" role="status">${stopped()} ${balanceWarning(total.max)} ${sendButton(rows, words)}</div>
    </section>
  `;
}

/** @param {Row[]} rows */
function budget(rows) {
  const over = isOver(rows);
  const { currency } = state.book;
  return html`
    <div class="batch-budget">
      <label for="batch-budget">${t('batch.budget', { currency })}</label>
      ${amountField('batch-budget', isOtherBudget() ? '' : batch.budget, (budget) => change({ budget, currency }))}
      ${isAmount(batch.budget) ? html`<p class=${isUncovered(rows) ? 'said-error' : ''}>${budgetWords(rows)}</p>` : nothing}
      ${over ? html`<button type="button" class="fix" @click=${chooseWhatFits}>${t('batch.fit')}</button>` : nothing}
    </div>
  `;
}

/**
 * Whether these rows exceed the budget.
 * @param {Row[]} rows
 */
const isOver = (rows) => leftOfBudget(rows)?.startsWith('-') ?? false;

/**
 * Whether these rows exceed the budget, or may do so.
 * @param {Row[]} rows
 */
const isUncovered = (rows) => isOtherBudget() || isOver(rows);

/** @param {Row[]} rows */
const budgetWords = (rows) =>
  isOtherBudget()
    ? t('batch.other_currency', { budget: moneyOf(batch.budget, batch.currency) })
    : t(isOver(rows) ? 'batch.over' : 'batch.left', {
        spent: money(spentOf()),
        amount: money((leftOfBudget(rows) ?? '').replace('-', '')),
      });

/**
 * @param {Row[]} rows
 * @param {string} words
 */
function sendButton(rows, words) {
  if (run.sending && !run.sending.asking)
    return html`
      <progress max=${run.sending.of} .value=${run.sending.done} aria-label=${t('send.busy')}></progress>
      <span class="num">${t('counter.of', { n: run.sending.done, max: run.sending.of })}</span>
      <button type="button" class="plain" ?disabled=${run.halted} @click=${halt}>${t('batch.halt')}</button>
    `;
  return html`<button
    type="button"
    id="batch-send"
    class="strong ${totalOf(rows).open || isUncovered(rows) || doubtfulRecord() ? 'amber' : ''}"
    ?disabled=${!rows.length}
    @click=${() => sendChosen(confirm)}
  >
    ${t('batch.send', { n: rows.length, amount: words })}
  </button>`;
}

/** Why sending stopped early. */
function stopped() {
  const why = run.stopped;
  if (!why) return nothing;
  const record = state.records.get(why.record ?? '');
  const failure = why.failure ?? record?.failure;
  return html`<div class="failure">
    ${why.elsewhere ? html`<p>${t('batch.elsewhere')}</p>` : nothing}
    ${why.row ? html`<p class="failure-title">${t('batch.stopped', { n: why.row, left: why.left })}</p>` : nothing}
    ${failure ? explained(failure) : nothing} ${record?.state === 'unknown' ? inDoubt(record) : nothing}
  </div>`;
}

/**
 * The row may have been charged: what became of it is to be found out first, on the stage.
 * @param {Attempt} record
 */
const inDoubt = ({ attempt }) => html`
  <p>
    ${t('unknown.title')}
    <button type="button" class="link" @click=${() => showOnStage(attempt)}>${t('strip.show')}</button>
  </p>
`;

/**
 * The one question before a batch: how many, for how much, and what is unusual.
 * @param {Job[]} jobs
 */
async function confirm(jobs) {
  const { askAbout } = await import('./confirm.js');
  const rows = toSend();
  const total = totalOf(rows);
  const words = () => totalWordsOf(total, money);
  const { sent, same } = repeatedOf(jobs);
  const uncovered = isUncovered(rows);
  return askAbout({
    title: () => t('batch.confirm', { n: jobs.length }),
    yes: () => t('batch.send', { n: jobs.length, amount: words() }),
    kind: total.open || uncovered || sent || same ? 'amber' : '',
    body: () => html`
      <p class="dialog-amount">${words()}</p>
      ${total.open ? html`<p class="warn-box">${t('batch.open', { n: total.open })}</p>` : nothing}
      ${uncovered ? html`<p class="warn-box">${budgetWords(rows)}</p>` : nothing}
      ${sent ? html`<p class="warn-box">${t('batch.sent_before', { n: sent })}</p>` : nothing}
      ${same ? html`<p class="warn-box">${t('batch.same', { n: same })}</p>` : nothing} ${balanceWarning(total.max)}
      <p>${t('batch.once')}</p>
      <ul class="batch-list">
        ${jobs.map(
          ({ n, model, quote, draft }) =>
            html`<li>
              <span class="num">${n}</span> <span class="job-prompt">${draft.prompt}</span> <code>${model}</code>
              <span class="num">${priceText(quote)}</span>
            </li>`,
        )}
      </ul>
    `,
  });
}
