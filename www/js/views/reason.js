// Why something failed, and the next step, in one sentence each.
import { t } from '../i18n.js';
import { span } from '../times.js';
import { state } from '../state.js';

/** Failures with another next step if the companion holds the key. */
const COMPANIONS = ['key', 'upload-forbidden'];

/** @param {Failure} f */
export const reasonOf = (f) => (f.words ? f.words[state.lang] : t(`fail.${f.kind}`, f));

/**
 * The next step, in one sentence; empty where the reason says all.
 * @param {Failure} f
 */
export function nextStep(f) {
  if (f.words) return '';
  if (f.kind === 'busy' && f.retryAfter) return t('fail.busy.wait', { wait: span(f.retryAfter * 1000) });
  if (state.companion && COMPANIONS.includes(f.kind)) return t(`fail.${f.kind}.companion`);
  return t(`fail.${f.kind}.next`, f);
}
