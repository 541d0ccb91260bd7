// The picture as a file: SVG with its styles written out, PNG from that.
import { download } from '../../lib/table';
import type { View } from './drawing';

const COPIED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'font-family',
  'paint-order',
  'stroke-linejoin',
  'opacity',
];

/** The picture as a file of its own: what the style sheet says is written onto each element. */
export function svgText(svg: SVGSVGElement, view: View): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = svg.querySelectorAll('path,line,text,g');
  copy.querySelectorAll('path,line,text,g').forEach((element, i) => {
    const style = getComputedStyle(from[i]!);
    for (const name of COPIED) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'data-id']) element.removeAttribute(name);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  copy.setAttribute('width', String(Math.round(view.width)));
  copy.setAttribute('height', String(Math.round(view.height)));
  for (const name of ['class', 'role', 'aria-label']) copy.removeAttribute(name);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({
    x: view.x,
    y: view.y,
    width: view.width,
    height: view.height,
    fill: getComputedStyle(document.body).backgroundColor,
  })) {
    ground.setAttribute(name, String(value));
  }
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

export function savePng(svg: SVGSVGElement, view: View, name: string): void {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(view.width * 2);
    canvas.height = Math.round(view.height * 2);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(name, blob), 'image/png');
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg, view))}`;
}
