/** What this browser keeps; where it may keep nothing, the page works all the same. */

const PREFIX = 'nabla.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // a private window, or no room
  }
}

export function recallList(name: string): string[] {
  try {
    const read: unknown = JSON.parse(recall(name) ?? '[]');
    return Array.isArray(read) ? read.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}
