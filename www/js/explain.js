// Why the page could not start.
import { at } from './dom.js';

/**
 * Says why the page cannot start and what helps, in both languages.
 * @param {Error} error
 */
export function explain(error) {
  const kind =
    typeof WebAssembly !== 'object'
      ? 'off'
      : /content security policy|unsafe-eval/i.test(error.message)
        ? 'csp'
        : /fetch|import|network|404|load/i.test(error.message)
          ? 'missing'
          : 'broken';
  const words = {
    off: [
      'WebAssembly is switched off in this browser. Allow it for this site, or use another browser.',
      '此浏览器关闭了 WebAssembly。请为本站启用它，或换用其他浏览器。',
    ],
    csp: [
      "The server’s Content-Security-Policy blocks WebAssembly. Add 'wasm-unsafe-eval' to script-src.",
      "服务器的 Content-Security-Policy 禁止了 WebAssembly。请在 script-src 中加入 'wasm-unsafe-eval'。",
    ],
    missing: [
      'A file of the page or of its rules engine could not be loaded. Reload the page; if that does not help, reinstall: the folders www and pkg must be side by side.',
      '页面或规则引擎的文件未能加载。请刷新页面；若仍无效，请重新部署：页面目录与 pkg 目录须放在一起。',
    ],
    broken: [
      'The rules engine could not be started: its file is damaged or does not fit the page. Reload, or put page and pkg of one version side by side.',
      '规则引擎无法启动：文件已损坏，或与页面版本不符。请刷新，或把同一版本的页面与 pkg 放在一起。',
    ],
  }[kind];
  at('cold-en').textContent = `${words[0]} (${error.message})`;
  at('cold-zh').textContent = words[1];
}
