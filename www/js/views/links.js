// The link to the console and the copy button, for several views beyond the first screen.
import { html } from '../../vendor/lit-html/lit-html.js';
import { t } from '../i18n.js';
import { CONSOLE } from '../origins.js';

export const consoleLink = () => html`<a href=${CONSOLE} target="_blank" rel="noopener noreferrer">${t('console')}</a>`;

const TOLD_MS = 1500;

/**
 * Copies, and says for a moment in place of the button's words whether that was done.
 * @param {Element} button
 * @param {() => string | Promise<string>} text
 */
async function copy(button, text) {
  const [words, told] = /** @type {HTMLElement[]} */ ([...button.children]);
  try {
    await navigator.clipboard.writeText(await text());
    told.textContent = t('copied');
  } catch {
    told.textContent = t('copy_failed');
  }
  words.hidden = true;
  setTimeout(() => {
    told.textContent = '';
    words.hidden = false;
  }, TOLD_MS);
}

/**
 * A button that copies `text()`.
 * @param {() => string | Promise<string>} text
 */
export const copyButton = (text, words = t('copy')) =>
  html`<button
    type="button"
    class="plain small"
    @click=${(/** @type {OnClick} */ event) => copy(event.currentTarget, text)}
  >
    <span>${words}</span><span role="status"></span>
  </button>`;
