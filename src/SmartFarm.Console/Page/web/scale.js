// Axes: round steps for values, round local times for hours.

const minute = 60000;
const hour = 60 * minute;
const timeSteps = [5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 48 * hour];

/** Low, high and ticks of an axis that holds all values, in steps of 1, 2 or 5 times a power of ten. */
export function valueAxis(values, most) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (high - low < 1e-9 + Math.abs(high) * 0.01) {
    const pad = Math.max(Math.abs(high) * 0.01, 0.5);
    low -= pad;
    high += pad;
  }

  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { from, to, ticks, digits };
}

/** Round times of the browser's zone between two instants, at most so many. */
export function timeTicks(from, to, most) {
  const step = timeSteps.find((s) => (to - from) / s <= most) ?? timeSteps.at(-1);
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  const ticks = [];
  for (let i = Math.ceil((from - midnight) / step); ; i++) {
    const at = new Date(midnight);
    at.setMinutes((i * step) / minute);
    if (at > to) {
      return { ticks, daily: step >= 24 * hour };
    }

    ticks.push(at);
  }
}

/** Splits points where the time between two is longer than a missing step or two, so that a gap is seen as a gap. */
export function pieces(points, longest) {
  const result = [];
  for (const point of points) {
    const piece = result.at(-1);
    if (piece !== undefined && point.at - piece.at(-1).at <= longest) {
      piece.push(point);
    } else {
      result.push([point]);
    }
  }

  return result;
}
