import { el, setText, svg } from './dom.js';
import { dayAndHour, dayOf, hourOf, number } from './format.js';
import { pieces, timeTicks, valueAxis } from './scale.js';
import { text } from './strings.js';

const inks = { air_temperature: 'warm', relative_humidity: 'wet', vpd: 'violet', co2: 'leaf', soil_moisture: 'wet', dew_point: 'violet' };
const height = 190;
const edge = { left: 46, right: 10, top: 10, bottom: 24 };

/** Draws one line over time into a figure, with axes, gaps and the value under the pointer. `history` is an answer of /api/readings. */
export function draw(figure, history) {
  const width = figure.clientWidth;
  const points = (history.series[0]?.points ?? []).map((p) => ({ at: Date.parse(p.time), value: p.value }));
  const output = el('output');
  figure.classList.add(`ink-${inks[history.quantity] ?? 'leaf'}`);
  figure.dataset.quantity = history.quantity;
  figure.append(el('figcaption', {}, el('strong', {}, history.title), output));
  if (points.length === 0) {
    figure.append(el('p', { class: 'empty' }, text.noPoints));
    return;
  }

  const [from, to] = [Date.parse(history.from), Date.parse(history.to)];
  const axis = valueAxis(points.map((p) => p.value), 4);
  const x = (at) => edge.left + ((at - from) / (to - from)) * (width - edge.left - edge.right);
  const y = (value) => height - edge.bottom - ((value - axis.from) / (axis.to - axis.from)) * (height - edge.top - edge.bottom);
  const say = (value) => `${number(value, history.quantity)} ${history.unit}`;
  const picture = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    tabindex: '0',
    'aria-label': text.chartLabel(history.title, say(Math.min(...points.map((p) => p.value))), say(Math.max(...points.map((p) => p.value)))),
  });

  for (const value of axis.ticks) {
    picture.append(
      svg('line', { class: 'grid', x1: edge.left, x2: width - edge.right, y1: y(value), y2: y(value) }),
      svg('text', { x: edge.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, value.toFixed(axis.digits)));
  }

  const { ticks, daily } = timeTicks(from, to, Math.max(2, Math.floor(width / 90)));
  for (const at of ticks) {
    const word = daily || (at.getHours() === 0 && at.getMinutes() === 0) ? dayOf(at) : hourOf(at);
    picture.append(
      svg('line', { class: 'grid', x1: x(at), x2: x(at), y1: height - edge.bottom, y2: height - edge.bottom + 4 }),
      svg('text', { x: x(at), y: height - 6, 'text-anchor': x(at) < edge.left + 16 ? 'start' : x(at) > width - 26 ? 'end' : 'middle' }, word));
  }

  for (const piece of pieces(points, Math.max(history.step_s * 2500, 1))) {
    const line = piece.map((p) => `${x(p.at).toFixed(1)},${y(p.value).toFixed(1)}`).join(' ');
    picture.append(piece.length > 1
      ? svg('polyline', { class: 'line', points: line })
      : svg('circle', { class: 'dot', cx: x(piece[0].at), cy: y(piece[0].value), r: 2 }));
  }

  addCursor(picture, points, x, y, width, (p, isLast) => setText(output, isLast ? say(p.value) : `${say(p.value)} · ${dayAndHour(p.at)}`));
  figure.append(picture);
}

function addCursor(picture, points, x, y, width, show) {
  const line = svg('line', { class: 'cursor', y1: edge.top, y2: height - edge.bottom, visibility: 'hidden' });
  const dot = svg('circle', { class: 'dot', r: 4 });
  picture.append(line, dot);
  const last = points.length - 1;
  let chosen = last;

  const choose = (index, pointing) => {
    chosen = Math.min(last, Math.max(0, index));
    const point = points[chosen];
    for (const end of ['x1', 'x2']) {
      line.setAttribute(end, x(point.at));
    }

    line.setAttribute('visibility', pointing ? 'visible' : 'hidden');
    dot.setAttribute('cx', x(point.at));
    dot.setAttribute('cy', y(point.value));
    show(point, !pointing);
  };

  picture.addEventListener('pointermove', (event) => {
    const box = picture.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width;
    let nearest = 0;
    points.forEach((p, i) => { nearest = Math.abs(x(p.at) - at) < Math.abs(x(points[nearest].at) - at) ? i : nearest; });
    choose(nearest, true);
  });
  picture.addEventListener('pointerleave', () => choose(last, false));
  picture.addEventListener('blur', () => choose(last, false));
  picture.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      choose(chosen + step, true);
    }
  });
  choose(last, false);
}
