// The page's own elements.

/** The element with this id. `index.html` fixes which ids exist and what they are, so types are not checked. */
export const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

/**
 * Adds a style sheet, before another or last; resolves once it is loaded.
 * @param {string} href
 * @param {Node | null} before
 */
export const loadStyle = (href, before = null) =>
  new Promise((onload, fail) => {
    const onerror = () => fail(new Error(`could not load ${href}`));
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload, onerror });
    document.head.insertBefore(link, before);
  });
