// For a page whose first screen judges a draft: the package without what is only looked up (rules, explain, json_schema,
// schemaFor), which is half of its JavaScript.
export * from './judging.js'
export { init } from './load.js'
