// The page's own elements.

/** The element with this id. `index.html` fixes which ids exist and what they are, so its type is not asked for. */
export const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

/** Adds a style sheet; resolves once it counts. */
export const loadStyle = (/** @type {string} */ href) =>
  new Promise((onload, fail) => {
    const onerror = () => fail(new Error(`could not load ${href}`));
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload, onerror }));
  });
