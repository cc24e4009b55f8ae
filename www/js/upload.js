// Uploads files to the files endpoint, each with a progress bar; one that cannot be used is refused before it is sent.
import { companionRefusal, messageOf } from './answers.js';
import { jsonOf } from './api.js';
import { chooseFiles } from './choose.js';
import * as core from './core.js';
import { UPLOAD, callOrigin } from './origins.js';
import { FRAMES, kindOf, newItem, toBody } from './draft.js';
import { goTo } from './pages.js';
import { UPLOAD_BYTES, UPLOAD_ENDINGS, UPLOAD_TYPES } from './upload-limits.js';
import { measureUpload } from './media.js';
import { addText, endingOf, isLink, placesFor, put } from './place.js';
import { mayConnect } from './policy.js';
import { authorization } from './secret.js';
import { changeDraft, state, update } from './state.js';

const MEGABYTE = 1024 * 1024;

/** @typedef {{ url: string, failure?: undefined } | { url?: undefined, failure: Failure }} Transferred */

const calls = /** @type {Map<string, XMLHttpRequest>} */ (new Map()); // by ids of uploads
let serial = 0;

/** Lets the user choose files of any kind that the endpoint takes. */
export const pickFiles = () => chooseFiles(UPLOAD_ENDINGS, takeFiles);

/**
 * Takes what was dropped or pasted: files are uploaded, links added, where they were dropped or where their kind belongs,
 * and a request is imported. Other text is ignored.
 * @param {Dropped} given
 */
export function take({ files, text, slot }) {
  if (files.length) takeFiles(files, slot);
  else if (!addText(text, slot, isLink)) return;
  goTo('compose');
}

/**
 * Uploads files one after the other, into `slot` or where each kind belongs; one that is refused or fails says why
 * and stops no other. If `take` is given, it gets each file with its link, and the draft nothing.
 * @param {File[]} files
 * @param {string | null} [slot]
 * @param {TakeFile | null} [take]
 */
export async function takeFiles(files, slot = null, take = null) {
  const places = placesFor(files.map(({ name }) => name));
  const queued = files.map((file, i) => {
    const own = slot ?? places[i];
    const failure = refusal(own, file, take);
    return { id: `upload-${(serial += 1)}`, slot: own, open: state.open, file, n: i + 1, take, failure };
  });
  update(({ uploads }) => {
    for (const [id, upload] of uploads) if (upload.failure) uploads.delete(id);
    for (const { id, file, ...upload } of queued)
      uploads.set(id, { ...upload, name: file.name, percent: null, of: files.length });
  });
  for (const upload of queued) if (!upload.failure && state.uploads.has(upload.id)) await uploadOne(upload);
}

/** @param {{ id: string; slot: string | null; open: string; file: File; take: TakeFile | null }} upload */
async function uploadOne({ id, slot: given, open, file, take }) {
  const slot = given ?? '';
  change(id, { percent: 0 });
  const measuring = take || kindOf(slot) === 'image' ? null : measureUpload(file).catch(() => null);
  const { url, failure } = await transfer(id, file);
  if (failure) {
    change(id, { failure });
    return;
  }
  if (take) {
    dismissUpload(id);
    take({ url, file, media: kindOf(slot) });
    return;
  }
  const item = newItem(url);
  (await measuring)?.(item);
  dismissUpload(id);
  if (open === state.open)
    changeDraft((draft, s) => {
      put(draft, slot, item);
      s.touched.add(slot);
    });
  else
    update(({ drafts }) => {
      const own = drafts.find((other) => other.id === open);
      if (own) put(own.draft, slot, item);
    });
}

/**
 * @param {string} id
 * @param {Partial<Upload>} more
 */
const change = (id, more) =>
  update(({ uploads }) => {
    const upload = uploads.get(id);
    if (upload) uploads.set(id, { ...upload, ...more });
  });

/**
 * Why this file cannot be used: its type, its size, no key, or what the core says of such a link here.
 * @param {string | null} slot
 * @param {File} file
 * @param {TakeFile | null} take
 */
function refusal(slot, file, take) {
  const ending = endingOf(file.name);
  const types = slot ? UPLOAD_TYPES[kindOf(slot)] : UPLOAD_ENDINGS;
  if (!types.includes(ending)) return { kind: 'upload-type', list: types.join(', ') };
  if (file.size > UPLOAD_BYTES)
    return { kind: 'upload-size', max: UPLOAD_BYTES / MEGABYTE, mb: (file.size / MEGABYTE).toFixed(1) };
  if (state.companion ? !state.companion.has_key : !state.key.held) return { kind: 'upload-no-key' };
  return !take && slot && errorOfFile(state, slot, ending) ? { kind: 'upload-rule', ending } : null;
}

/**
 * @param {string} id
 * @param {File} file
 * @returns {Promise<Transferred> | Transferred}
 */
function transfer(id, file) {
  const origin = callOrigin();
  if (!state.companion && !mayConnect(origin)) return { failure: { kind: 'policy', origin } };
  return new Promise((resolve) => {
    const call = new XMLHttpRequest();
    calls.set(id, call);
    const done = (/** @type {Transferred} */ outcome) => {
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

/**
 * @param {XMLHttpRequest} call
 * @returns {Transferred}
 */
function answerOf(call) {
  const json = jsonOf(new Uint8Array(call.response ?? []));
  const { status } = call;
  const refused = companionRefusal(json);
  if (refused) return { failure: { kind: 'upload-refused', status, message: refused.message[state.lang] } };
  if (status === 401 || status === 403) return { failure: { kind: 'upload-forbidden', status } };
  if (status === 413) return { failure: { kind: 'too-large' } };
  const url = json?.data?.url; // one member, for which the package's ledger need not be loaded
  if (status < 300 && typeof url === 'string' && /^https:\/\//i.test(url)) return { url };
  return { failure: { kind: 'upload-refused', status, message: messageOf(json) ?? '' } };
}

/** @param {string} id */
export const dismissUpload = (id) => update(({ uploads }) => uploads.delete(id));

/**
 * Stops one upload, or takes it out of those that wait.
 * @param {string} id
 */
export function cancelUpload(id) {
  dismissUpload(id);
  calls.get(id)?.abort();
}

/**
 * The error that a file of this type would cause in this field of the draft, or undefined.
 * @param {State} s
 * @param {string} slot
 * @param {string} ending
 */
export function errorOfFile({ draft, lang }, slot, ending) {
  const single = FRAMES.includes(slot);
  const item = newItem(`https://example.com/file.${ending}`);
  const filled = { ...draft, [slot]: single ? item : [...draft[slot], item] };
  const path = single ? `/${slot}` : `/${slot}/${draft[slot].length}`;
  const ofLinks = ['scheme-not-accepted', 'gif-not-accepted', 'image-in-videos'];
  return core.check(toBody(filled), { lang }).findings.find((f) => f.path === path && ofLinks.includes(f.rule));
}
