// The link to the console and the copy button, for several views beyond the first screen.
import { html } from '../../vendor/lit-html/lit-html.js';
import { t } from '../i18n.js';
import { CONSOLE } from '../origins.js';

export const consoleLink = () => html`<a href=${CONSOLE} target="_blank" rel="noopener noreferrer">${t('console')}</a>`;

/**
 * @param {HTMLElement} button
 * @param {() => string | Promise<string>} text
 * @param {string} words
 */
async function copy(button, text, words) {
  try {
    await navigator.clipboard.writeText(await text());
    button.textContent = t('copied');
  } catch {
    button.textContent = t('copy_failed');
  }
  setTimeout(() => {
    button.textContent = words;
  }, 1500);
}

/**
 * A button that copies `text()`.
 * @param {() => string | Promise<string>} text
 */
export const copyButton = (text, words = t('copy')) =>
  html`<button
    type="button"
    class="plain small"
    @click=${(/** @type {OnClick} */ event) => copy(event.currentTarget, text, words)}
  >
    ${words}
  </button>`;
