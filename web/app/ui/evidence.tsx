// Statements, references and printed rows, as they appear on every page.
import './evidence.css';
import { fragment, graphql } from '../gql';
import type { ReferencePartsFragment, StatementPartsFragment } from '../gql/graphql';
import { number, t, word } from '../i18n';
import { authorsText, bare, langOf, pageOf, placeText } from '../lib/format';
import { href } from '../lib/router';
import { EntityLink } from './names';

export const StatementParts = fragment(
  graphql(`
    fragment StatementParts on Statement {
      id
      number
      section
      statementType
      text(lang: $lang)
      source {
        id
        title(lang: $lang)
      }
      outcomes {
        measure
        n
        of
        percent
        percentMax
        value
        valueMax
        unit
        comparator
        grade
        timepoint
        note
      }
      cites {
        marker
        cito
        printed
        reference {
          id
          title
          authors
          authorsCut
          year
        }
      }
      about {
        id
        kind
        label(lang: $lang)
      }
      mentionedTrials {
        registryId
        knownBy
        note
        trial {
          id
        }
      }
    }
  `),
);

export const ReferenceParts = fragment(
  graphql(`
    fragment ReferenceParts on Reference {
      id
      title
      authors
      authorsCut
      journal
      year
      volume
      issue
      pages
      doi
      pmid
      url
      referenceType
      standing
      markers {
        marker
        source {
          id
        }
      }
    }
  `),
);

type Outcome = StatementPartsFragment['outcomes'][number];

function amount(o: Outcome): string {
  const span = (a?: number | null, b?: number | null) =>
    a === null || a === undefined ? '' : number(a) + (b === null || b === undefined ? '' : `–${number(b)}`);
  const parts: string[] = [];
  if (o.n !== null && o.n !== undefined)
    parts.push(o.of !== null && o.of !== undefined ? `${number(o.n)}/${number(o.of)}` : `n = ${number(o.n)}`);
  if (o.percent !== null && o.percent !== undefined) parts.push(`${span(o.percent, o.percentMax)} %`);
  if (o.value !== null && o.value !== undefined) parts.push(span(o.value, o.valueMax) + (o.unit ? ` ${o.unit}` : ''));
  return (o.comparator ? `${o.comparator} ` : '') + parts.join(' · ');
}

export function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  if (outcomes.length === 0) return null;
  return (
    <ul class="outcomes">
      {outcomes.map((o) => (
        <li>
          <span class="outcome-amount">{amount(o) || '–'}</span>
          <span>
            {o.measure}
            {o.grade && `, ${t('outcome.grade', { grade: o.grade })}`}
            {o.timepoint && `, ${o.timepoint}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Marker({ marker, id, title }: { marker: string; id: string; title: string }) {
  return (
    <a class="marker" href={href(pageOf(id))} title={title} aria-label={t('reference.marker', { marker, title })}>
      [{marker}]
    </a>
  );
}

export function StatementCard({ statement, about = true }: { statement: StatementPartsFragment; about?: boolean }) {
  return (
    <article class="statement">
      <p class="statement-text">
        {statement.text}{' '}
        {statement.cites.map((c) => (
          <Marker marker={c.marker} id={c.reference.id} title={c.reference.title} />
        ))}
      </p>
      <Outcomes outcomes={statement.outcomes} />
      <footer class="statement-foot">
        <EntityLink id={statement.id} label={statement.number} />
        <span>{word('statementType', statement.statementType)}</span>
        <span>
          <a href={href(pageOf(statement.source.id))}>{statement.source.title}</a>, {t('statement.section', { section: statement.section })}
        </span>
      </footer>
      {about && statement.about.length > 0 && (
        <ul class="about" aria-label={t('statement.about')}>
          {statement.about.map((e) => (
            <li>
              <EntityLink id={e.id} label={e.kind === 'TRIAL' ? bare(e.id) : e.label} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

export function ReferenceItem({ reference, extra }: { reference: ReferencePartsFragment; extra?: preact.ComponentChildren }) {
  const marker = reference.markers[0]?.marker;
  return (
    <article class="reference" data-kind="reference">
      {marker && <span class="reference-marker">[{marker}]</span>}
      <div>
        <a class="reference-title" href={href(pageOf(reference.id))} lang={langOf(reference.title)}>
          {reference.title}
        </a>
        <p class="reference-line">
          {reference.authors.length > 0 && (
            <>
              <span lang={langOf(reference.authors.join())}>{authorsText(reference)}</span>.{' '}
            </>
          )}
          <span lang={langOf(reference.journal ?? '')}>{placeText(reference)}</span>
        </p>
        <p class="reference-line muted">
          {word('referenceType', reference.referenceType)}
          {reference.standing !== 'PUBLISHED' && <strong class="standing">{word('standing', reference.standing)}</strong>}
          {reference.doi && (
            <a class="external" href={`https://doi.org/${reference.doi}`} rel="noreferrer external">
              doi:{reference.doi}
            </a>
          )}
          {extra}
        </p>
      </div>
    </article>
  );
}
