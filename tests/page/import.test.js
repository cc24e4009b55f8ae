// Text pasted into the import panel, tested without a browser: any text is read quickly and without a throw, curl commands are
// read as bash and cmd read them, and the page's own exports are read back unchanged.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { asCmd, asCurl, asJavaScript, asPowerShell, asPython } from '../../www/js/exporters.js';
import * as ledger from '../../pkg/ledger-inline.js';
import { readFurther, readPaste } from '../../www/js/importers.js';
import { cmdWords, shellWords } from '../../www/js/curl.js';
import { cases } from './lib/native.js';
import { FRAGMENTS, ORIGIN, body, command, drawn, readsAnything, readsAsMeant } from './lib/pasted.js';

test('any text is read: no throw, a text for the core', () => {
  const draw = drawn(1);
  for (let i = 0; i < 200_000; i += 1) readsAnything(draw);
});

test('a long text is read in time', () => {
  for (const fragment of [
    ...FRAGMENTS,
    '[',
    '$(',
    '"$(',
    "('",
    '{"request":{"a":',
    "-d '",
    '-d "\\',
    " $'\\",
    '\\x41',
    'a ^"',
  ]) {
    for (const start of ['', 'curl ', "curl -d '", 'curl -d "', "curl -d $'", 'curl ^"', '{"request":{"a":']) {
      const text = start + fragment.repeat(Math.ceil(200_000 / fragment.length));
      const before = process.cpuUsage();
      readPaste(text);
      const { user } = process.cpuUsage(before);
      assert.ok(user < 1e6, `${JSON.stringify(start + fragment)}…: ${user} µs`);
    }
  }
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  assert.equal(readPaste(`{"request":{"a":${deep}}}`).text, `{"request":{"a":${deep}}}`);
});

test('a curl command in any quoting gives its body, and tells of a key', () => {
  const draw = drawn(2);
  for (let i = 0; i < 25_000; i += 1) readsAsMeant(draw);
});

/** The arguments that bash passes to a program named curl, for each of these commands. */
function inBash(lines) {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${lines.map((line) => `${line}\n`).join('')}`;
  const out = execFileSync('bash', ['--norc', '--noprofile'], {
    input: script,
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  });
  return out
    .toString()
    .split('\x01\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

test('a command is found behind what was copied along, and a key never stays', () => {
  const sent = '{"model":"seedance2.0-mini","prompt":"x","duration":5}';
  const curl = (quote) => `curl https://x -H "Authorization: Bearer sk_dummy_0000" -d ${quote}${sent}${quote}`;
  for (const text of [
    `# create the clip\n${curl("'")}`,
    `\`\`\`bash\n${curl("'")}\n\`\`\``,
    `PS C:\\> ${curl("'").replace('curl', 'curl.exe')}`,
    `user@host:~$ ${curl("'")}`,
    `export KEY=sk_dummy_0000\n/usr/bin/${curl("'")}`,
    `curl “https://x” -H “Authorization: Bearer sk_dummy_0000” -d ‘${sent}’`,
    `curl "https://x" -H "Authorization: Bearer sk_dummy_0000" --data "${sent.replaceAll('"', '""')}"`,
    `!${curl("'")}`,
    `$ sudo ${curl("'")} | jq .`,
    `➜  ~ ${curl("'")}`,
    `RESULT=$(${curl("'")})`,
    `curl -sS --oauth2-bearer sk_dummy_0000 --data-binary @- https://x <<'EOF'\n${sent}\nEOF`,
    `Invoke-RestMethod -Headers @{ Authorization = "Bearer sk_dummy_0000" } -Body '${sent}'`,
  ]) {
    const read = readPaste(text);
    assert.deepEqual([read.value, read.hadKey], [JSON.parse(sent), true], text);
    assert.ok(!JSON.stringify(read).includes('sk_dummy'), text);
  }
  const unknown = readPaste('wget --header="Authorization: Bearer sk_dummy_0000" https://x');
  assert.deepEqual([unknown.text, unknown.hadKey], ['wget --header="Authorization: Bearer …" https://x', true]);
  const logged = readPaste(`{"headers":{"Authorization":"Bearer sk_dummy_0000"},"body":${sent}}`);
  assert.deepEqual([logged.value.headers, logged.hadKey], [{ Authorization: '…' }, true]);
  const innocent = '{"model":"seedance2.0-mini","prompt":"the ring bearer frodobaggins runs $ curl up"}';
  assert.equal(readPaste(innocent).text, innocent);
});

