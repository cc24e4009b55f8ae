// The stage: the chosen result in its own shape with everything about it, a running task's state, or else how to begin.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { LISTS } from '../draft.js';
import { openDraft } from '../drafts.js';
import { listOf, t } from '../i18n.js';
import { goTo, narrow } from '../pages.js';
import { clock, span, when } from '../times.js';
import { refillFrom } from '../send.js';
import { doubtfulRecord, newestRecord, state, update } from '../state.js';
import { hello } from './hello.js';
import { countWords } from './parts.js';
import { linksOf } from './thumbs.js';
import { canBeSaved } from '../library.js';
import { bodyOf, chargeWords, expiryOf, keeping, player, savingWords, stateWords } from './tasks.js';

/** The attempt on the stage: the one that was chosen, else the newest. */
const onStage = () => state.records.get(state.chosen ?? '') ?? newestRecord();

/**
 * Puts an attempt on the stage, the newest if null, and moves to it; on a narrow screen the stage is in the queue's zone.
 * @param {string | null} attempt
 */
export function showOnStage(attempt) {
  update({ chosen: attempt });
  goTo(narrow.matches ? 'queue' : 'compose');
  at('now').focus({ preventScroll: true });
  at('now').scrollIntoView({ block: narrow.matches ? 'start' : 'nearest' });
}

export function drawStage() {
  const record = onStage();
  render(record ? nothing : hello(), at('hello'));
  render(record ? result(record) : nothing, at('now'));
}

/**
 * Shown in the pay bar already.
 * @param {Attempt} record
 */
const told = (record) => record === doubtfulRecord() || record.attempt === state.failure?.attempt;

/** @param {Attempt} record */
function result(record) {
  const body = JSON.parse(record.body);
  return html`
    <article
      class="task result ${record.state} ${shapeOf(body)}"
      aria-label=${t('task.label', { model: record.model })}
    >
      <header>
        <span class="pill ${record.state}">${stateWords(record)}</span>
        <time class="quiet-text">${when(record.at)}</time>
      </header>
      ${told(record) ? nothing : picture(record)}
      <div class="about">
        <p class="task-prompt">${body.prompt}</p>
        ${record.state === 'following' ? steps(record) : nothing}
        <div class="fixes">${canBeSaved(record) ? keeping(record) : nothing} ${further(record)}</div>
        ${savingWords(record)} ${canBeSaved(record) ? expiryOf(record) : nothing} ${facts(record, body)}
        ${record.state === 'following' ? html`<p class="hint">${t('stage.may_close')}</p>` : nothing}
      </div>
    </article>
  `;
}

/**
 * A failed request goes back into the form to be changed; any other can become a new draft.
 * @param {Attempt} record
 */
const further = (record) =>
  ['failed', 'refused'].includes(record.state)
    ? html`<button type="button" class="plain" @click=${() => refillFrom(record)}>${t('failed.edit')}</button>`
    : html`<button type="button" class="plain" @click=${() => openDraft(record.draft)}>${t('again')}</button>`;

/**
 * The video, or in its place the state.
 * @param {Attempt} record
 */
function picture(record) {
  if (canBeSaved(record)) return player(record);
  return record.state === 'following' ? html`<div class="elapsed-big">${bodyOf(record)}</div>` : bodyOf(record);
}

/**
 * Upright videos are beside their facts.
 * @param {RequestBody} body
 */
function shapeOf({ ratio = '', orientation }) {
  const [width, height] = ratio.split(':').map(Number);
  return width < height || (!ratio && orientation === 'portrait') ? 'upright' : '';
}

/**
 * What has happened to a task so far, and what comes.
 * @param {Attempt} record
 */
function steps(record) {
  const working = record.status === 'processing';
  /** @type {[string, string, boolean][]} */
  const done = [
    ['step.recorded', when(record.at), true],
    ['step.sent', record.answered_at ? when(record.answered_at) : '', true],
    ['state.processing', working ? clock(Date.now() - record.at) : '', working],
    ['state.completed', '', false],
  ];
  return html`<ol class="steps">
    ${done.map(
      ([words, time, reached]) =>
        html`<li class=${reached ? 'done' : ''}><b>${t(words)}</b> <span class="num">${time}</span></li>`,
    )}
  </ol>`;
}

/**
 * @param {Attempt} record
 * @param {RequestBody} body
 * @returns {[string, unknown][]}
 */
function rowsOf(record, body) {
  const media = LISTS.filter((field) => body[field]?.length).map((field) => countWords(record.draft, field));
  const frames = linksOf(
    record.draft,
    ['first_image', 'last_image'].filter((field) => body[field]),
  );
  return [
    ['stage.quoted', record.quoted.text],
    ['charged', chargeWords(record)],
    ['model', record.model],
    [
      'stage.format',
      [body.ratio, body.resolution, body.duration && t('seconds', { n: body.duration })].filter(Boolean).join(' · '),
    ],
    ['stage.media', listOf([...media, ...frames.map(({ field }) => t(field))])],
    ['stage.took', record.done_at && span(record.done_at - record.at)],
    ['stage.edition', record.edition],
    ['stage.allowed', record.allowed?.join(', ')],
    ['task.id', record.task_id],
  ];
}

/**
 * @param {Attempt} record
 * @param {RequestBody} body
 */
const facts = (record, body) => html`
  <dl class="about-rows">
    ${rowsOf(record, body).map(([name, value]) =>
      value
        ? html`<div>
            <dt>${t(name)}</dt>
            <dd>${value}</dd>
          </div>`
        : nothing,
    )}
  </dl>
`;
