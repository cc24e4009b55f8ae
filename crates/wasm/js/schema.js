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
// Says that a report does not hold all findings: the errors may be among those that it leaves out.
const NOT_SHOWN = {
  en: (omitted) => `not shown: ${omitted} more findings`,
  zh: (omitted) => `另有 ${omitted} 条问题未显示`,
};

export function safeParse(body, options) {
  needArgument(arguments.length, 'safeParse', BODY);
  const by = readOptions('safeParse', options, CHECKING);
  return parsed(report('safeParse', body, by), by.lang);
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
      const { success, data, issues } = parsed(report('validate', value, by), by.lang, model, own);
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

// `own` is the own name of the model `model`, which the request must be for; without it any model will do.
function parsed(report, lang = 'en', model, own) {
  const isOther = own && report.model && report.model !== own;
  if (report.accepted && !isOther) return { success: true, data: report.request };
  const issues = report.findings.filter(({ severity }) => severity === 'error').map(issueOf);
  if (isOther) issues.unshift({ message: OTHER_MODEL[lang](model), path: ['model'] });
  if (report.truncated) issues.push({ message: NOT_SHOWN[lang](report.omitted), path: [] });
  return { success: false, issues };
}

function issueOf({ message, path, rule, params, fixes }) {
  return { message, path: segments(path), rule, params, fixes };
}

/** A JSON Pointer as a path, in which the indexes of items are numbers. */
const segments = (pointer) =>
  tokensOf(pointer).map((token, at) => (at > 0 && INDEX.test(token) ? Number(token) : token));
