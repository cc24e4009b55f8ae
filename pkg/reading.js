// What is looked up: data beside the core (reference.js). Every call gives a copy of its own.
import { checkLanguage, readOptions, routes } from './core.js';
import { CONFLICTS, RULES, SCHEMA, SOURCES } from './reference.js';

const DIALECTS = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

export function rules(lang) {
  return inLanguage(JSON.parse(RULES).map(asListed), lang);
}

export function explain(id, lang) {
  const rule = JSON.parse(RULES).find(({ rule }) => rule === id);
  if (rule === undefined) throw new RangeError(`there is no rule \`${String(id)}\`; rules() lists them all`);
  const sources = JSON.parse(SOURCES).filter(({ source }) => rule.sources.includes(source));
  const conflicts = JSON.parse(CONFLICTS).filter(({ conflict }) => rule.conflicts.includes(conflict));
  return inLanguage({ ...asListed(rule), sources, conflicts }, lang);
}

export function jsonSchema(options) {
  const { model, target = 'draft-2020-12' } = readOptions('jsonSchema', options, ['model', 'target']);
  if (!Object.hasOwn(DIALECTS, target)) {
    throw new RangeError(
      `there is no schema for the target \`${String(target)}\`; the targets are ${Object.keys(DIALECTS).join(' and ')}`,
    );
  }
  const text = target === 'draft-07' ? SCHEMA.replaceAll('$defs', 'definitions') : SCHEMA;
  const schema = JSON.parse(text);
  schema.$schema = DIALECTS[target];
  return model === undefined ? schema : ofModel(schema, model);
}

// The endpoint's schema says which definition a model follows; that one, with the model's name, is the model's.
function ofModel({ allOf, $defs, definitions, properties, ...head }, model) {
  const branch = allOf.find((each) => each.if.properties.model.enum.includes(model));
  if (branch === undefined)
    throw new RangeError(`there is no schema for the model \`${String(model)}\`; routes() lists the models`);
  const schema = ($defs ?? definitions)[branch.then.$ref.split('/').pop()];
  const named = routes().routes.flatMap(({ models }) => models);
  schema.title = named.find((each) => each.model === model).title.en;
  schema.properties.model = { const: model, title: schema.properties.model.title };
  return { ...head, ...schema };
}

const asListed = ({ sources, conflicts, ...rule }) => rule;

function inLanguage(value, lang) {
  checkLanguage(lang);
  if (lang === undefined) return value;
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part?.en === 'string' ? part[lang] : part));
}
