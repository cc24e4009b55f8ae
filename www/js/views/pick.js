// In the row for adding media: library assets instead of a link.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { useAsset } from '../asset-use.js';
import { signOf } from '../assets.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { state } from '../state.js';
import { thumb } from './thumbs.js';

export function drawPick() {
  render(state.adding ? row(state.assets.filter((asset) => asset.state === 'active')) : nothing, at('assets-pick'));
}

/** @param {Asset[]} assets */
const row = (assets) => html`
  <p class="hint">${t('pick.from')} <a href="#assets">${t('nav.assets')}</a></p>
  ${
    assets.length
      ? html`<ul class="picks">
          ${assets.map(pick)}
        </ul>`
      : nothing
  }
`;

/** @param {Asset} asset */
const pick = (asset) => html`
  <li>
    <button type="button" class="pick" title=${asset.link} @click=${() => useAsset(asset)}>
      ${thumb(...signOf(asset))} <span class="job-prompt">${asset.name}</span>
    </button>
  </li>
`;
