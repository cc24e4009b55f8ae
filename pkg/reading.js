// What is looked up: data beside the core (reference.js). Every call gives a copy of its own.
import { DEFAULT_EDITION, named, readOptions } from './core.js';
import { CONFLICTS, RULES, SCHEMAS, SOURCES } from './reference.js';
import { routes } from './routes.js';

const DIALECTS = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

export function rules(options) {
  const { edition = DEFAULT_EDITION } = readOptions('rules', options, ['edition', 'lang']);
  return inLanguage(JSON.parse(RULES[edition]).map(asListed), options?.lang);
}

export function explain(id, options) {
  const { edition = DEFAULT_EDITION } = readOptions('explain', options, ['edition', 'lang']);
  const part = (texts) => JSON.parse(texts[edition]);
  const rule = part(RULES).find(({ rule }) => rule === id);
  if (rule === undefined)
    throw new RangeError(`edition ${edition} has no rule \`${named(id)}\`; rules() lists those it has`);
  const sources = part(SOURCES).filter(({ source }) => rule.sources.includes(source));
  const conflicts = part(CONFLICTS).filter(({ conflict }) => rule.conflicts.includes(conflict));
  return inLanguage({ ...asListed(rule), sources, conflicts }, options?.lang);
}

export function jsonSchema(options) {
  const known = ['edition', 'model', 'target'];
  const { model, target = 'draft-2020-12', edition = DEFAULT_EDITION } = readOptions('jsonSchema', options, known);
  if (!Object.hasOwn(DIALECTS, named(target))) {
    throw new RangeError(
      `there is no schema for the target \`${named(target)}\`; the targets are ${Object.keys(DIALECTS).join(' and ')}`,
    );
  }
  const text = target === 'draft-07' ? SCHEMAS[edition].replaceAll('$defs', 'definitions') : SCHEMAS[edition];
  const schema = JSON.parse(text);
  schema.$schema = DIALECTS[target];
  return model === undefined ? schema : ofModel(schema, model, edition);
}

// The endpoint's schema says which definition a model follows; that one, with the model's name, is the model's.
function ofModel({ allOf, $defs, definitions, properties, ...head }, model, edition) {
  const branch = allOf.find((each) => each.if.properties.model.enum.includes(model));
  if (branch === undefined)
    throw new RangeError(`edition ${edition} has no model \`${named(model)}\`; routes() lists those it has`);
  const schema = ($defs ?? definitions)[branch.then.$ref.split('/').pop()];
  const rows = routes({ edition }).routes.flatMap(({ models }) => models);
  const row = rows.find(({ model: name, aliases }) => name === model || aliases?.includes(model));
  const names = row.aliases ? { enum: [row.model, ...row.aliases] } : { const: row.model };
  schema.title = row.title.en;
  schema.properties.model = { ...names, title: schema.properties.model.title };
  return { ...head, ...schema };
}

const asListed = ({ sources, conflicts, ...rule }) => rule;

// Both languages are there where none is asked for, whatever `init` was told.
function inLanguage(value, lang) {
  if (lang === undefined) return value;
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part?.en === 'string' ? part[lang] : part));
}