test('bash reads the same words', () => {
  const draw = drawn(3);
  // Carriage returns come from a user's editor, not from bash. The page does not fill in variables.
  const lines = Array.from({ length: 5_000 }, () =>
    command(draw)
      .line.replaceAll('\\\r\n', '\\\n')
      .replace('$KEY', 'key')
      .replace(/ \| jq \.$|; echo$| && echo -d x$/, ''),
  );
  const words = inBash(lines);
  assert.equal(words.length, lines.length);
  lines.forEach((line, i) => assert.deepEqual(shellWords(line).slice(1), words[i], line));
});

// Quoted like Chromium's "Copy as cURL (cmd)": quotes and backslashes for the C runtime, carets for cmd.
const forCmd = (text) =>
  `^"${text
    .replace(/(\\*)("|$)/g, (_, slashes, quote) => slashes + slashes + (quote && '\\"'))
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
    .replace(/%(?=\w)/g, '%^')
    .replace(/\r?\n/g, '^\n\n')}^"`;

test("cmd's carets and quotes", () => {
  const draw = drawn(4);
  for (let i = 0; i < 25_000; i += 1) {
    const text = body(draw);
    const gap = () => draw.pick([' ', ' ^\n  ', ' ^\r\n  ']);
    const line = `curl${draw.pick(['', '.exe'])} ${forCmd(`${ORIGIN}/a?b=1&c=2`)}${gap()}-H ${forCmd('Content-Type: application/json')}${gap()}${draw.pick(['--data-raw ', '-d '])}${forCmd(text)}`;
    assert.equal(readPaste(line).text, text, line);
  }
  const plain = 'curl -d "{\\"prompt\\":\\"it\'s 5 ^ 2\\",\\"x\\":\\"a\\\\\\\\b\\"}" ^\n https://api.example';
  assert.deepEqual(JSON.parse(readPaste(plain).text), { prompt: "it's 5 ^ 2", x: 'a\\b' });
  assert.deepEqual(cmdWords('a "b ""c"" d" \\\\"e f\\\\" g\\h'), ['a', 'b "c" d', '\\e f\\', 'g\\h']);
});

test('a caret inside of quotes does not make a command one for cmd', () => {
  assert.equal(readPaste('curl -d"{\\"prompt\\":\\"x ^"\'"}\' https://api.example').text, '{"prompt":"x ^"}');
  assert.equal(readPaste('curl -d \\"a\\ ^"b"').text, '"a ^b');
});

test('what curl makes of its options', () => {
  const read = (line) => {
    const { text, file } = readPaste(line);
    return file === undefined ? text : { file, text };
  };
  assert.equal(read('curl -d a -d b u'), 'a&b');
  assert.equal(read("curl --json '{\"a\":' --json '1}' u"), '{"a":1}');
  assert.deepEqual(read('curl u -d @body.json'), { file: 'body.json', text: '' });
  assert.deepEqual(read('curl u -d@- '), { file: '-', text: '' });
  assert.equal(read('curl u --data-raw @body.json'), '@body.json');
  assert.equal(read('curl u -d @- <<\'EOF\'\n{"prompt": "it\'s -d"}\nEOF\n'), '{"prompt": "it\'s -d"}');
  assert.equal(read("curl -A '-d' -o -d u -d x"), 'x');
  assert.equal(read('curl u -d \'{"a": 1'), '{"a": 1', 'a quote without its end holds the rest');
  assert.equal(read('curl u'), '');
  const sent = '{"model":"m","prompt":"a (b) c"}';
  for (const key of [
    '$(cat ~/.key)',
    '$(op read "a ) b" | tr -d \')\' ; (echo x))',
    '"Bearer $(cat "$HOME/a \\$(b" | head -c 9)"',
  ])
    for (const line of [
      `curl --oauth2-bearer ${key} https://x -d '${sent}'`,
      `X=$(curl -H ${key} -d '${sent}' u) -d x`,
    ])
      assert.equal(read(line), sent, line);
  assert.equal(read('curl u -d "a\\$(b" -d c'), 'a$(b&c');
  assert.equal(read('curl u -d x -H $(cat'), 'x', 'without its end it holds the rest');
});

