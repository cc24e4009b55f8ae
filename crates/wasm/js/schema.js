// Requests for form libraries and servers: `safeParse`, and Standard Schema (https://standardschema.dev).
import { isReady } from './core.js';
import { CHECKING, report } from './judging.js';
import { BODY, needArgument, readOptions, shown } from './options.js';
import { INDEX, tokensOf } from './patch.js';
import { documentOf } from './value.js';

const VENDOR = 'seedance-preflight';
const OTHER_MODEL = {
  en: (model) => `\`model\` must be \`${model}\` here`,
  zh: (model) => `此处 \`model\` 必须是 \`${model}\``,
};

export function safeParse(body, options) {
  needArgument(arguments.length, 'safeParse', BODY);
  return parsed(report('safeParse', body, options));
}

export function schemaFor(model, options) {
  readOptions('schemaFor', options, [...CHECKING, 'jsonSchema']);
  // Where the options name no language or edition, `init` may still set them.
  const { jsonSchema, ...checking } = options ?? {};
  if (jsonSchema !== undefined && typeof jsonSchema !== 'function') {
    throw new TypeError(`schemaFor() was given ${shown(jsonSchema)} as \`jsonSchema\`; it is the package's function`);
  }
  // The model's own name, since `model` may be another one; null for any model. Undefined until the options have been tried: wrong
  // ones and a wrong model are thrown as soon as the core is there, instead of becoming an issue of every value.
  let own;
  const judge = (name) => {
    if (own !== undefined) return;
    const tried = report(name, anyBody(name, model, checking.media), { ...checking, lang: 'en' });
    if (model !== undefined && tried.model === null) {
      const { message } = tried.findings.find(({ path }) => path === '/model');
      throw new RangeError(`schemaFor() has no such schema: ${message}`);
    }
    own = tried.model;
  };
  if (isReady()) judge('schemaFor');
  const validate = (value) => {
    judge('validate');
    try {
      const by = readOptions('validate', checking, CHECKING);
      const otherModel = OTHER_MODEL[by.lang ?? 'en'](model);
      const { success, data, issues } = parsed(report('validate', value, by), own, otherModel);
      return success ? { value: data } : { issues };
    } catch (fault) {
      return { issues: [{ message: fault.message, path: [] }] };
    }
  };
  const standard = { version: 1, vendor: VENDOR, validate };
  if (jsonSchema !== undefined) {
    const ofModel = (asked) => jsonSchema({ model, target: asked?.target, edition: checking.edition });
    standard.jsonSchema = Object.freeze({ input: ofModel, output: ofModel });
  }
  return Object.freeze({ '~standard': Object.freeze(standard) });
}

// A request to try the options with before there is one. Facts must not be about more media than it has, and no JSON has more entries
// than bytes.
function anyBody(name, model, media) {
  const most = media === undefined ? 0 : documentOf(name, 'media', media).length;
  const many = Array(most).fill('https://a.b/1.mp4');
  return { model, reference_videos: many, reference_audios: many };
}

function parsed(report, own, otherModel) {
  const isOther = own && report.model && report.model !== own;
  if (report.accepted && !isOther) return { success: true, data: report.request };
  const issues = report.findings.filter(({ severity }) => severity === 'error').map(issueOf);
  if (isOther) issues.unshift({ message: otherModel, path: ['model'] });
  return { success: false, issues };
}

function issueOf({ message, path, rule, params, fixes }) {
  return { message, path: segments(path), rule, params, fixes };
}

/** A JSON Pointer as a path, in which the indexes of items are numbers. */
const segments = (pointer) =>
  tokensOf(pointer).map((token, at) => (at > 0 && INDEX.test(token) ? Number(token) : token));
