// Uploads of files through the files endpoint, each with a moving bar; refused before any byte leaves when it cannot be taken.
import { companionRefusal, messageOf } from './answers.js';
import { UPLOAD, callOrigin, jsonOf } from './api.js';
import { FRAMES, kindOf, newItem } from './draft.js';
import { UPLOAD_BYTES, UPLOAD_TYPES } from './upload-limits.js';
import { measureFile } from './media.js';
import { mayConnect } from './policy.js';
import { authorization } from './secret.js';
import { changeDraft, state, update } from './state.js';
import { errorOfFile } from './verdict.js';

const MEGABYTE = 1024 * 1024;

const calls = new Map(); // id of an upload → XMLHttpRequest
let serial = 0;

/** Lets the user choose files for a slot. */
export function pickFiles(slot) {
  const accept = UPLOAD_TYPES[kindOf(slot)].map((ending) => `.${ending}`).join(',');
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    multiple: !FRAMES.includes(slot),
    accept,
  });
  input.addEventListener('change', () => uploadFiles(slot, [...input.files]));
  input.click();
}

/**
 * Uploads files one after the other for a slot; one that is refused or fails stops no other, and says why. `take` gets the link of
 * each with its file and what was measured of it.
 */
export async function uploadFiles(slot, files, take = putInto(slot)) {
  const queued = files.map((file) => ({ id: `upload-${(serial += 1)}`, file, failure: refusal(slot, file) }));
  update(({ uploads }) => {
    for (const [id, upload] of uploads) if (upload.slot === slot && upload.failure) uploads.delete(id);
    for (const { id, file, failure } of queued) uploads.set(id, { slot, name: file.name, percent: null, failure });
  });
  for (const { id, file, failure } of queued) if (!failure && state.uploads.has(id)) await uploadOne(id, file, take);
}

async function uploadOne(id, file, take) {
  change(id, { percent: 0 });
  const measuring = mediaOfFile(file) === 'video' ? measureFile(file).catch(() => null) : null;
  const { url, failure } = await transfer(id, file);
  if (failure) {
    change(id, { failure });
    return;
  }
  const measured = await measuring;
  dismissUpload(id);
  take({ url, file, measured });
}

const putInto =
  (slot) =>
  ({ url, measured }) => {
    const status = Number.isFinite(measured?.seconds) ? 'measured' : 'unreadable';
    const item = newItem(url, measured ? { measured, status } : {});
    changeDraft((draft, s) => {
      if (FRAMES.includes(slot)) draft[slot] = item;
      else draft[slot].push(item);
      s.touched.add(slot);
    });
  };

const change = (id, more) =>
  update(({ uploads }) => {
    if (uploads.has(id)) uploads.set(id, { ...uploads.get(id), ...more });
  });

const endingOf = (name) => (/\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '').toLowerCase();

/** What a file is by its name: image, video, audio; undefined for what is not uploaded. */
export const mediaOfFile = ({ name }) =>
  Object.keys(UPLOAD_TYPES).find((media) => UPLOAD_TYPES[media].includes(endingOf(name)));

/** The slot of files that belong to no field of the draft. */
export const DESK = 'desk';

/** Why this file is not worth sending: its type, its size, or what the core says of such a link at this place. */
function refusal(slot, file) {
  const types = slot === DESK ? Object.values(UPLOAD_TYPES).flat() : UPLOAD_TYPES[kindOf(slot)];
  const ending = endingOf(file.name);
  if (!types.includes(ending)) return { kind: 'upload-type', list: types.join(', ') };
  if (file.size > UPLOAD_BYTES)
    return { kind: 'upload-size', max: UPLOAD_BYTES / MEGABYTE, mb: (file.size / MEGABYTE).toFixed(1) };
  return slot !== DESK && errorOfFile(state, slot, ending) ? { kind: 'upload-rule', ending } : null;
}

function transfer(id, file) {
  const origin = callOrigin();
  if (!state.companion && !mayConnect(origin)) return { failure: { kind: 'policy', origin } };
  return new Promise((resolve) => {
    const call = new XMLHttpRequest();
    calls.set(id, call);
    const done = (outcome) => {
      calls.delete(id);
      resolve(outcome);
    };
    call.open('POST', origin + UPLOAD);
    for (const [name, value] of Object.entries(authorization())) call.setRequestHeader(name, value);
    call.responseType = 'arraybuffer';
    call.upload.onprogress = ({ lengthComputable, loaded, total }) =>
      lengthComputable && change(id, { percent: Math.floor((loaded / total) * 100) });
    call.onload = () => done(answerOf(call));
    call.onerror = () => done({ failure: { kind: 'upload-lost' } });
    call.onabort = () => done({ failure: { kind: 'canceled' } }); // its row is gone already
    const form = new FormData();
    form.append('file', file, file.name);
    call.send(form);
  });
}

function answerOf(call) {
  const json = jsonOf(new Uint8Array(call.response ?? []));
  const { status } = call;
  const refused = companionRefusal(json);
  if (refused) return { failure: { kind: 'upload-refused', status, message: refused.message[state.lang] } };
  if (status === 401 || status === 403) return { failure: { kind: 'upload-forbidden', status } };
  if (status === 413) return { failure: { kind: 'too-large' } };
  const url = json?.data?.url;
  if (status < 300 && typeof url === 'string' && /^https:\/\//i.test(url)) return { url };
  return { failure: { kind: 'upload-refused', status, message: messageOf(json) ?? '' } };
}

export const dismissUpload = (id) => update(({ uploads }) => uploads.delete(id));

/** Stops one upload, or takes it out of those that wait. */
export function cancelUpload(id) {
  dismissUpload(id);
  calls.get(id)?.abort();
}