test('what the page exports as curl comes back, through our reader and through bash', () => {
  const draw = drawn(5);
  const texts = [
    ...cases()
      .filter((c) => c.normalised)
      .flatMap(({ normalised }) => [JSON.stringify(normalised, null, 2), JSON.stringify(normalised)]),
    ...Array.from({ length: 20_000 }, () => body(draw)),
  ].filter((text) => !text.includes('\0'));
  assert.ok(texts.length > 20_500, String(texts.length));
  const lines = texts.map((text) => asCurl(text, ORIGIN));
  texts.forEach((text, i) => {
    const { text: found, hadKey, value } = readPaste(lines[i]);
    assert.deepEqual({ found, hadKey, value }, { found: text, hadKey: true, value: JSON.parse(text) });
  });
  inBash(lines).forEach((words, i) => assert.equal(words.at(-1), texts[i]));
});

test('what the page exports as any program comes back with the same request', () => {
  const draw = drawn(6);
  const values = Array.from({ length: 400 }, () => body(draw)).map((prompt) => ({
    model: 'seedance2.0-mini',
    prompt,
    duration: 5,
  }));
  values.push({
    model: 'seedance2.0-mini',
    prompt: 'It\'s $HOME `x` \\ "quoted"\n第二行 😀 """ 100% ^ \'@',
    duration: 5,
  });
  for (const value of values.filter(({ prompt }) => !prompt.includes('\0')))
    for (const write of [asCmd, asPowerShell, asJavaScript, asPython]) {
      const read = readPaste(write(JSON.stringify(value, null, 2), ORIGIN));
      assert.deepEqual({ value: read.value, hadKey: read.hadKey }, { value, hadKey: true }, write.name);
    }
});

const WANTED = { model: 'seedance2.0-mini', prompt: 'it\'s "雪"', duration: 5 };
const JSON_TEXT = JSON.stringify(WANTED);
const PROGRAMS = {
  'Copy as fetch': `fetch("https://x/api", {\n  "headers": { "authorization": "Bearer sk_1" },\n  "body": ${JSON.stringify(JSON_TEXT)},\n  "method": "POST"\n});`,
  'fetch by hand':
    `await fetch(url, { method: 'POST', headers: { Authorization: \`Bearer \${key}\` }, body: JSON.stringify({ model: 'seedance2.0-mini', prompt: 'it\\'s "雪"', duration: 5, /* five */ }) });`.replace(
      '/* five */',
      '// five\n',
    ),
  'Python requests': `import requests\nrequests.post("https://x", headers={"Authorization": "Bearer sk"}, json={"model": 'seedance2.0-mini', 'prompt': "it's \\"雪\\"", "duration": 5,})`,
  'Copy as PowerShell': `Invoke-WebRequest -Uri "https://x" -Method "POST" -Headers @{ "authorization"="Bearer sk" } -Body "${JSON_TEXT.replace(/["`\\]/g, (sign) => (sign === '"' ? '`"' : sign)).replace('雪', '$([char]0x96ea)')}"`,
  'PowerShell by hand': `$body = @{ model = 'seedance2.0-mini'; prompt = 'it''s "雪"'\n duration = 5 } | ConvertTo-Json\nInvoke-RestMethod -Uri x -Headers @{ Authorization = $k } -Body $body`,
};
for (const [name, program] of Object.entries(PROGRAMS))
  test(`${name} is read, and its key told of`, () => {
    const { value, hadKey, kind } = readPaste(program);
    assert.deepEqual({ value, hadKey, kind }, { value: WANTED, hadKey: true, kind: 'program' });
  });

