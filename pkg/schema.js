// The Standard Schema (https://standardschema.dev): what form libraries and servers know how to ask.
import { CHECK, askJob, isConnected } from './core.js'
import { checkLanguage, json_schema } from './reading.js'

const VENDOR = 'seedance-preflight'
const OTHER_MODEL = {
  en: (model) => `\`model\` must be \`${model}\` here`,
  zh: (model) => `此处 \`model\` 必须是 \`${model}\``,
}
// What options are tried on before there is a request: media facts may be about as many videos as this.
const NO_VIDEOS = {}
const ANY_VIDEOS = { reference_videos: Array(99).fill('https://example.com/1.mp4') }

export function schemaFor(model, options) {
  const jsonSchema = (asked) => json_schema({ model, target: asked?.target })
  const report = (name, body) => askJob(name, CHECK, body, options)
  // What the program got wrong is told once, as early as it can be judged, and not as an issue of every value.
  if (model !== undefined) jsonSchema()
  checkLanguage(options?.lang)
  let isJudged = false
  const judgeOptions = (name) => {
    if (!isJudged) report(name, options?.media ? ANY_VIDEOS : NO_VIDEOS)
    isJudged = true
  }
  if (isConnected()) judgeOptions('schemaFor')
  const validate = (value) => {
    judgeOptions('validate')
    try {
      return verdict(report('validate', value), model, options?.lang)
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
