// The card that decides: price, verdict and Send.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { callOrigin } from '../api.js';
import { setPrice } from '../book.js';
import { clock, t } from '../i18n.js';
import { isAmount } from '../money.js';
import { bookAge, isOld, priceWords } from '../price.js';
import { newestRecord, state } from '../state.js';
import { controlOf, errorsOf, focusControl, mayShow, rich } from './parts.js';

const at = (id) => document.getElementById(id);

/** Errors that may be shown now. */
export const shownErrors = () => errorsOf(state.result.report.findings).filter(mayShow);

export function drawPay() {
  render(price(), at('price'));
  render(verdict(), at('verdict'));
  render(foot(), at('pay-foot'));
  at('send-label').textContent = t(state.busy ? 'send.busy' : 'send');
  at('send').setAttribute('aria-disabled', String(Boolean(state.busy)));
  at('send').classList.toggle('ready', state.result.report.accepted);
  render(summary(), at('summary'));
}

function price() {
  const words = priceWords(state.result.quote);
  const age = bookAge(words.asOf);
  return html` <p class="price-head ${words.kind}">
      ${words.kind === 'range' ? html`<span class="num low">${words.low}</span> <span class="to">${t('price.or')}</span> <b class="num high">${words.high}</b>` : html`<span class="num">${words.head}</span>`}
    </p>
    ${words.formula ? html`<p class="formula num">${words.formula}</p>` : ''}
    ${words.note ? html`<p class="price-note">${words.note}</p>` : ''} ${words.needs ? priceInput(words.needs) : ''}
    <p class="price-foot">
      ${words.billing ? html`<code>${words.billing}</code>` : ''}
      ${words.billing && state.result.quote.basis === 'inferred' ? html`<span class="tag" title=${t('inferred.why')}>${t('inferred')}</span>` : ''}
      ${words.asOf && words.kind !== 'not-priceable' ? html`<span>${t('price.as_of', { date: words.asOf })}${isOld(age) ? html` <span class="tag amber">${t('price.old', { n: age })}</span>` : ''}</span>` : ''}
    </p>
    ${firstVideoFigure()}`;
}

/** A length that the user typed is named as such beside the price. */
function firstVideoFigure() {
  const first = state.draft.reference_videos[0];
  return state.result.quote.parts?.length > 1 && first?.typed?.seconds
    ? html`<p class="price-note">${t('price.your_figure', { n: first.typed.seconds })}</p>`
    : '';
}

function priceInput({ name, unit }) {
  return html`<div class="price-ask">
    <label for="ask-price">${t(`price.enter_${unit}`, { currency: state.book.currency })}</label>
    <div class="add">
      <input
        id="ask-price"
        type="text"
        inputmode="decimal"
        class="short"
        placeholder="0.05"
        @keydown=${(e) => {
          if (e.key === 'Enter' && !e.isComposing && e.keyCode !== 229) {
            e.preventDefault();
            take(name);
          }
        }}
      />
      <button type="button" class="plain" @click=${() => take(name)}>${t('price.keep')}</button>
    </div>
  </div>`;
}

function take(name) {
  const input = at('ask-price');
  const value = input.value.trim();
  input.setAttribute('aria-invalid', String(!isAmount(value)));
  if (!isAmount(value)) return input.focus();
  input.value = '';
  setPrice(name, value);
  return at('send').focus();
}

function verdict() {
  const { report } = state.result;
  const errors = shownErrors();
  const warnings = report.findings.filter((f) => f.severity === 'warning');
  if (report.accepted) {
    return html`<p class="state good">
      <span class="lamp"></span
      >${warnings.length ? t('verdict.accepted_notes', { n: warnings.length }) : t('verdict.accepted')}
    </p>`;
  }
  if (!errors.length) return html`<p class="state"><span class="lamp"></span>${t('verdict.incomplete')}</p>`;
  return html`<p class="state bad"><span class="lamp"></span>${t('verdict.errors', { n: errors.length })}</p>
    ${
      state.tried
        ? ''
        : html`<ul class="first-errors">
            ${errors.slice(0, 3).map(
              (f) =>
                html`<li>
                  <a
                    href="#compose"
                    @click=${(e) => {
                      e.preventDefault();
                      focusControl(controlOf(f.path));
                    }}
                    >${rich(f.message)}</a
                  >
                </li>`,
            )}
          </ul>`
    }`;
}

/** The error summary: one link per error, in the words of the field. */
function summary() {
  const errors = state.tried ? errorsOf(state.result.report.findings) : [];
  if (!errors.length) return '';
  return html`<div id="summary-box" class="summary" role="group" tabindex="-1" aria-labelledby="summary-title">
    <h3 id="summary-title">${t('summary.title', { n: errors.length })}</h3>
    <ul>
      ${errors.map(
        (f) =>
          html`<li>
            <code class="quiet-text">${f.path.slice(1)}</code>
            <a
              href="#compose"
              data-path=${f.path}
              @click=${(e) => {
                e.preventDefault();
                focusControl(controlOf(f.path));
              }}
              >${rich(f.message)}</a
            >
          </li>`,
      )}
    </ul>
  </div>`;
}

function foot() {
  if (state.failure) return ''; // views/sent.js has the words
  if (state.busy?.attempt)
    return html`<p class="pay-line">${t('send.waiting', { time: clock(Date.now() - state.busy.at) })}</p>`;
  const where = state.companion
    ? t('send.via_companion', { origin: state.companion.api_origin })
    : t('send.to', { origin: callOrigin() });
  return html`<p class="pay-line quiet-text">${where}</p>`;
}

/** The document's title: trouble first, then the newest task, then the page. */
export function titleText() {
  const errors = state.tried ? errorsOf(state.result?.report.findings ?? []) : [];
  if (errors.length) return t('title.error', { n: errors.length });
  const newest = newestRecord();
  if (
    newest &&
    ['sending', 'following', 'completed', 'failed', 'unknown'].includes(newest.state) &&
    Date.now() - newest.at < 86_400_000
  ) {
    return `${t(`state.${newest.state === 'following' ? 'running' : newest.state}`)}${newest.state === 'following' && newest.progress ? ` ${newest.progress} %` : ''} · Seedance Preflight`;
  }
  return t('title');
}
