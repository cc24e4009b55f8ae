// The request as a program: it sends the body of the preview, and reads the key from the environment.
import { CREATE, KEY_VARIABLE } from './origins.js';

/** @param {string} text */
const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * @param {string} text
 * @param {string} origin
 */
export const asCurl = (text, origin) => `curl -X POST ${shell(origin + CREATE)} \\
  -H "Authorization: Bearer $${KEY_VARIABLE}" \\
  -H 'Content-Type: application/json' \\
  --data-binary ${shell(text)}
`;

/**
 * On one line and in ASCII, since cmd's treatment of other letters depends on the machine.
 * @param {string} text
 */
const inAscii = (text) =>
  JSON.stringify(JSON.parse(text)).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * Escapes quotes for the C runtime, and other characters with carets for cmd.
 * @param {string} text
 */
const cmd = (text) =>
  `^"${text
    .replace(/(\\*)("|$)/g, (_, slashes, quote) => slashes + slashes + (quote && '\\"'))
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`%]/g, '^$&')
    .replace(/%/g, '^%')}^"`;

/**
 * @param {string} text
 * @param {string} origin
 */
export const asCmd = (text, origin) => `curl -X POST ${cmd(origin + CREATE)} ^
  -H "Authorization: Bearer %${KEY_VARIABLE}%" ^
  -H "Content-Type: application/json" ^
  --data-raw ${cmd(inAscii(text))}
`;

/**
 * @param {string} text
 * @param {string} origin
 */
export const asPowerShell = (text, origin) => `$body = @'
${text}
'@
$headers = @{ Authorization = "Bearer $env:${KEY_VARIABLE}" }
Invoke-RestMethod -Method Post -Uri '${origin + CREATE}' -Headers $headers -ContentType 'application/json; charset=utf-8' -Body ([Text.Encoding]::UTF8.GetBytes($body))
`;

/**
 * @param {string} text
 * @param {string} origin
 */
export const asJavaScript = (text, origin) => `// Node 18 or later; save as create.mjs
const request = ${text};

const answer = await fetch(${JSON.stringify(origin + CREATE)}, {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.${KEY_VARIABLE}}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(request, null, 2),
});
console.log(answer.status, await answer.text());
`;

/**
 * @param {string} text
 * @param {string} origin
 */
export const asPython = (text, origin) => `# Python 3, standard library only
import os
import urllib.request

body = """${text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}"""

request = urllib.request.Request(
    ${JSON.stringify(origin + CREATE)},
    data=body.encode("utf-8"),
    headers={
        "Authorization": "Bearer " + os.environ["${KEY_VARIABLE}"],
        "Content-Type": "application/json",
    },
    method="POST",
)
with urllib.request.urlopen(request) as answer:
    print(answer.status, answer.read().decode("utf-8"))
`;

/**
 * Offers text as a file.
 * @param {string} name
 * @param {string} text
 */
export function download(name, text, type = 'application/json') {
  offer(name, new Blob([text], { type }));
}

/**
 * Offers bytes as a file.
 * @param {string} name
 * @param {Blob} blob
 */
export function offer(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
