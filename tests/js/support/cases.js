// tests/cases as jobs: each case in both languages, and once on every model. Those of an edition other than the default one stand
// in a folder of its name.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../cases/', import.meta.url);

export function cases() {
  const entries = readdirSync(folder, { withFileTypes: true });
  const editions = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return [...casesOf(undefined, folder), ...editions.flatMap((name) => casesOf(name, new URL(`${name}/`, folder)))];
}

function casesOf(edition, place) {
  const files = readdirSync(place).filter((name) => name.endsWith('.json'));
  return files.flatMap((file) =>
    JSON.parse(readFileSync(new URL(file, place), 'utf8')).cases.map((each) => ({
      ...each,
      edition,
      name: `${edition ?? ''} ${file}: ${each.name}`,
    })),
  );
}

export function caseJobs() {
  return cases().flatMap(({ edition, request, text, media, prices }) => {
    const job = { edition, request, text, media, prices };
    return [job, { ...job, lang: 'zh', compare: true }];
  });
}
