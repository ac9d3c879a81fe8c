import { el, follow, setBadge, setText } from './dom.js';
import { age, finite, position, title } from './format.js';
import { serverNow } from './clock.js';
import { text } from './strings.js';

const levels = { in_place: 'good', moving: 'idle', off_target: 'bad', idle: 'idle', not_reported: 'idle', not_remote: 'warn' };

export const actuatorLevel = (actuator) => levels[actuator.state] ?? 'idle';

export function showActuators(section, actuators, zoneName) {
  if (section.childElementCount === 0) {
    section.append(el('h2', { class: 'head' }), el('p', { class: 'note' }), el('div', { class: 'list' }));
    setText(section.children[0], text.actuators);
    setText(section.children[1], text.noActuators);
  }

  section.hidden = false;
  section.children[1].hidden = actuators.length > 0;
  const rows = [];
  let group = null;
  for (const actuator of actuators) {
    const zone = `${actuator.site}/${actuator.zone}`;
    if (zone !== group) {
      rows.push({ heading: zoneName(actuator), key: zone });
      group = zone;
    }

    rows.push({ actuator, key: `${zone}/${actuator.actuator}` });
  }

  follow(section.children[2], rows, (row) => row.key, create, update);
}

function create(row) {
  return row.heading !== undefined
    ? el('h3', { class: 'group' })
    : el('div', { class: 'actuator', 'data-actuator': row.key },
      el('span', {}, el('span', { class: 'name' }), ' ', el('span', { class: 'badge' })),
      el('span', { class: 'reading' }, el('strong'), ' ', el('span', { class: 'note' })),
      el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { class: 'fill' }), el('span', { class: 'target' })),
      el('span', { class: 'small' }));
}

function update(node, { heading, actuator }) {
  if (heading !== undefined) {
    setText(node, heading);
    return;
  }

  const [head, reading, track, small] = node.children;
  setText(head.children[0], title(actuator.actuator));
  setBadge(head.children[1], actuatorLevel(actuator), text.actuator[actuator.state] ?? actuator.state);
  setText(reading.children[0], position(actuator, actuator.reported));
  setText(reading.children[1], finite(actuator.target) ? text.target(position(actuator, actuator.target)) : '');
  const share = (value) => `${Math.min(100, Math.max(0, (100 * (value - actuator.min)) / (actuator.max - actuator.min || 1)))}%`;
  track.children[0].style.width = finite(actuator.reported) ? share(actuator.reported) : '0';
  track.children[1].hidden = !finite(actuator.target);
  track.children[1].style.left = finite(actuator.target) ? share(actuator.target) : '0';
  const parts = [
    actuator.mode === null ? null : text.mode[actuator.mode] ?? actuator.mode,
    actuator.source === '' ? null : text.by(actuator.source),
    actuator.reported_at === null ? null : text.reported(age(serverNow() - Date.parse(actuator.reported_at))),
    actuator.state === 'in_place' ? '' : actuator.held,
  ];
  setText(small, parts.filter(Boolean).join(' · '));
}
