// The command palette: names of nodes, and the pages. `/` or Ctrl-K.
import { t } from '../i18n';
import { pageOf } from '../lib/format';
import { href, navigate } from '../lib/router';
import { Dialog } from './dialog';
import { Picker } from './picker';

export default function Palette({ close }: { close: () => void }) {
  return (
    <Dialog title={t('nav.search')} close={close}>
      <Picker
        auto
        label={t('search.label')}
        placeholder={t('search.hint')}
        choose={(s) => {
          close();
          navigate(pageOf(s.node.id));
        }}
        submit={(text) => {
          close();
          navigate(`search?q=${encodeURIComponent(text)}`);
        }}
      />
      <ul class="palette-pages">
        {(['trials', 'matrix', 'graph', 'paths', 'references', 'conflicts', 'unmapped', 'about', 'api'] as const).map((page) => (
          <li>
            <a class="button small" href={href(page)}>
              {t(`nav.${page}`)}
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
