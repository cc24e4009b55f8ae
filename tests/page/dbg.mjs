import { startGateway } from './lib/gateway.js';
import { behindTls, startCompanion } from './lib/companion.js';
import { execFile } from 'node:child_process';
const g = await startGateway(); const tls = await behindTls(g);
const c = await startCompanion({ origin: tls.origin, key: 'sk_xxxxxxxxxxx', more: ['--ca-file', tls.ca] });
const run = (args) => new Promise(r => execFile('curl', args, { timeout: 5000 }, (e,o,err)=>r([e?.code ?? e?.signal, o.slice(0,20)])));
for (let i=0;i<12;i++) {
const t=Date.now();
const body = i%2 ? '{"model":"seedance2.0-mini","prompt":"x","duration":5}' : '{\n  "model": "seedance2.0-mini",\n  "prompt": "A fox runs through fresh snow",\n  "duration": 5,\n  "resolution": "720p"\n}';
console.log(i, await run(['-s','-H','Authorization: Bearer x','-H','content-type: application/json','-d',body,c.url+'api/open-api/v1/seedance/videos']), Date.now()-t); }
console.log(g.calls.length);
await c.end('SIGKILL');
process.exit(0);
