/** Light or dark: as the system has it, unless the reader has chosen. */

import { recall, remember } from './memory.ts';

const CHOICES = ['system', 'light', 'dark'] as const;
type Choice = (typeof CHOICES)[number];

function apply(choice: Choice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

export function themeSwitch(control: HTMLButtonElement): void {
  let choice = CHOICES.find((c) => c === recall('theme')) ?? 'system';
  const show = (): void => {
    apply(choice);
    control.dataset.choice = choice;
    const label = { system: 'as the system', light: 'light', dark: 'dark' }[choice];
    control.setAttribute('aria-label', `Colours: ${label}`);
    control.title = `Colours: ${label}`;
    control.textContent = { system: '◐', light: '☀', dark: '☾' }[choice];
  };
  control.addEventListener('click', () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length] ?? 'system';
    remember('theme', choice);
    show();
  });
  show();
}
