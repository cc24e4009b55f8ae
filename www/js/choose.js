// The browser's dialog for choosing files.

/**
 * Lets the user choose files with these endings.
 * @param {string[]} endings
 * @param {(files: File[]) => unknown} take
 */
export function chooseFiles(endings, take, multiple = true) {
  const accept = endings.map((ending) => `.${ending}`).join(',');
  const input = Object.assign(document.createElement('input'), { type: 'file', multiple, accept });
  input.addEventListener('change', () => take([...(input.files ?? [])]));
  input.click();
}

/**
 * Lets the user choose one such file.
 * @param {string[]} endings
 * @param {(file: File) => unknown} take
 */
export const chooseFile = (endings, take) => chooseFiles(endings, ([file]) => file && take(file), false);
