// Playwright's assertions that try again until they hold, since a page answers an act in its own time. They come with its test runner's
// package and need none of the runner, so these suites stay with node:test.
import { expect as impatient } from 'playwright/test';

/** As long as a page of these suites waits for anything else. */
export const PATIENCE = 12_000;
export const expect = impatient.configure({ timeout: PATIENCE });

/** For `toHaveText`: the text as it is laid out, without what is hidden. */
export const AS_SHOWN = { useInnerText: true };
