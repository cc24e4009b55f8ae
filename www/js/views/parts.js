// Small pieces that several views use.
import { html } from '../../vendor/lit-html/lit-html.js';
import * as core from '../core.js';
import { fillFrom, placeOf, LISTS } from '../draft.js';
import { t } from '../i18n.js';
import { changeDraft, state } from '../state.js';

/** Text with `code` spans, as nodes: never as markup. */
export const rich = (text) =>
  String(text)
    .split('`')
    .map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : piece));

/** May this finding be shown? Warnings always; errors of fields that the user has left, of their counterparts, or once Send was pressed. */
export const mayShow = (finding) =>
  finding.severity === 'warning' ||
  state.tried ||
  [finding.path, ...finding.related].some((path) => state.touched.has(placeOf(path).field));

/** The findings of a field that may be shown. */
export const shown = (field) => (state.result?.byField.get(field) ?? []).filter(mayShow);

export const errorsOf = (findings) => findings.filter((f) => f.severity === 'error');

/** Applies a fix of the core to the draft; what is not sent stays as it is. */
export function applyFix(fix) {
  const { body, skipped } = state.result;
  const fixed = core.applyFix(body, fix.patch);
  changeDraft(
    (draft) =>
      fillFrom(
        draft,
        fixed,
        skipped.map((s) => s.field),
      ),
    fix.label,
  );
}

/** Findings with their fixes as buttons. */
export const findingList = (findings) =>
  findings.map(
    (finding) =>
      html` <div class="finding ${finding.severity}">
        <p><span class="visually-hidden">${t(finding.severity)}: </span>${rich(finding.message)}</p>
        ${finding.fixes.length ? html`<div class="fixes">${finding.fixes.map((fix) => html`<button type="button" class="fix" @click=${() => applyFix(fix)}>${rich(fix.label)}</button>`)}</div>` : ''}
      </div>`,
  );

/** The id of the control that a finding's path speaks of. */
export function controlOf(path) {
  const { field, index } = placeOf(path);
  if (LISTS.includes(field)) {
    const item = index === null ? null : state.draft[field][index];
    return item ? `item-${item.id}` : `add-${field}`;
  }
  return field ? `f-${field}` : 'f-model';
}

/** Moves the focus to a control, opening what hides it. */
export function focusControl(id) {
  const node = document.getElementById(id);
  node?.closest('details')?.setAttribute('open', '');
  node?.focus();
  node?.scrollIntoView({ block: 'center' });
}

/** Tells assistive technology which hints and findings belong to a control. */
export function describe(node, ids, invalid) {
  node.setAttribute('aria-describedby', ids.join(' '));
  if (invalid) node.setAttribute('aria-invalid', 'true');
  else node.removeAttribute('aria-invalid');
}

/** Why something that the user filled stays out of the request. */
export function skippedNote(field) {
  const skipped = state.result?.skipped.find((s) => s.field === field);
  return skipped
    ? html`<p class="not-sent">
        <span class="tag">${t('not_sent')}</span>
        ${t(`not_sent.${skipped.why}`, { model: state.draft.model, delivers: state.result.entry?.model.delivers ?? '' })}
      </p>`
    : '';
}

export const copyButton = (text, words = t('copy')) =>
  html`<button
    type="button"
    class="plain small"
    @click=${async (event) => {
      const button = event.currentTarget;
      try {
        await navigator.clipboard.writeText(await text());
        button.textContent = t('copied');
      } catch {
        button.textContent = t('copy_failed');
      }
      setTimeout(() => {
        button.textContent = words;
      }, 1500);
    }}
  >
    ${words}
  </button>`;
