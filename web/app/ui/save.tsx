// A table as a file, exactly as it is shown: CSV, TSV, JSON.
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { csv, download, json, type Sheet, tsv } from '../lib/table';

const FORMATS = {
  csv: [csv, 'text/csv'],
  tsv: [tsv, 'text/tab-separated-values'],
  json: [json, 'application/json'],
} as const;

export function Save({ name, sheet, help }: { name: string; sheet: () => Sheet | Promise<Sheet>; help?: string }) {
  const [said, say] = useState('');
  const save = async (format: keyof typeof FORMATS) => {
    say(t('export.busy'));
    try {
      const content = await sheet();
      const [write, type] = FORMATS[format];
      download(`${name}.${format}`, write(content), type);
      say(t('export.done', { n: content.rows.length }));
    } catch (cause) {
      say(String((cause as Error).message));
    }
  };
  return (
    <details class="menu">
      <summary class="button small">{t('export.title')}</summary>
      <div class="menu-body">
        {help && <p class="muted">{help}</p>}
        {(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => (
          <button type="button" class="button small" onClick={() => save(format)}>
            {format.toUpperCase()}
          </button>
        ))}
        <p role="status" class="muted">
          {said}
        </p>
      </div>
    </details>
  );
}
