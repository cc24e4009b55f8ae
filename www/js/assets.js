// Media in the vendor's asset review, or past it: kept in this browser, and polled until decided.
import { messageOf, companionRefusal } from './answers.js';
import { CallError, PATIENCE, call, jsonOf, probe } from './api.js';
import { apiOrigin } from './origins.js';
import { onOthers } from './others.js';
import { fillPlaces } from './asset-use.js';
import { LISTS, kindOf, newItem } from './draft.js';
import { needLedger, readAssets } from './ledger.js';
import { alone, ifFree, lead } from './locks.js';
import { requireKey } from './send.js';
import { onChange, state, update } from './state.js';
import { load, save } from './store.js';
import { takeFiles } from './upload.js';
import { nameOf } from './views/thumbs.js';

const BASE = '/api/open-api/v1/seedance/';

/** The kinds of review, by the models that accept the result: how to submit an asset, and how to ask about it. */
/** @type {Record<string, { submit: (asset: Asset) => [string, object], ask: (id: string) => [string, object] }>} */
const WAYS = {
  full: {
    submit: ({ media, url }) => ['assets/audit', { [`${media}_urls`]: [url] }],
    ask: (id) => ['assets/status', { asset_ids: [id] }],
  },
  sp: {
    submit: ({ media, name, url }) => ['sp/assets/upload', { name, type: media, url }],
    ask: (id) => ['sp/assets/status', { asset_ids: [id] }],
  },
  person: {
    submit: ({ name, url }) => ['sp/realperson/submit', { name, url }],
    ask: (id) => ['sp/realperson/status', { asset_id: id }],
  },
};
export const WAY_NAMES = Object.keys(WAYS);

/** @param {Asset} asset */
export const isDecided = ({ state: name }) => name === 'active' || name === 'failed';
/**
 * Whether to ask about it again: not if it was never accepted, or its response was lost.
 * @param {Asset} asset
 */
const isOpen = (asset) => Boolean(asset.asset_id) && !isDecided(asset) && asset.origin === apiOrigin();

/**
 * Posts once the ledger, which reads the response, is loaded.
 * @param {string} path
 * @param {object} body
 */
async function post(path, body) {
  await needLedger();
  return call(BASE + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    patience: PATIENCE.create,
  });
}

/**
 * What a response of any kind of review says about its one asset, as a change of the record.
 * @param {Answer} answer
 * @returns {Partial<Asset>}
 */
function readAsset({ status, bytes }) {
  const json = jsonOf(bytes);
  const refusal = companionRefusal(json);
  if (refusal) return { failure: { kind: 'companion', words: refusal.message } };
  const answer = readAssets(bytes, status);
  const [failed] = 'failed' in answer ? answer.failed : [];
  if (failed) return { state: 'failed', status: '', said: failed.message ?? failed.url ?? '' };
  const [item] = 'items' in answer ? answer.items : [];
  const message = ('message' in answer && answer.message) || messageOf(json);
  if (!item) return { failure: { kind: 'asset', status, message: message ?? '' } };
  return {
    failure: null,
    asset_id: item.asset_id,
    link: item.asset_ref ?? `asset://${item.asset_id}`,
    status: item.status ?? '',
    state: item.state,
    said: item.message ?? '',
  };
}

const NAME = 'assets';
/** @returns {Asset[]} */
const keptAssets = () => load(NAME) ?? state.assets;

/**
 * Changes one record, on top of what other tabs saved meanwhile.
 * @param {string} id
 * @param {Partial<Asset>} more
 */
function change(id, more) {
  const all = keptAssets();
  keep(all.map((asset) => (asset.id === id ? { ...asset, ...more } : asset)));
}

/** @param {Asset[]} assets */
function keep(assets) {
  save(NAME, assets);
  update({ assets });
}

/** @param {string} id */
export const forgetAsset = (id) => keep(keptAssets().filter((asset) => asset.id !== id));

/**
 * @param {Pick<Asset, 'way' | 'media' | 'name' | 'url'> & Partial<Asset>} more
 * @returns {Asset}
 */
const newAsset = (more) => ({
  id: newItem('').id,
  at: Date.now(),
  origin: apiOrigin(),
  state: 'sending',
  status: '',
  picture: null,
  place: null,
  failure: null,
  ...more,
});

/**
 * Submits a link for review, once; `place` is the item of the draft that waits for the asset.
 * @param {{ way: string, media: Kind, name: string, url: string, picture?: string | null, place?: string | null }} given
 */
export async function submitLink({ way, media, name, url, picture = null, place = null }) {
  const asset = newAsset({ way, media, name, url, picture, place });
  keep([asset, ...keptAssets()]);
  await submit(asset);
}

