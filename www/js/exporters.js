// The same request as a program: the body's bytes are those of the preview, the key stays in the environment.
import { CREATE, KEY_VARIABLE } from './api.js';

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export const asCurl = (text, origin) => `curl -X POST ${shell(origin + CREATE)} \\
  -H "Authorization: Bearer $${KEY_VARIABLE}" \\
  -H 'Content-Type: application/json' \\
  --data-binary ${shell(text)}
`;

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

/** Offers text as a file. */
export function download(name, text, type = 'application/json') {
  offer(name, new Blob([text], { type }));
}

/** Offers bytes as a file. */
export function offer(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
