// Everything that the package does once its core is there; each entry file brings the core its own way. What every function
// takes and returns stands in index.d.ts.
export * from './judging.js'
export { explain, json_schema, rules } from './reading.js'
export { schemaFor } from './schema.js'
