// The Standard Schema (https://standardschema.dev): what form libraries and servers know how to ask.
import { CHECK, ask } from './core.js'
import { json_schema } from './reading.js'

const VENDOR = 'seedance-preflight'
const OTHER_MODEL = {
  en: (model) => `\`model\` must be \`${model}\` here`,
  zh: (model) => `此处 \`model\` 必须是 \`${model}\``,
}

export function schemaFor(model, options) {
  const jsonSchema = ({ target }) => json_schema({ model, target })
  // An unknown model is a mistake of the program, to be told now and not with every value.
  if (model !== undefined) jsonSchema({})
  const validate = (value) => {
    try {
      return verdict(ask('validate', CHECK, { body: value, lang: options?.lang, prices: undefined, media: options?.media ?? undefined }), model, options?.lang)
    } catch (fault) {
      return { issues: [{ message: fault.message, path: [] }] }
    }
  }
  return Object.freeze({
    '~standard': Object.freeze({
      version: 1,
      vendor: VENDOR,
      validate,
      jsonSchema: Object.freeze({ input: jsonSchema, output: jsonSchema }),
    }),
  })
}

function verdict(report, model, lang = 'en') {
  if (report.accepted && (model === undefined || report.model === model)) return { value: report.request }
  const issues = report.findings.filter(({ severity }) => severity === 'error').map(issueOf)
  if (model !== undefined && report.model !== null && report.model !== model) {
    issues.unshift({ message: OTHER_MODEL[lang](model), path: ['model'] })
  }
  return { issues }
}

function issueOf({ message, path, rule, params, fixes }) {
  return { message, path: segments(path), rule, params, fixes }
}

/** A JSON Pointer as a path: an item's index is a number, as everybody writes it. */
function segments(pointer) {
  const [, ...tokens] = pointer.split('/')
  return tokens.map((token, at) => {
    if (at > 0 && /^\d+$/.test(token)) return Number(token)
    return token.replaceAll('~1', '/').replaceAll('~0', '~')
  })
}
