// The Mini route's rules for one model, a part of what the package checks, in ajv, zod and valibot. Taken from the table.
import Ajv from 'ajv/dist/2020.js';
import * as v from 'valibot';
import * as z from 'zod';
import { ORDER } from './order.js';

const MODEL = ORDER.model;

const url = /^https:\/\/[^/?#\s]/i;
const ratio = /^([1-9]\d?:[1-9]\d?|Adaptive)$/;
/** @type {(body: any) => boolean} */
const frames = ({ images, first_image, last_image }) => !(images?.length && (first_image || last_image));
/** @type {(body: any) => boolean} */
const paired = (body) =>
  !body.reference_audios?.length ||
  Boolean(body.images?.length || body.reference_videos?.length || body.first_image || body.last_image);
const fieldsOf = (seedance) => seedance.routes().routes.find(({ route }) => route === 'mini').fields;

export function ajv(seedance) {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(seedance.jsonSchema({ model: MODEL }));
  return (body) => validate(body);
}

export function zod(seedance) {
  const { duration, resolution } = fieldsOf(seedance);
  const zUrls = z.array(z.string().regex(url)).optional();
  const schema = z
    .looseObject({
      model: z.literal(MODEL),
      prompt: z.string().regex(/\S/),
      duration: z.int().min(duration.min).max(duration.max),
      resolution: z.enum(resolution.offered).optional(),
      orientation: z.enum(['landscape', 'portrait']).optional(),
      ratio: z.string().regex(ratio).optional(),
      images: zUrls,
      first_image: z.string().regex(url).optional(),
      last_image: z.string().regex(url).optional(),
      reference_videos: zUrls,
      reference_audios: zUrls,
    })
    .refine(frames)
    .refine(paired);
  return (body) => schema.safeParse(body).success;
}

export function valibot(seedance) {
  const { duration, resolution } = fieldsOf(seedance);
  const vUrl = v.pipe(v.string(), v.regex(url));
  const vUrls = v.optional(v.array(vUrl));
  const schema = v.pipe(
    v.looseObject({
      model: v.literal(MODEL),
      prompt: v.pipe(v.string(), v.regex(/\S/)),
      duration: v.pipe(v.number(), v.integer(), v.minValue(duration.min), v.maxValue(duration.max)),
      resolution: v.optional(v.picklist(resolution.offered)),
      orientation: v.optional(v.picklist(['landscape', 'portrait'])),
      ratio: v.optional(v.pipe(v.string(), v.regex(ratio))),
      images: vUrls,
      first_image: v.optional(vUrl),
      last_image: v.optional(vUrl),
      reference_videos: vUrls,
      reference_audios: vUrls,
    }),
    v.check(frames),
    v.check(paired),
  );
  return (body) => v.safeParse(schema, body).success;
}
