// For pages and bundlers: `await init()` once, then everything is synchronous.
export * from './api.js';