test('requests of Ark and fal are converted, and what has no place is named', () => {
  const part = (type, url, role) => ({ type, [type]: { url }, ...(role ? { role } : {}) });
  const ark = readPaste(
    JSON.stringify({
      model: 'doubao-seedance',
      content: [
        { type: 'text', text: 'A fox --ratio 16:9 --dur 5 --watermark true' },
        part('image_url', 'https://a.example/1.png', 'reference_image'),
        part('video_url', 'https://a.example/1.mp4', 'reference_video'),
        part('image_url', 'https://a.example/2.png', 'last_frame'),
      ],
      seed: 1,
    }),
    ledger,
  );
  assert.equal(ark.vendor, 'Ark');
  assert.deepEqual(ark.value, {
    model: 'doubao-seedance',
    prompt: 'A fox',
    ratio: '16:9',
    duration: 5,
    images: ['https://a.example/1.png'],
    reference_videos: ['https://a.example/1.mp4'],
    last_image: 'https://a.example/2.png',
  });
  assert.deepEqual(ark.left, ['--watermark', 'seed']);
  const fal = readPaste(
    JSON.stringify({ prompt: 'a', image_url: 'https://a.example/1.png', duration: '8', aspect_ratio: 'auto', seed: 2 }),
    ledger,
  );
  assert.equal(fal.vendor, 'fal');
  assert.deepEqual(fal.value, { prompt: 'a', first_image: 'https://a.example/1.png', duration: 8 });
  assert.deepEqual(fal.left, ['seed']);
  assert.equal(readPaste('{"model":"x","prompt":"a","image_url":"u"}', ledger).vendor, null, 'ours, with a fault');
});

test('a long program is read in time', () => {
  for (const piece of ['"', '\\"', '"\\"', '{#', '{a:1,', "@'\n", '{"a":"', "''", '{"a":{', '$([char]']) {
    const begin = performance.now();
    readPaste(`fetch ${piece.repeat(Math.ceil(200_000 / piece.length))}`);
    readPaste(`fetch ${piece.repeat(Math.ceil(32_000 / piece.length)).slice(0, 32_000)}`);
    assert.ok(performance.now() - begin < 10_000, piece);
  }
});

const READ_WITH = { 'without the ledger': null, 'with the ledger': ledger };
for (const [how, reader] of Object.entries(READ_WITH))
  test(`a key in pasted JSON never stays, and nothing else is changed (${how})`, () => {
    const without = (text) => {
      const read = readPaste(text, reader);
      assert.ok(!JSON.stringify(read).includes('sk_dummy'), text);
      return [read.text, read.hadKey];
    };
    for (const [text, rest] of [
      ['{"headers":{"x-api-key":"sk_dummy"},"n":1.0}', '{"headers":{"x-api-key":"…"},"n":1.0}'],
      ['{"Authorization" : "sk_dummy","a":1e400}', '{"Authorization" : "…","a":1e400}'],
      ['["Authorization: Bearer sk_dummy"]', '["Authorization: …"]'],
      ['["X-Api-Key: sk_dummy","cookie"]', '["X-Api-Key: …","cookie"]'],
      ['[{"api_key":["sk_dummy",{"a":"sk_dummy"}]},["a"]]', '[{"api_key":["…",{"a":"…"}]},["a"]]'],
      [
        '{"apiKey":"sk_dummy","Cookie":"a=sk_dummy; b","API-KEY":"sk_dummy"}',
        '{"apiKey":"…","Cookie":"…","API-KEY":"…"}',
      ],
      ['{"\\u0061pikey":"sk_dummy"}', '{"\\u0061pikey":"…"}'],
      ['{"note":"use Bearer sk_dummy there"}', '{"note":"use Bearer … there"}'],
      [JSON.stringify(['{"headers":{"x-api-key":"sk_dummy"}}']), JSON.stringify(['{"headers":{"x-api-key":"…"}}'])],
    ])
      assert.deepEqual(without(text), [rest, true], text);
    for (const text of [
      JSON.stringify({ model: 'm', prompt: 'The Ring Bearer Frodobaggins eats a cookie' }),
      '{"prompt":"Cookie: a close-up, chocolate","authorization":"","api_key":null}',
    ])
      assert.deepEqual(without(text), [text, false]);
    const deep = `${'['.repeat(100_000)}{"cookie":"sk_dummy"}${']'.repeat(100_000)}`;
    assert.deepEqual(without(deep), [deep.replace('sk_dummy', '…'), true]);
    assert.deepEqual(without('curl -d \'{"api_key":"sk_dummy"}\' u'), ['{"api_key":"…"}', true]);
    assert.ok(without("{x-api-key: 'sk_dummy', // mine\n}")[1]);
    assert.ok(without(JSON.stringify('{"prompt":"x","headers":{"x-api-key":"sk_dummy"}}'))[1]);
  });

