// Uploads of files through the files endpoint, with a moving bar; refused before any byte leaves when they cannot be taken.
import { companionRefusal, messageOf } from './answers.js';
import { UPLOAD, callOrigin, jsonOf } from './api.js';
import * as core from './core.js';
import { FRAMES, kindOf, newItem, placeOf, toBody } from './draft.js';
import { UPLOAD_BYTES, UPLOAD_TYPES } from './upload-limits.js';
import { measureFile } from './media.js';
import { mayConnect } from './policy.js';
import { authorization } from './secret.js';
import { changeDraft, state, update } from './state.js';

const calls = new Map(); // slot → XMLHttpRequest

/** Lets the user choose files for a slot. */
export function pickFiles(slot) {
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    multiple: !FRAMES.includes(slot),
    accept: UPLOAD_TYPES[kindOf(slot)].map((e) => `.${e}`).join(','),
  });
  input.addEventListener('change', () => uploadFiles(slot, [...input.files]));
  input.click();
}

/** Uploads files one after the other into a slot. */
export async function uploadFiles(slot, files) {
  for (const file of files) if (!(await uploadOne(slot, file))) return;
}

async function uploadOne(slot, file) {
  const failure = refusal(slot, file);
  if (failure) {
    update((s) => s.uploads.set(slot, { name: file.name, failure }));
    return false;
  }
  update((s) => s.uploads.set(slot, { name: file.name, percent: 0 }));
  const measuring = kindOf(slot) === 'video' ? measureFile(file).catch(() => null) : Promise.resolve(null);
  const outcome = await transfer(slot, file);
  if (outcome.failure) {
    update((s) =>
      outcome.failure.kind === 'canceled'
        ? s.uploads.delete(slot)
        : s.uploads.set(slot, { name: file.name, failure: outcome.failure }),
    );
    return false;
  }
  const measured = await measuring;
  const item = newItem(
    outcome.url,
    measured ? { measured, status: Number.isFinite(measured.seconds) ? 'measured' : 'unreadable' } : {},
  );
  changeDraft((draft, s) => {
    if (FRAMES.includes(slot)) draft[slot] = item;
    else draft[slot].push(item);
    s.uploads.delete(slot);
    s.touched.add(slot);
  });
  return true;
}

const ending = (name) => (/\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '').toLowerCase();

/** Why this file is not worth sending: its type, its size, or what the core says of such a link at this place. */
function refusal(slot, file) {
  const kind = kindOf(slot);
  const types = UPLOAD_TYPES[kind];
  if (!types.includes(ending(file.name))) return { kind: 'upload-type', list: types.join(', ') };
  if (file.size > UPLOAD_BYTES)
    return { kind: 'upload-size', max: UPLOAD_BYTES / 1048576, mb: (file.size / 1048576).toFixed(1) };
  const draft = structuredClone(state.draft);
  const item = newItem(`https://example.com/file.${ending(file.name)}`);
  if (FRAMES.includes(slot)) draft[slot] = item;
  else draft[slot].push(item);
  const at = FRAMES.includes(slot) ? null : draft[slot].length - 1;
  const finding =
    core.check(toBody(draft), { lang: state.lang }).findings.find((f) => {
      const place = placeOf(f.path);
      return f.severity === 'error' && place.field === slot && place.index === at && f.path !== `/${slot}`;
    }) ??
    (FRAMES.includes(slot)
      ? core
          .check(toBody(draft), { lang: state.lang })
          .findings.find((f) => f.rule === 'gif-not-accepted' && f.path === `/${slot}`)
      : null);
  return finding ? { kind: 'upload-rule', message: finding.message } : null;
}

function transfer(slot, file) {
  const origin = callOrigin();
  if (!state.companion && !mayConnect(origin)) return { failure: { kind: 'policy', origin } };
  return new Promise((resolve) => {
    const call = new XMLHttpRequest();
    calls.set(slot, call);
    const done = (outcome) => {
      calls.delete(slot);
      resolve(outcome);
    };
    call.open('POST', origin + UPLOAD);
    for (const [name, value] of Object.entries(state.companion ? {} : authorization()))
      call.setRequestHeader(name, value);
    call.responseType = 'arraybuffer';
    call.upload.onprogress = (event) =>
      update((s) => {
        const upload = s.uploads.get(slot);
        if (upload && event.lengthComputable) upload.percent = Math.floor((event.loaded / event.total) * 100);
      });
    call.onload = () => done(answerOf(call));
    call.onerror = () => done({ failure: { kind: 'upload-lost' } });
    call.onabort = () => done({ failure: { kind: 'canceled' } });
    const form = new FormData();
    form.append('file', file, file.name);
    call.send(form);
  });
}

function answerOf(call) {
  const json = jsonOf(new Uint8Array(call.response ?? []));
  const { status } = call;
  const refusal = companionRefusal(json);
  if (refusal) return { failure: { kind: 'upload-refused', status, message: refusal.message[state.lang] } };
  if (status === 401 || status === 403) return { failure: { kind: 'upload-forbidden', status } };
  if (status === 413) return { failure: { kind: 'too-large' } };
  const url = json?.data?.url;
  if (status < 300 && typeof url === 'string' && /^https:\/\//i.test(url)) return { url };
  return { failure: { kind: 'upload-refused', status, message: messageOf(json) ?? '' } };
}

export const cancelUpload = (slot) => calls.get(slot)?.abort();
export const dismissUpload = (slot) => update((s) => s.uploads.delete(slot));
