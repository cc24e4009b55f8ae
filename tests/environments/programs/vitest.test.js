import { check } from 'seedance-preflight';
import { expect, test } from 'vitest';

test('a verdict', () => {
  expect(check({ model: 'seedance2.0-mini', prompt: 'a fox', duration: 5 }).accepted).toBe(true);
});
