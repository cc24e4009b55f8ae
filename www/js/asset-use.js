// Puts assets into the draft: where the user chose one, and where a link waited for its review.
import { FRAMES, LISTS, newItem } from './draft.js';
import { t } from './i18n.js';
import { placesFor, put } from './place.js';
import { changeDraft, state } from './state.js';
import { UPLOAD_TYPES } from './upload-limits.js';
import { linksOf } from './views/thumbs.js';

/**
 * Puts an asset into the draft, where its kind belongs.
 * @param {Asset} asset
 */
export function useAsset(asset) {
  const [slot] = placesFor([`asset.${UPLOAD_TYPES[asset.media][0]}`]);
  if (!slot || !asset.link) return;
  const item = newItem(asset.link, { status: 'unreadable' });
  changeDraft(
    (draft, s) => {
      put(draft, slot, item);
      s.touched.add(slot);
      s.adding = false;
    },
    t('desk.used', { name: asset.name }),
  );
}

const placed = new Set(); // once each, so that an undo lasts

/** Replaces links in the draft that passed review with their assets. */
export function fillPlaces() {
  for (const asset of state.assets) {
    if (asset.state !== 'active' || !asset.place || placed.has(asset.id)) continue;
    const waits = (/** @type {Linked} */ { item }) => item.id === asset.place && item.url === asset.url;
    if (!linksOf(state.draft, [...LISTS, ...FRAMES]).some(waits)) continue; // perhaps in another draft
    placed.add(asset.id);
    changeDraft(
      (draft) => {
        const waiting = linksOf(draft, [...LISTS, ...FRAMES]).find(waits);
        if (waiting && asset.link) waiting.item.url = asset.link;
      },
      t('desk.placed', { name: asset.name, link: `\`${asset.link}\`` }),
    );
  }
}
