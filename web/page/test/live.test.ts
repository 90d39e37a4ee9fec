import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { live } from '../src/live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

test('twenty keys in a row are one question', async () => {
  const asked = vi.fn(() => Promise.resolve());
  const asking = live(asked, () => undefined);
  for (let k = 0; k < 20; k++) {
    asking.soon();
    await vi.advanceTimersByTimeAsync(30);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveBeenCalledOnce();
});

test('a stale answer is not used', async () => {
  const used: string[] = [];
  let text = 'first';
  const asking = live(async (signal) => {
    const own = text;
    await wait(own === 'first' ? 500 : 10, signal);
    used.push(own);
  }, () => undefined);
  asking.now();
  await vi.advanceTimersByTimeAsync(100);
  text = 'second';
  asking.soon();
  await vi.advanceTimersByTimeAsync(1000);
  expect(used).toEqual(['second']);
});

test('waiting is not shown before 300 ms, and ends with the answer', async () => {
  const shown: boolean[] = [];
  const asking = live((signal) => wait(400, signal), (slow) => shown.push(slow));
  asking.now();
  await vi.advanceTimersByTimeAsync(290);
  expect(shown).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(shown).toEqual([true, false]);
});

test('a quick answer shows no waiting', async () => {
  const shown: boolean[] = [];
  const asking = live((signal) => wait(20, signal), (slow) => shown.push(slow));
  asking.now();
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown).toEqual([false]);
});
