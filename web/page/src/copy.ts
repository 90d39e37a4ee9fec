/** Buttons that copy, and say that they did. */

import { announce } from './announce.ts';
import { button } from './dom.ts';

const SHOWN = 1500;

export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Where the page is not served securely, browsers have no clipboard but this. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  // deprecated, and all that there is without HTTPS
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

export function copyButton(
  label: string,
  text: () => string | Promise<string>,
  title = '',
): HTMLButtonElement {
  const made = button(label, () => void act(), { class: 'quiet', ...(title === '' ? {} : { title }) });
  async function act(): Promise<void> {
    const done = await copy(await text());
    made.textContent = done ? '✓ Copied' : 'Not copied';
    announce(done ? `${label} copied` : 'The browser did not let the page copy', 0);
    setTimeout(() => (made.textContent = label), SHOWN);
  }
  return made;
}
