// Why something did not become a task, and what to do next, in plain words.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { apiOrigin } from '../origins.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { state } from '../state.js';
import { consoleLink, copyButton } from './links.js';
import { nextStep, reasonOf } from './reason.js';
import { onEnter } from './parts.js';

/** These are not in the first load. */
const sending = () => import('../send.js');
const doubt = () => import('../doubt.js');

const IN_CONSOLE = ['balance', 'forbidden', 'upload-forbidden'];
/** What is to be changed under Settings, by the failure: the control to begin with. @type {Record<string, string>} */
const UNDER_CONNECTION = {
  'no-key': 'key',
  key: 'key',
  'unsafe-origin': 'origin',
  policy: 'origin',
  'not-json': 'origin',
};

/**
 * The reason, and the service's own words.
 * @param {Failure} f
 */
const saidReason = (f) => html`${reasonOf(f)} ${f.message ? html`<q class="said">${f.message}</q>` : nothing}`;

/**
 * The reason, and the next step, with a link to where that is done.
 * @param {Failure} f
 */
export const explained = (f) => html`
  <p>${saidReason(f)}</p>
  ${nextStep(f) ? html`<p>${nextStep(f)} ${settingsLink(f)}</p>` : nothing}
`;

/** @param {Failure} failure */
const settingsLink = ({ kind }) =>
  UNDER_CONNECTION[kind] && !state.companion
    ? html`<a href="#connection" data-at=${UNDER_CONNECTION[kind]}>${t('nav.connection')}</a>`
    : nothing;

/** The companion did not pass these on to the service. */
const HELD_BACK = ['companion', 'guard', 'never-seen'];

/**
 * Nothing was sent, or it was refused.
 * @param {Failure} f
 */
export function failureBox(f) {
  const isRefusal = f.sent && !HELD_BACK.includes(f.kind);
  return html`
    <div class="failure" role="alert">
      <p class="failure-title">${t(isRefusal ? 'fail.title.refused' : 'fail.title.unsent')}</p>
      ${explained(f)}
      <p class="quiet-text">${t(isRefusal ? 'fail.made_none' : 'fail.not_sent')}</p>
      ${f.kind === 'cors' ? corsWays() : nothing}
      ${IN_CONSOLE.includes(f.kind) ? html`<p>${consoleLink()}</p>` : nothing}
    </div>
  `;
}

const asCurl = async () => (await import('../exporters.js')).asCurl(state.result.text, apiOrigin());

const corsWays = () => html`
  <div class="fixes">
    ${copyButton(asCurl, t('copy.curl'))}
    <button type="button" class="fix" @click=${async () => (await sending()).send({ unchecked: true })}>
      ${t('send.anyway')}
    </button>
  </div>
`;

/**
 * An attempt that may have been charged: where to look first, then what to do, a second charge last.
 * @param {Attempt} record
 */
export function doubtBox({ attempt, failure }) {
  const id = `found-${attempt}`;
  const attach = async () => {
    const found = at(id).value.trim();
    if (found) (await doubt()).attachTask(attempt, found);
  };
  return html`
    <div class="failure unknown" role="alert">
      <p class="failure-title">${t('unknown.title')}</p>
      ${failure ? html`<p>${saidReason(failure)}</p>` : nothing}
      <p>${(failure && nextStep(failure)) || t('unknown.look')} ${consoleLink()}</p>
      <div class="add">
        <input
          id=${id}
          type="text"
          spellcheck="false"
          autocapitalize="off"
          placeholder=${t('unknown.task_id')}
          .value=${failure?.task_id ?? ''}
          aria-label=${t('unknown.task_id')}
          @keydown=${onEnter(attach)}
        />
        <button type="button" class="plain" @click=${attach}>${t('unknown.found')}</button>
      </div>
      <div class="fixes">
        <button type="button" class="fix" @click=${async () => (await doubt()).notCreated(attempt)}>
          ${t('unknown.none')}
        </button>
        <button type="button" class="fix second-charge" @click=${async () => (await sending()).sendAgain(attempt)}>
          ${t('unknown.again')}
        </button>
      </div>
    </div>
  `;
}
