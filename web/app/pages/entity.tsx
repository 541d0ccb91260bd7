// Which page has a target, a disease, a drug, a regimen?
import type { ComponentChildren } from 'preact';
import { Disease } from './entity/disease';
import { Drug } from './entity/drug';
import { Regimen } from './entity/regimen';
import { Target } from './entity/target';

const KINDS: Record<string, (props: { id: string }) => ComponentChildren> = {
  target: Target,
  disease: Disease,
  drug: Drug,
  regimen: Regimen,
};

export default function Entity({ kind, id }: { kind: string; id: string }) {
  const Kind = KINDS[kind] ?? Target;
  return <Kind id={id} />;
}
