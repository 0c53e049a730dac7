import type { Spread } from './statistics.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: Spread }[];
}

export interface Axes {
  readonly x: string;
  readonly y: string;
  /** Sizes that grow tenfold want it. */
  readonly isLogarithmic: boolean;
}

const [width, height] = [640, 360];
const margin = { left: 64, right: 140, top: 48, bottom: 48 };
const colours = ['#0066cc', '#d9364f', '#008758', '#a66300', '#5c6f82'];

/** Lines with their spread as bars, as an SVG that reads on light and dark pages. */
export function plot(title: string, series: readonly Series[], axes: Axes): string {
  const points = series.flatMap((one) => one.points);
  const position = (x: number) => (axes.isLogarithmic ? Math.log10(x) : x);
  const [from, to] = [Math.min, Math.max].map((pick) => pick(...points.map(({ x }) => position(x)))) as [
    number,
    number,
  ];
  const top = Math.max(...points.map(({ y }) => y.high)) * 1.1;
  const x = (value: number) =>
    margin.left + ((position(value) - from) / (to - from || 1)) * (width - margin.left - margin.right);
  const y = (value: number) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);
  const sizes = axes.isLogarithmic
    ? [...new Set(points.map((point) => point.x))]
    : ticksOf(Math.max(...points.map((point) => point.x)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(width / 2, 24, title, 'middle', 'font-weight="bold" font-size="14"'),
    text(width / 2, height - 8, axes.x, 'middle'),
    text(margin.left, margin.top - 8, axes.y, 'middle'),
    ...ticksOf(top).flatMap((value) => [
      `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>`,
      text(margin.left - 8, y(value) + 4, String(value), 'end'),
    ]),
    ...sizes.map((value) =>
      text(x(value), height - margin.bottom + 18, value.toLocaleString('en'), 'middle'),
    ),
    ...series.flatMap((one, index) => lineOf(one, colours[index % colours.length] ?? '#000', x, y)),
    '</svg>',
  ].join('\n');
}

type Scale = (value: number) => number;

function lineOf({ name, points }: Series, colour: string, x: Scale, y: Scale): readonly string[] {
  const last = points.at(-1);
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => `${x(point.x)},${y(point.y.median)}`).join(' ')}"/>`,
    ...points.map(
      (point) =>
        `<line x1="${x(point.x)}" x2="${x(point.x)}" y1="${y(point.y.low)}" y2="${y(point.y.high)}" stroke="${colour}"/>`,
    ),
    last === undefined ? '' : text(x(last.x) + 8, y(last.y.median) + 4, name, 'start', `fill="${colour}"`),
  ];
}

function ticksOf(top: number): readonly number[] {
  const rough = top / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}

function text(x: number, y: number, words: string, anchor: string, more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" ${more}>${words}</text>`;
}
