// Uploads of a slot: the button, each file's bar, and why a file was not taken.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { FRAMES } from '../draft.js';
import { t } from '../i18n.js';
import { state } from '../state.js';
import { errorOfFile } from '../verdict.js';
import { rich } from './parts.js';
import { nextStep } from './reason.js';

/** Uploading comes with the first file; the first screen does without it. */
const uploading = () => import('../upload.js');

export const uploadFiles = async (slot, files) =>
  (await uploading()).uploadFiles(slot, FRAMES.includes(slot) ? files.slice(0, 1) : files);

const hasKey = () => (state.companion ? state.companion.has_key : state.key.held);

/** An upload gives an https link: a route that accepts none has no use for it. */
export const takesUploads = (rule) => !rule || rule.schemes.accepted.includes('https');

export function uploadButton(slot, rule) {
  if (!hasKey() || !takesUploads(rule)) return nothing;
  return html`<button
    type="button"
    class="plain"
    aria-label=${t(`upload.${slot}`)}
    @click=${async () => (await uploading()).pickFiles(slot)}
  >
    ${t('upload')}
  </button>`;
}

export const uploadsOf = (slot) =>
  [...state.uploads.entries()].filter(([, upload]) => upload.slot === slot).map(([id, upload]) => row(id, upload));

const row = (id, upload) => (upload.failure ? refusal(id, upload, reason(upload)) : running(id, upload));

/** In words, for the model that is chosen now; nothing where that one would take the file. */
function reason({ slot, failure }) {
  if (failure.kind !== 'upload-rule') return `${t(`fail.${failure.kind}`, failure)} ${nextStep(failure)}`;
  return errorOfFile(state, slot, failure.ending)?.message;
}

function refusal(id, upload, words) {
  if (!words) return nothing;
  return html`
    <div class="finding error" role="alert">
      <p>${upload.name}: ${rich(words)}</p>
      <div class="fixes">
        <button type="button" class="fix" @click=${async () => (await uploading()).dismissUpload(id)}>
          ${t('dismiss')}
        </button>
      </div>
    </div>
  `;
}

const running = (id, { name, percent }) => html`
  <div class="upload">
    <span>${t(percent === null ? 'upload.waiting' : 'upload.running', { name })}</span>
    <progress max="100" .value=${percent ?? 0} aria-label=${t('upload.running', { name })}></progress>
    <span class="counter">${percent ?? 0} %</span>
    <button type="button" class="plain small" @click=${async () => (await uploading()).cancelUpload(id)}>
      ${t('cancel')}
    </button>
  </div>
`;
