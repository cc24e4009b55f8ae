// Playwright's assertions, which are repeated until they hold, since a page reacts in its own time. They are part of its test
// runner's package but do not need the runner, so these suites stay with node:test.
import { expect as impatient } from 'playwright/test';

/** How long these suites wait for anything, in milliseconds. */
export const PATIENCE = 12_000;
export const expect = impatient.configure({ timeout: PATIENCE });

/** For `toHaveText`: compares the text as it is laid out, without hidden parts. */
export const AS_SHOWN = { useInnerText: true };
