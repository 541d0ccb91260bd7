// Light, dark, or as the system says. The address wins over the memory.
import { setParams } from './router';

export type Theme = 'auto' | 'light' | 'dark';
const KEY = 'trialweave-theme';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // No storage: the address still holds it.
  }
}

export function theme(): Theme {
  const said = new URLSearchParams(location.search).get('theme') ?? recall(KEY);
  return said === 'light' || said === 'dark' ? said : 'auto';
}

export function applyTheme(): void {
  const now = theme();
  if (new URLSearchParams(location.search).has('theme')) keep(KEY, now);
  document.documentElement.dataset.theme = now;
}

export function setTheme(next: Theme): void {
  keep(KEY, next);
  setParams((params) => (next === 'auto' ? params.delete('theme') : params.set('theme', next)), true);
  applyTheme();
}
