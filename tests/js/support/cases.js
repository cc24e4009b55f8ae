// tests/cases as jobs: each case in both languages, and once for every model.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../cases/', import.meta.url);

/** Every case with its edition: the name of its folder, or the default edition. */
export const cases = () => [...casesIn('', '2026-07'), ...casesIn('2026-09/', '2026-09')];

function casesIn(path, edition) {
  const files = readdirSync(new URL(path, folder)).filter((name) => name.endsWith('.json'));
  return files.flatMap((file) =>
    JSON.parse(readFileSync(new URL(path + file, folder), 'utf8')).cases.map((each) => ({
      ...each,
      edition,
      name: `${path}${file}: ${each.name}`,
    })),
  );
}

export function caseJobs() {
  return cases().flatMap(({ edition, request, text, media, prices }) => {
    const job = { edition, request, text, media, prices };
    return [job, { ...job, lang: 'zh', compare: true }];
  });
}
