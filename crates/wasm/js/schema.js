// Requests for form libraries and servers: `safeParse`, and Standard Schema (https://standardschema.dev).
import { isReady } from './core.js';
import { report } from './judging.js';
import { BODY, needArgument, readOptions } from './options.js';
import { tokensOf } from './patch.js';

const VENDOR = 'seedance-preflight';
const OTHER_MODEL = {
  en: (model) => `\`model\` must be \`${model}\` here`,
  zh: (model) => `此处 \`model\` 必须是 \`${model}\``,
};
// The body with which options are checked before there is a request. It has many media, because facts must not be about more.
const ANY_MEDIA = Array(99).fill('https://example.com/1.mp4');
const ANY_BODY = { reference_videos: ANY_MEDIA, reference_audios: ANY_MEDIA };

export function safeParse(body, options) {
  needArgument(arguments.length, 'safeParse', BODY);
  return parsed(report('safeParse', body, options));
}

export function schemaFor(model, options) {
  const { jsonSchema, ...checking } = readOptions('schemaFor', options, ['edition', 'lang', 'media', 'jsonSchema']);
  // Wrong options or a wrong model are thrown as soon as the core is there, instead of becoming an issue of every value.
  let isJudged = false;
  const judge = (name) => {
    if (isJudged) return;
    const body = { ...ANY_BODY, model };
    if (report(name, body, checking).model === null && model !== undefined) {
      const { findings } = report(name, body, { ...checking, lang: 'en' });
      const { message } = findings.find(({ path }) => path === '/model');
      throw new RangeError(`schemaFor() has no such schema: ${message}`);
    }
    isJudged = true;
  };
  if (isReady()) judge('schemaFor');
  const validate = (value) => {
    judge('validate');
    try {
      const { success, data, issues } = parsed(report('validate', value, checking), model, checking.lang);
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

function parsed(report, model, lang = 'en') {
  if (report.accepted && (model === undefined || report.model === model))
    return { success: true, data: report.request };
  const issues = report.findings.filter(({ severity }) => severity === 'error').map(issueOf);
  if (model !== undefined && report.model !== null && report.model !== model) {
    issues.unshift({ message: OTHER_MODEL[lang](model), path: ['model'] });
  }
  return { success: false, issues };
}

function issueOf({ message, path, rule, params, fixes }) {
  return { message, path: segments(path), rule, params, fixes };
}

/** A JSON Pointer as a path, in which the indexes of items are numbers. */
const segments = (pointer) =>
  tokensOf(pointer).map((token, at) => (at > 0 && /^\d+$/.test(token) ? Number(token) : token));
