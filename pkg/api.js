// Everything that the package does; how it comes to its core is each entry's matter. What every function takes and returns stands
// in index.d.ts.
export * from './check.js';
export { explain, jsonSchema, rules } from './reading.js';
export { routes } from './routes.js';