test('what is nearly JSON is read as it was meant, and what it was read from is kept to tell of the changes', () => {
  const value = { model: 'seedance2.0-mini', prompt: 'a cookie for the ring bearer frodobaggins', duration: 5 };
  const json = JSON.stringify(value);
  for (const text of [
    `Here are the requests:\n\`\`\`json\n${json}\n\`\`\`\nThanks`,
    json.replaceAll('"', '“'),
    json.replace(',', ', // the model\n').replace('}', ',}'),
    json.replaceAll('"', "'"),
    JSON.stringify(json),
  ]) {
    const read = readPaste(text, ledger);
    assert.deepEqual([read.value, read.nearly, read.hadKey], [value, text, false], text);
    const first = readPaste(text);
    assert.deepEqual([first.value, first.nearly], [undefined, undefined]);
    assert.deepEqual(readFurther(first, ledger), read);
  }
  for (const text of ['', 'hello', '[1,]', `[${json}]`, '{"a":1', '12', `curl -d 'a=1&b=2' u`]) {
    const read = readPaste(text, ledger);
    assert.deepEqual([read.value, read.nearly], [undefined, undefined], text);
    assert.equal(readFurther(read, ledger), read, 'reading on finds no more');
  }
});

test('a body that is nearly JSON is read as it was meant in a command, too, and a key in it never stays', () => {
  const value = { model: 'seedance2.0-mini', prompt: '他说“你好”，走了', duration: 5 };
  const json = JSON.stringify(value);
  for (const body of [
    json.replace('}', ',}'),
    json.replace('"duration"', 'duration'),
    `{\n // five\n${json.slice(1)}`,
  ]) {
    const read = readPaste(`curl https://x -H 'Authorization: Bearer sk_dummy_0000' -d '${body}'`, ledger);
    assert.deepEqual([read.value, read.nearly, read.hadKey], [value, body, true], body);
  }
  for (const quote of ['"', '“']) {
    const text = `{"a":"x", "api_key": "sk_dummy_0000", // mine\n}`.replaceAll('"', quote);
    const read = readPaste(`curl https://x -d '${text}'`, ledger);
    assert.deepEqual([read.value, read.hadKey], [{ a: 'x', api_key: '…' }, true], text);
    assert.ok(!JSON.stringify(read).includes('sk_dummy'), text);
  }
});

test('of the quotes that an editor made curly, only the shell’s and JSON’s own are straightened', () => {
  const head = 'curl https://x -H “Authorization: Bearer sk_dummy_0000” -H “Content-Type: application/json” -d ';
  for (const prompt of ['他说“你好”，走了', 'he said “hi” and left', 'it’s here', "it's -d “x” here", 'plain']) {
    const value = { model: 'seedance2.0-mini', prompt, duration: 5 };
    const json = JSON.stringify(value);
    for (const text of [
      `${head}‘${json}’`,
      `${head}‘${json}’ \\\n  -o out.json`,
      `curl -d ‘${json}’ https://x -H 'Authorization: Bearer sk_dummy_0000'`,
    ]) {
      const read = readPaste(text);
      assert.deepEqual([read.value, read.hadKey], [value, true], text);
      assert.ok(!JSON.stringify(read).includes('sk_dummy'), text);
    }
  }
  const value = { model: 'm', prompt: '他说"你好"', duration: 5 };
  for (const body of [
    String.raw`‘{“model”:“m”, “prompt”:“他说\“你好\””, “duration”:5}’`,
    String.raw`“{\“model\”:\“m\”, \“prompt\”:\“他说\\\“你好\\\”\”, \“duration\”:5}”`,
  ])
    assert.deepEqual(readPaste(head + body).value, value, body);
});

test('reading on by the ledger keeps what was found before: a key, a file, media', () => {
  const ark = { model: 'x', content: [{ type: 'text', text: 'A fox' }] };
  const facts = { reference_videos: [{ seconds: 3 }] };
  const first = readPaste(JSON.stringify({ request: ark, media: facts, headers: { 'x-api-key': 'sk_dummy' } }));
  const read = readFurther(first, ledger);
  assert.deepEqual([read.vendor, read.media, read.hadKey], ['Ark', facts, true]);
  const file = readPaste('curl -u a:b -d @body.json u');
  assert.equal(readFurther(file, ledger), file);
  assert.deepEqual([file.file, file.hadKey], ['body.json', true]);
});

test('what is nested deeper than the ledger reads is no other vendor’s', () => {
  const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`;
  assert.throws(() => ledger.convertForeign(JSON.parse(deep)));
  assert.deepEqual([readPaste(deep, ledger).text, readPaste(deep, ledger).vendor], [deep, null]);
});
