// One box that finds a node by any of its names: in the palette, and where a page needs a node.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { graphql } from '../gql';
import type { NodeKind, SuggestQuery } from '../gql/graphql';
import { apiLang, t, word } from '../i18n';
import { Failure, request } from '../lib/client';
import { bare, langOf } from '../lib/format';
import { type Kind, KindMark } from './marks';

const SUGGEST = graphql(`
  query Suggest($prefix: String!, $kinds: [NodeKind!], $lang: Language!) {
    suggest(prefix: $prefix, kinds: $kinds, limit: 12) {
      text
      node {
        id
        kind
        label(lang: $lang)
      }
    }
  }
`);

export type Suggested = SuggestQuery['suggest'][number];

/** A combobox after the ARIA pattern: the list follows the typing, arrows move, Enter takes. */
export function Picker({
  label,
  placeholder,
  kinds,
  choose,
  submit,
  auto,
  initial = '',
}: {
  label: string;
  placeholder?: string;
  kinds?: NodeKind[];
  choose: (found: Suggested) => void;
  submit?: (text: string) => void;
  auto?: boolean;
  initial?: string;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [found, setFound] = useState<{ text: string; list: readonly Suggested[]; failure: Failure | null }>({
    text: '',
    list: [],
    failure: null,
  });
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(false);
  useEffect(() => setText(initial), [initial]);
  useEffect(() => {
    const prefix = text.trim();
    if (!open || !prefix) {
      setFound({ text: '', list: [], failure: null });
      setActive(-1);
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      request(SUGGEST, { prefix, kinds: kinds ?? null, lang: apiLang() }, controller.signal).then(
        ({ suggest }) => {
          const list = [...new Map(suggest.map((s) => [s.node.id, s])).values()];
          setFound({ text: prefix, list, failure: null });
          setActive(list.length ? 0 : -1);
        },
        (cause) => {
          if (!controller.signal.aborted) setFound({ text: prefix, list: [], failure: cause instanceof Failure ? cause : null });
        },
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, open]);

  const take = (s: Suggested) => {
    setOpen(false);
    setText(s.node.kind === 'TRIAL' ? bare(s.node.id) : s.node.label);
    choose(s);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const n = found.list.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (n) setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + n) % n);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = found.text === text.trim() ? found.list[active] : undefined;
      if (chosen) take(chosen);
      else if (submit && text.trim()) submit(text.trim());
    } else if (event.key === 'Escape' && open && n && !submit) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  const shown = open && text.trim() !== '';
  return (
    <div class="picker">
      <label class="sr" for={`${id}-input`}>
        {label}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        data-first={auto ? '' : undefined}
        autocomplete="off"
        spellcheck={false}
        aria-expanded={shown && found.list.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder ?? label}
        value={text}
        onInput={(e) => {
          setText(e.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(Boolean(submit))}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} class={shown ? 'picker-list' : 'picker-list closed'}>
        {shown &&
          found.list.map((s, i) => (
            <li
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              tabIndex={-1}
              class={i === active ? 'active' : undefined}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => take(s)}
            >
              <KindMark kind={s.node.kind.toLowerCase() as Kind} />
              <span class="picker-label" lang={langOf(s.node.label)}>
                {s.node.kind === 'TRIAL' ? `${bare(s.node.id)} · ${s.node.label}` : s.node.label}
              </span>
              {s.text !== s.node.label && (
                <span class="aside" lang={langOf(s.text)}>
                  {s.text}
                </span>
              )}
              <span class="picker-kind">{word('kind', s.node.kind)}</span>
            </li>
          ))}
      </ul>
      <p class="picker-status" role="status">
        {shown && found.failure && t('trouble.suggest')}
        {shown && !found.failure && found.text === text.trim() && found.list.length === 0 && found.text && t('search.noName')}
        {shown && found.list.length > 0 && <span class="sr">{t('search.names', { n: found.list.length })}</span>}
      </p>
    </div>
  );
}
