// The page's own elements.

/** The element with this id. `index.html` fixes which ids exist and what they are, so its type is not asked for. */
export const at = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
