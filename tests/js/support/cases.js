// tests/cases as jobs: each case in both languages, and once on every model.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../cases/', import.meta.url);

export function cases() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((file) =>
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')).cases.map((each) => ({
      ...each,
      name: `${file}: ${each.name}`,
    })),
  );
}

export function caseJobs() {
  return cases().flatMap(({ request, text, media, prices }) => {
    const job = { request, text, media, prices };
    return [job, { ...job, lang: 'zh', compare: true }];
  });
}
