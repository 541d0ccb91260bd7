// The keys.
import { t } from '../i18n';
import { Dialog } from './dialog';

const KEYS = [
  ['/', 'search'],
  ['Ctrl K', 'search'],
  ['g h', 'home'],
  ['g t', 'trials'],
  ['g m', 'matrix'],
  ['g r', 'references'],
  ['g g', 'graph'],
  ['j', 'next'],
  ['k', 'previous'],
  ['?', 'help'],
] as const;

export default function Help({ close }: { close: () => void }) {
  return (
    <Dialog title={t('keys.title')} close={close}>
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
