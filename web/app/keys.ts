import { navigate } from './lib/router';

const GO: Record<string, string> = {
  h: '',
  t: 'trials',
  m: 'matrix',
  r: 'references',
  g: 'graph',
  p: 'paths',
  c: 'conflicts',
};

export function keys(open: (overlay: 'search' | 'help' | null) => void): () => void {
  let pending = 0;
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open('search');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest('input, textarea, select, [contenteditable], dialog')) return;
    if (event.timeStamp - pending < 1200 && event.key in GO) {
      pending = 0;
      event.preventDefault();
      navigate(GO[event.key]!);
    } else if (event.key === 'g') pending = event.timeStamp;
    else if (event.key === '/') {
      event.preventDefault();
      open('search');
    } else if (event.key === '?') open('help');
    else if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** To the next or previous row. */
function step(by: number): void {
  const rows = [
    ...document.querySelectorAll<HTMLElement>('main tbody th a, main .hits > li > a, main .reference-title, main .entity-list .entity'),
  ];
  if (rows.length === 0) return;
  const now = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
}
