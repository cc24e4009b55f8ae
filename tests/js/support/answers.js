// The package's answers about a job, in the form of those from tests/examples/native.rs. This runs in Node, in a page and in
// workerd, so it takes the package as an argument.
import { canonical } from './canonical.js';

export function answer(seedance, job) {
  const body = job.bytes ? Uint8Array.from(job.bytes) : (job.text ?? asDocument(job.request));
  const { lang, edition } = job;
  const [media, prices] = [job.media, job.prices].map(asDocument);
  try {
    if (prices !== undefined) seedance.readPriceBook(prices, { lang, edition });
    const said = { check: seedance.check(body, { media, lang, edition }) };
    if (prices !== undefined) said.quote = seedance.quote(body, prices, { media, lang, edition });
    if (prices !== undefined && isOther(seedance.judge(body, prices, { media, lang, edition }), said))
      said.judge = 'says something else';
    if (job.compare && seedance.compare) said.compare = seedance.compare(body, { media, prices, lang, edition });
    return said;
  } catch (error) {
    return { error: error.message };
  }
}

const isOther = ({ report, quote }, said) => canonical([report, quote]) !== canonical([said.check, said.quote]);

// A string would be taken for JSON text, which these values are not.
const asDocument = (value) => (typeof value === 'string' ? JSON.stringify(value) : value);

/** The jobs on which the package and the native core differ, with both answers. A page's module does not compare models. */
export function differences(seedance, jobs, native) {
  const found = [];
  jobs.forEach((job, at) => {
    const ours = canonical(answer(seedance, job));
    const { compare, ...others } = native[at];
    const theirs = canonical(seedance.compare ? native[at] : others);
    if (ours !== theirs) found.push({ job: canonical(job).slice(0, 600), ...whereTheyPart(ours, theirs) });
  });
  return found;
}

function whereTheyPart(ours, theirs) {
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  const part = (text) => text.slice(Math.max(0, at - 100), at + 100);
  return { ours: part(ours), theirs: part(theirs) };
}
