import { expect, test } from 'vitest';
import { EXAMPLES, stateOfExample } from '../src/gallery.ts';
import { stateOf, plainLink } from '../src/url.ts';

test('there are enough examples, each once', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(30);
  expect(new Set(EXAMPLES.map((example) => example.title)).size).toBe(EXAMPLES.length);
});

test.each(EXAMPLES.map((example) => [example.title, example] as const))('%s is a link', async (_, example) => {
  const state = stateOfExample(example);
  expect(await stateOf('#' + plainLink(state))).toEqual(state);
});
