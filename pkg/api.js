// Everything that the package does, and a page's `init`, in whose place the entries for other hosts have their own. What every
// function takes and returns stands in index.d.ts.
export * from './form.js'
export { explain, json_schema, rules } from './reading.js'
export { schemaFor } from './schema.js'
