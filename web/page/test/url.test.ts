import { describe, expect, test } from 'vitest';
import links from '../links.json' with { type: 'json' };
import { START, type State } from '../src/state.ts';
import { escape, link, plainLink, stateOf } from '../src/url.ts';

describe('links that were given away', () => {
  // never change or remove one of these: somebody has it in a paper
  test.each(links)('$link', async ({ link: old, state }) => {
    expect(await stateOf(old)).toEqual({ ...START, ...state });
  });
});

const AWKWARD = ["x'*A*x", 'a^2 + 100%', 'A\\b', '(x) * "y" & <z>', 'x;y=1', 'end.', 'α·xᵀ', 'a+b c', '🙂', '#?/:@', 'x!'];

describe('a state', () => {
  test.each(AWKWARD)('with %s comes back from its link', async (expression) => {
    const state: State = {
      expression,
      by: ['x', 'α'],
      together: true,
      operator: 'second',
      where: `A: matrix[n,n]; ${expression}`,
      layout: 'mixed',
      structure: 'projected',
      repeats: true,
      values: { x: expression },
    };
    expect(await stateOf('#' + (await link(state)))).toEqual(state);
  });

  test('that is long is packed, and comes back', async () => {
    const state = { ...START, expression: Array.from({ length: 400 }, (_, k) => `x${k}'*A*x${k}`).join(' + ') };
    const packed = await link(state);
    expect(packed).toMatch(/^v1z;[A-Za-z0-9_-]+$/);
    expect(packed.length).toBeLessThan(plainLink(state).length);
    expect(await stateOf('#' + packed)).toEqual(state);
  });
});

test('nothing that a chat, a shell or a link finder takes for its own is left', () => {
  expect(escape("'^\\+%() *<>\"`$&!~|{}[];=")).toMatch(/^(?:%[0-9A-F]{2})+$/);
  expect(escape('ends with a dot.')).toMatch(/%2E$/);
});

test.each(['', '#', '#other', '#v2;e=x', '#v1z;!!!', '#v1z;AAAA'])('%j is no link', async (hash) => {
  expect(await stateOf(hash)).toBeNull();
});

test.each(['#v1;e=%', '#v1;v=notjson', '#v1;v=%5B1%5D', '#v1', '#v1;;;=;e'])('%j is read as far as it goes', async (hash) => {
  expect(await stateOf(hash)).not.toBeNull();
});