/**
 * Submits an asset again that was refused or got no response.
 * @param {Asset} asset
 */
export function submitAgain(asset) {
  change(asset.id, { state: 'sending', failure: null, at: Date.now() });
  return submit(asset);
}

/** @param {Asset} asset */
const submit = (asset) => alone(lockOf(asset.id), () => submitOnce(asset));
/** @param {string} id */
const lockOf = (id) => `seedance-asset-${id}`;

/** @param {Asset} asset */
async function submitOnce(asset) {
  const [path, body] = WAYS[asset.way].submit(asset);
  let told;
  try {
    requireKey();
    await probe();
    told = readAsset(await post(path, body));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    told = { failure: { kind: error.kind, ...error.detail } };
  }
  change(asset.id, told.failure ? { state: 'unsent', ...told } : told);
  tick();
}

/**
 * Adds an asset that was made elsewhere, and asks for its state.
 * @param {{ way: string; media: Kind; link: string }} given
 */
export function addKnown({ way, media, link }) {
  const asset_id = link.replace(/^asset:\/\//i, '');
  keep([
    newAsset({ way, media, name: asset_id, url: '', asset_id, link: `asset://${asset_id}`, state: 'unknown' }),
    ...keptAssets().filter((asset) => asset.asset_id !== asset_id),
  ]);
  tick();
}

/**
 * Uploads files one after the other, and submits each once it has a link.
 * @param {File[]} files
 * @param {{ way: string; name: string }} given
 */
export const submitFiles = (files, { way, name }) =>
  takeFiles(files, null, async ({ url, file, media }) => {
    const picture = await pictureOf(file, media).catch(() => null);
    await submitLink({ way, media, name: name || file.name, url, picture });
  });

/**
 * Submits a link of the draft for models that accept only reviewed assets; the asset will replace it.
 * @param {string} path
 */
export function submitPlace(path) {
  const [, field, index] = path.split('/');
  const item = LISTS.includes(field) ? state.draft[field][Number(index)] : state.draft[field];
  return submitLink({ way: 'full', media: kindOf(field), name: nameOf(item.url), url: item.url, place: item.id });
}

const PICTURE_SIDE = 240;

/**
 * A small picture of an image, to recognise it by once its link is gone.
 * @param {File} file
 * @param {Kind} media
 */
async function pictureOf(file, media) {
  if (media !== 'image') return null;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, PICTURE_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  return canvas.toDataURL('image/webp', 0.7);
}

/**
 * The arguments of `thumb` for an asset: the field of its kind, and its picture.
 * @param {Asset} asset
 * @returns {[string, Shown]}
 */
export const signOf = ({ media, picture, url }) => [
  { image: 'images', video: 'reference_videos', audio: 'reference_audios' }[media],
  { url: picture ?? url, status: '' },
];

const GAP_MS = 5000;
const LONGEST_GAP_MS = 30_000;
let leading = false;
let timer = 0;
let rounds = 0;

/** Loads the kept assets, and polls undecided ones, in one tab for all. */
export function followAssets() {
  const read = () => update({ assets: load(NAME) ?? [] });
  read();
  onChange(fillPlaces);
  onOthers(NAME, read);
  state.assets.filter((asset) => asset.state === 'sending').forEach(adopt);
  lead('seedance-assets', () => {
    leading = true;
    tick();
  });
}

/**
 * Marks a record that a closed page left as being sent. A tab that still sends it holds its lock, and may have finished since.
 * @param {Asset} asset
 */
const adopt = ({ id }) =>
  ifFree(lockOf(id), () => {
    const isSending = keptAssets().find((asset) => asset.id === id)?.state === 'sending';
    if (isSending) change(id, { state: 'unsent', failure: { kind: 'closed' } });
  });

function tick() {
  rounds = 0;
  plan();
}

function plan() {
  clearTimeout(timer);
  if (!leading || !state.assets.some(isOpen)) return;
  timer = setTimeout(round, Math.min(LONGEST_GAP_MS, GAP_MS * 1.3 ** rounds));
}

async function round() {
  rounds += 1;
  for (const asset of keptAssets().filter(isOpen)) {
    const [path, body] = WAYS[asset.way].ask(asset.asset_id ?? '');
    const told = await post(path, body).then(readAsset, () => null); // a failed query decides nothing
    if (told && !told.failure) change(asset.id, { ...told, asset_id: asset.asset_id });
  }
  plan();
}

/** Asks now. */
export function askAssets() {
  clearTimeout(timer);
  return round();
}
