// Kinds have a shape and a colour; status has a sign and a word. Colour never stands alone.
import type { NodeKind } from '../gql/graphql';
import { word } from '../i18n';

export type Kind = Lowercase<NodeKind>;

/** Outline of a kind's shape in a 16 x 16 box, also used large in the pictures. */
export const SHAPES: Record<Kind, string> = {
  trial: 'M4 3h8a2.5 2.5 0 0 1 2.5 2.5v5A2.5 2.5 0 0 1 12 13H4a2.5 2.5 0 0 1-2.5-2.5v-5A2.5 2.5 0 0 1 4 3Z',
  target: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
  disease: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8Z',
  drug: 'M4.7 2.2h6.6L14.7 8l-3.4 5.8H4.7L1.3 8Z',
  regimen: 'M2.2 5.2h7.6L12.8 9l-3 3.9H2.2L-.6 9Zm4-3.2h7.2L16.4 6l-2 2.6',
  reference: 'M3 1.5h6.5L13 5v9.5H3ZM9.5 1.5V5H13',
  statement: 'M2 2.5h12v8.5H8.5L5 14v-3H2Z',
  source: 'M2 3.5h12v9H2ZM2 6.5h12M6.5 6.5v6',
};

export function KindMark({ kind, size = 16, title }: { kind: Kind; size?: number; title?: boolean }) {
  const name = title ? word('kind', kind.toUpperCase()) : undefined;
  return (
    <svg
      class={`mark k-${kind}`}
      width={size}
      height={size}
      viewBox={kind === 'regimen' ? '-1.5 .5 19 14' : '0 0 16 16'}
      role={name ? 'img' : undefined}
      aria-label={name}
      aria-hidden={name ? undefined : 'true'}
      focusable="false"
    >
      <path d={SHAPES[kind]} />
    </svg>
  );
}

const OPEN = ['RECRUITING', 'ENROLLING_BY_INVITATION', 'AVAILABLE'];
const SOON = ['NOT_YET_RECRUITING', 'TEMPORARILY_NOT_AVAILABLE'];
const UNSURE = ['UNKNOWN', 'WITHHELD'];
const RUNNING = ['ACTIVE_NOT_RECRUITING'];

export function statusGroup(status: string): 'open' | 'soon' | 'running' | 'ended' | 'unsure' {
  if (OPEN.includes(status)) return 'open';
  if (SOON.includes(status)) return 'soon';
  if (RUNNING.includes(status)) return 'running';
  if (UNSURE.includes(status)) return 'unsure';
  return 'ended';
}

const SIGNS = {
  open: <circle cx="6" cy="6" r="4.2" class="full" />,
  soon: (
    <>
      <circle cx="6" cy="6" r="4.2" />
      <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4Z" class="full" />
    </>
  ),
  running: (
    <>
      <circle cx="6" cy="6" r="4.2" />
      <circle cx="6" cy="6" r="1.6" class="full" />
    </>
  ),
  ended: <rect x="2.4" y="2.4" width="7.2" height="7.2" rx="1" class="full" />,
  unsure: <path d="M4 4.4a2 2 0 1 1 2.9 1.8c-.7.3-.9.7-.9 1.3M6 9.6v.2" />,
};

export function Status({ status }: { status: string }) {
  const group = statusGroup(status);
  return (
    <span class={`status s-${group}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        {SIGNS[group]}
      </svg>
      {word('status', status)}
    </span>
  );
}
