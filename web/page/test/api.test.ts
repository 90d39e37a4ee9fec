import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OFFLINE, ask } from '../src/api.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function server(...responses: (() => Response | Promise<Response>)[]) {
  const fetched = vi.fn((_address: string, _options: RequestInit) => Promise.resolve((responses.shift() ?? responses[0])?.() as Response));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

test('a question is sent as JSON', async () => {
  const fetched = server(() => new Response('{"ok":true}'));
  await ask('parse', { expr: 'x' });
  expect(fetched.mock.calls[0]?.[0]).toBe('api/parse');
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"expr":"x"}',
  });
});

test('blanks before a slow answer do no harm', async () => {
  server(() => new Response('     {"ok":true}'));
  expect(await ask('parse', {})).toEqual({ ok: true });
});

test('a busy server is asked again when it says so', async () => {
  const fetched = server(
    () => new Response('{"ok":false}', { status: 503, headers: { 'Retry-After': '3' } }),
    () => new Response('{"ok":true}'),
  );
  const answer = ask('parse', {});
  await vi.advanceTimersByTimeAsync(2900);
  expect(fetched).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(await answer).toEqual({ ok: true });
});

test('a server that stays busy has the last word', async () => {
  const busy = () => new Response('{"ok":false,"error":{"code":"limit","message":"busy"}}', { status: 429 });
  server(busy, busy, busy);
  const answer = ask('parse', {});
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toMatchObject({ ok: false, error: { message: 'busy' } });
});

test('no server is an answer, too', async () => {
  server(() => Promise.reject(new TypeError('failed to fetch')));
  expect(await ask('parse', {})).toMatchObject({ ok: false, error: { code: OFFLINE } });
});

test('an abort is passed on', async () => {
  const controller = new AbortController();
  controller.abort();
  server(() => Promise.reject(new DOMException('aborted', 'AbortError')));
  await expect(ask('parse', {}, controller.signal)).rejects.toThrow();
});
