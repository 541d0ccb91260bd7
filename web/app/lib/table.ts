// Tables as files: exactly what is shown, safe to open in a spreadsheet.

export type Cell = string | number | null | undefined;
export interface Sheet {
  columns: string[];
  rows: Cell[][];
}

/** A cell that a spreadsheet could take for a formula is made text by a leading apostrophe. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'number' ? String(cell) : harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a byte order mark, so that Excel reads the Chinese. */
export function csv({ columns, rows }: Sheet): string {
  return `\uFEFF${[columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Tab-separated; tabs and line ends inside a cell become spaces. */
export function tsv({ columns, rows }: Sheet): string {
  const cell = (c: Cell) => (typeof c === 'number' ? String(c) : harmless((c ?? '').replace(/[\t\r\n]+/g, ' ')));
  return `${[columns, ...rows].map((row) => row.map(cell).join('\t')).join('\n')}\n`;
}

export function json({ columns, rows }: Sheet): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i] ?? null])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.dataset.native = '';
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
