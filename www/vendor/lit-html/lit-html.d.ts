// The types of the vendored file beside it (for `npm run typecheck` in tests/page).
export * from 'lit-html';
