// Everything that is marked here must fail to compile.
import type { StandardJSONSchemaV1 } from '@standard-schema/spec';
import {
  type Finding,
  type Quote,
  type SeedanceRequest,
  check,
  explain,
  jsonSchema,
  quote,
  schemaFor,
} from 'seedance-preflight';

const base = { prompt: 'a fox', duration: 5 } as const;

// @ts-expect-error: no such model
const unknown: SeedanceRequest<'2026-07'> = { ...base, model: 'seedance3' };
// @ts-expect-error: the prompt is required
const silent: SeedanceRequest = { model: 'seedance2.0-mini', duration: 5 };
// @ts-expect-error: not a number
const text: SeedanceRequest = { ...base, model: 'seedance2.0-mini', duration: '5' };
// @ts-expect-error: Mini special has no 1080p
const sharp: SeedanceRequest<'2026-07'> = { ...base, model: 'seedance2.0-mini-sp', resolution: '1080p' };
// @ts-expect-error: the list of ratios is closed on MD
const wide: SeedanceRequest<'2026-07'> = { ...base, model: 'seedance2.0-md', ratio: '4:3' };
// @ts-expect-error: Mini takes no reference videos
const moving: SeedanceRequest<'2026-07'> = {
  ...base,
  model: 'seedance2.0-mini',
  reference_videos: ['https://example.com/1.mp4'],
};
// @ts-expect-error: a field that the endpoint does not have
const misspelt: SeedanceRequest<'2026-07'> = { ...base, model: 'seedance2.0-md', aspect_ratio: '16:9' };
// @ts-expect-error: prices are needed
quote(base);
// @ts-expect-error: no such language
check(base, { lang: 'fr' });
// @ts-expect-error: no such edition
check(base, { edition: '2025-01' });
// @ts-expect-error: no such rule
explain('no-such-rule');
// @ts-expect-error: no such dialect
jsonSchema({ target: 'draft-04' });
// @ts-expect-error: no such model
schemaFor('seedance3');
// @ts-expect-error: without `jsonSchema`, a schema does not describe itself
const mute: StandardJSONSchemaV1 = schemaFor('seedance2.0-md');
declare const some: 'seedance2.0-md' | 'seedance2.0-mini';
const chosen = schemaFor(some)['~standard'].validate(base);
// @ts-expect-error: a schema of two models gives no third
if (!chosen.issues) chosen.value.model satisfies 'seedance2.0-std';
// @ts-expect-error: a request is there only when it is accepted
check(base).request.model;

declare const cost: Quote;
// @ts-expect-error: only some quotes have an amount
cost.amount;
declare const finding: Finding;
// @ts-expect-error: only some findings speak of a limit
finding.params.limit;

export { misspelt, moving, mute, sharp, silent, text, unknown, wide };
