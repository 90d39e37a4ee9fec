/**
 * Links. `#v1;e=…;d=…;w=…` holds the whole state as a text that can be read and survives chats and
 * terminals. A link that was given away once is read for ever: a new form gets a new version, and
 * `links.json` has links of every version with what they mean.
 */

import { LAYOUTS, OPERATORS, START, STRUCTURES, type State } from './state.ts';

const PLAIN = 'v1';
const PACKED = 'v1z';

/** Longer ones are packed: chats fold or cut addresses beyond some two thousand characters. */
const LONGEST_PLAIN = 1500;
const LONGEST_EXPRESSION = 20_000;

/** Not within brackets: `X[1,2]` is one name. */
const BETWEEN_NAMES = /[,/](?![^[\]]*\])/;

/** Everything that a chat, a shell or a link finder could take for its own is a percent escape. */
export function escape(text: string): string {
  let escaped = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9_,:/.-]/.test(character)
      ? character
      : '%' + byte.toString(16).toUpperCase().padStart(2, '0');
  }
  // link finders leave punctuation at the end out
  return escaped.replace(/[,:/.-]$/, (last) => '%' + last.charCodeAt(0).toString(16).toUpperCase());
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The state as the part of a link after `#`, not packed. */
export function plainLink(state: State): string {
  const fields: [string, string][] = [
    ['e', state.expression],
    ['d', state.by.join(state.together ? '/' : ',')],
    ['w', state.where],
    ['o', state.operator === START.operator ? '' : state.operator],
    ['l', state.layout === START.layout ? '' : state.layout],
    ['s', state.structure === START.structure ? '' : state.structure],
    ['r', state.repeats ? '1' : ''],
    ['v', Object.keys(state.values).length > 0 ? JSON.stringify(state.values) : ''],
  ];
  const said = fields.filter(([, value]) => value !== '');
  return [PLAIN, ...said.map(([name, value]) => `${name}=${escape(value)}`)].join(';');
}

export async function link(state: State): Promise<string> {
  const plain = plainLink(state);
  return plain.length > LONGEST_PLAIN ? `${PACKED};${await pack(plain)}` : plain;
}

/** The state of a link; null if it is none that was ever given away. */
export async function stateOf(hash: string): Promise<State | null> {
  const text = hash.replace(/^#/, '');
  const version = text.split(/;|%3B/i, 1)[0] ?? '';
  const rest = text.slice(version.length).replace(/^(?:;|%3B)/i, '');
  if (version === PLAIN) return readPlain(rest);
  if (version !== PACKED) return null;
  try {
    const plain = await unpack(rest);
    return plain.startsWith(PLAIN + ';') ? readPlain(plain.slice(PLAIN.length + 1)) : null;
  } catch {
    return null;
  }
}

function readPlain(text: string): State {
  const fields = new Map<string, string>();
  // some programs escape the signs between the fields, too
  const separated = text.includes(';') ? text : text.replace(/%3B/gi, ';').replace(/%3D/gi, '=');
  for (const field of separated.split(';')) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals), unescape(field.slice(equals + 1)));
  }
  const by = fields.get('d') ?? '';
  return {
    expression: (fields.get('e') ?? '').slice(0, LONGEST_EXPRESSION),
    by: by.split(BETWEEN_NAMES).filter((name) => name !== ''),
    together: by.includes('/'),
    operator: among(OPERATORS, fields.get('o'), START.operator),
    where: fields.get('w') ?? '',
    layout: among(LAYOUTS, fields.get('l'), START.layout),
    structure: among(STRUCTURES, fields.get('s'), START.structure),
    repeats: fields.get('r') === '1',
    values: texts(fields.get('v')),
  };
}

function among<T extends string>(known: readonly T[], given: string | undefined, otherwise: T): T {
  return known.find((value) => value === given) ?? otherwise;
}

function texts(given: string | undefined): Record<string, string> {
  if (!given) return {};
  try {
    const read: unknown = JSON.parse(given);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return {};
    return Object.fromEntries(
      Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

async function unpack(packed: string): Promise<string> {
  const binary = atob(packed.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new TextDecoder().decode(await firstBytes(stream, 20 * LONGEST_EXPRESSION));
}

/** A few packed bytes can unfold to gigabytes; what is longer than any link is refused. */
async function firstBytes(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    count += value.length;
    if (count > most) {
      await reader.cancel();
      throw new Error('the link is too long');
    }
    chunks.push(value);
  }
  const all = new Uint8Array(count);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
