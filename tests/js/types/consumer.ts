// Uses everything that the package exports, in a strict program.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import {
  type CoreSource,
  type CreateAnswer,
  type Edition,
  type Finding,
  type Json,
  type Lang,
  type Model,
  type PriceBook,
  type Quote,
  type RequestFor,
  type SeedanceRequest,
  applyFix,
  check,
  checkNdjson,
  compare,
  editions,
  explain,
  init,
  isReady,
  jsonSchema,
  judge,
  quote,
  quoteNdjson,
  readCreateAnswer,
  readPriceBook,
  readTaskAnswer,
  routes,
  rules,
  safeParse,
  schemaFor,
} from 'seedance-preflight';
import { type Report, init as initCheck } from 'seedance-preflight/check';
import {
  convertForeign,
  measureMedia,
  mergePriceBooks,
  plan,
  readAccountBalance,
  readAssets,
  readCatalog,
  readJobs,
  readKeyBalance,
  readLenient,
  readUpload,
} from 'seedance-preflight/ledger';

// Servers do not have the DOM's types.
declare const console: { log(...values: unknown[]): void };

await init();
await init('https://example.com/core.wasm');

const request: SeedanceRequest = {
  model: 'seedance2.0-mini-video',
  prompt: 'a fox',
  duration: 8,
  ratio: '16:9',
  reference_videos: ['https://example.com/1.mp4'],
};
const prices: PriceBook = {
  currency: 'USD',
  as_of: '2026-07-01',
  prices: { 'seedance2.0-md': { price: '0.30', per: 'task' } },
};

const report = check(request, { media: { reference_videos: [{ seconds: { min: 3.4, max: 3.6 } }, null] }, lang: 'zh' });
if (report.accepted) {
  const body: SeedanceRequest = report.request;
  const model: Model = report.model;
  console.log(body, model);
} else {
  const model: Model | null = report.model;
  console.log(model, report.findings.map(words));
}

function words(finding: Finding): string {
  switch (finding.rule) {
    case 'duration-out-of-range':
      return `${finding.params.actual} is not in ${finding.params.min}–${finding.params.max}`;
    case 'prompt-too-long':
      return `${finding.params.actual} of ${finding.params.limit}`;
    default:
      return `${finding.path} ${finding.message} ${finding.sources.join()} ${finding.fixes[0]?.label ?? ''}`;
  }
}

function amount(cost: Quote): string {
  switch (cost.kind) {
    case 'exact':
      return `${cost.amount} ${cost.currency}`;
    case 'range':
      return `${cost.amount.min}–${cost.amount.max}, ${cost.unknown}`;
    case 'at-least':
      return `from ${cost.amount.min}, ${cost.unknown}`;
    case 'not-priceable':
      return cost.reason === 'findings' ? cost.findings.map(words).join() : `${cost.reason}: ${cost.billing_model}`;
  }
}
console.log(amount(quote(request, prices)), amount(quote('{}', JSON.stringify(prices), { lang: 'en' })));

const best = compare(request, { prices })[0];
if (best?.quote) console.log(best.model, amount(best.quote));

const first = report.findings[0]?.fixes[0];
if (first) check(applyFix(request, first.patch));

const answer: CreateAnswer = readCreateAnswer({ code: 0 }, 200);
if (answer.outcome === 'created') console.log(answer.task_id);
const task = readTaskAnswer('{}');
if (task.outcome === 'done') console.log(task.video_url);

console.log(
  editions()[0],
  routes().routes[0]?.fields.duration.max,
  rules()[0]?.message.en,
  rules({ lang: 'zh' })[0]?.message.length,
);
console.log(explain('wrong-type').sources[0]?.title.en, explain('wrong-type', { lang: 'en' }).fires.length);
console.log(jsonSchema({ model: 'seedance2.0-md', target: 'draft-07' })['$schema']);
console.log(readPriceBook(prices).warnings[0]?.suggestions);
const { report: told, quote: cost } = judge(request, prices, { media: { reference_audios: [{ seconds: 4.2 }, null] } });
console.log(told.accepted, amount(cost), isReady());
const parsedRequest = safeParse(request);
if (parsedRequest.success) console.log(parsedRequest.data.model);
else console.log(parsedRequest.issues[0]?.path);
check({ model: 'not yet known', prompt: '', extra: 1 });
const edition: Edition = check(request, { edition: 'latest' }).edition;
const ofJuly: SeedanceRequest<'2026-07'> = { model: 'seedance2.0-md', prompt: 'a fox', duration: 7 };
console.log(edition, ofJuly, routes({ edition }).edition, jsonSchema({ edition, model: 'seedance2.0-md' }));
// A model of any route. There are more of them than TypeScript would try one by one.
declare const anyModel: Model;
check({ model: anyModel, prompt: 'a fox', duration: 5 }, { edition });
check(undefined);
const readonlyLists: SeedanceRequest = {
  model: 'seedance2.0-std',
  prompt: 'a fox',
  duration: 5,
  images: ['a'] as readonly string[],
  ratio: undefined,
};
console.log(
  readonlyLists,
  schemaFor('seedance2.0-md', { jsonSchema })['~standard'].jsonSchema.input({ target: 'draft-07' }),
);
const validating: StandardSchemaV1<RequestFor<'seedance2.0-md'>> = schemaFor('seedance2.0-md');
const describing: StandardJSONSchemaV1<RequestFor<'seedance2.0-md'>> & StandardSchemaV1 = schemaFor('seedance2.0-md', {
  jsonSchema,
  lang: 'zh',
});
const describingAny: StandardJSONSchemaV1<SeedanceRequest> = schemaFor(undefined, { jsonSchema });
console.log(validating, describing, describingAny);
const lines: Uint8Array = checkNdjson(quoteNdjson(new Uint8Array(), prices));
console.log(lines.length);

const result = schemaFor('seedance2.0-md')['~standard'].validate({});
if (result.issues) console.log(result.issues[0]?.path, result.issues[0]?.rule);
else {
  const valid: RequestFor<'seedance2.0-md'> = result.value;
  console.log(valid.duration);
}

const ready: Promise<void> = initCheck({ lang: 'zh' });
const verdict = (report: Report): boolean => report.accepted;
await ready;
verdict(check('{}'));

declare const model: 'seedance2.0-md' | 'seedance2.0-std';
declare const perhaps: Model | undefined;
declare const lang: Lang | undefined;
const either: RequestFor<'seedance2.0-md' | 'seedance2.0-std'> = { model, prompt: 'a fox', duration: 5 };
const one = schemaFor(model, { lang, media: undefined })['~standard'].validate(either);
if (!one.issues) console.log(one.value.model satisfies typeof model, one.value.duration);
const some = schemaFor(perhaps)['~standard'].validate(either);
if (!some.issues) console.log((some.value satisfies SeedanceRequest).duration);
const any = schemaFor(either.model as Model)['~standard'].validate(either);
if (!any.issues) console.log((any.value satisfies SeedanceRequest).duration);
console.log(
  rules({ lang })[0]?.rule,
  explain('wrong-type', { lang }).params,
  rules({ lang: undefined, edition: 'latest' })[0]?.fires.zh,
  explain('wrong-type', null).fires.zh,
);
console.log(
  jsonSchema({ model: perhaps, target: undefined }),
  compare(either, { prices: undefined, lang }),
  checkNdjson('', { lang }),
);
check(either, { media: { reference_videos: [{ seconds: undefined }, null] }, lang });
readTaskAnswer('{}', null);

const duration: number = applyFix(request, []).duration;
const parsed: Json = applyFix('{}', []);
const either_: SeedanceRequest | Json = applyFix(request as SeedanceRequest | string, []);
console.log(duration, parsed, either_);

const source: CoreSource | Promise<CoreSource> = 'core.wasm';
await init(source);

const { book, left_out } = readCatalog('{}', { asOf: '2026-11-28', lang });
for (const each of left_out) console.log(each.name, each.message);
const merged = mergePriceBooks({ currency: 'USD', prices: {} }, book);
const planned: Edition = plan(readJobs('{}').ndjson, { prices: merged.book }).summary.edition;
console.log(merged.changes[0]?.old, planned);
console.log(convertForeign({})?.request['model'], readLenient('{}')?.changes[0]?.line);
const { seconds } = await measureMedia(new Uint8Array(), { lang });
check(either, { media: { reference_videos: [{ seconds }] } });
const assets = readAssets('{}', 200);
if (assets.outcome === 'read') console.log(assets.items[0]?.state, assets.failed[0]?.url);
const [account, key, upload] = [readAccountBalance('{}'), readKeyBalance('{}'), readUpload('{}', null)];
if (account.outcome === 'read' && key.outcome === 'read') console.log(account.available, key.available_quota);
if (upload.outcome === 'refused') console.log(upload.reason);
