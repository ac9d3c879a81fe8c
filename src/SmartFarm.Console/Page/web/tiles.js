import { el, follow, setBadge, setText } from './dom.js';
import { age, finite, number } from './format.js';
import { serverNow } from './clock.js';
import { text } from './strings.js';

const first = ['air_temperature', 'relative_humidity', 'vpd', 'co2'];
const levels = { good: 'good', partial: 'warn', stale: 'bad', waiting: 'idle', no_sensors: 'idle' };

export const zoneLevel = (zone) => levels[zone.status] ?? 'idle';

const rank = (value) => (first.includes(value.quantity) ? first.indexOf(value.quantity) : first.length);

export function showZones(parent, zones) {
  const severalSites = new Set(zones.map((zone) => zone.site)).size > 1;
  follow(parent, zones, (zone) => `${zone.site}/${zone.zone}`, createTile, (tile, zone) => updateTile(tile, zone, severalSites));
}

/** Lets every age on the page count up. */
export function tickAges() {
  for (const node of document.querySelectorAll('[data-time]')) {
    setText(node, text.ago(age(serverNow() - Number(node.dataset.time))));
  }
}

function createTile(zone) {
  return el('article', { class: 'tile', 'data-zone': `${zone.site}/${zone.zone}` },
    el('header', { class: 'head' }, el('h3'), el('span', { class: 'badge' }), el('span', { class: 'note' })),
    el('p', { class: 'note', hidden: '' }),
    el('div', { class: 'values' }),
    el('div', { class: 'trust' },
      el('span'), el('span', { class: 'track', 'aria-hidden': 'true' }, el('span', { class: 'fill' })), el('span')));
}

function updateTile(tile, zone, severalSites) {
  const [head, note, values, trust] = tile.children;
  setText(head.children[0], zone.name);
  setText(head.children[2], [zone.crop, severalSites ? zone.site : null].filter(Boolean).join(' · '));
  setBadge(head.children[1], zoneLevel(zone), text.zone[zone.status] ?? zone.status);
  tile.dataset.status = zone.status;
  note.hidden = zone.values.length > 0;
  setText(note, zone.status === 'no_sensors' ? text.noSensorsValues : text.waitingValues);
  const ordered = zone.values.toSorted((a, b) => rank(a) - rank(b));
  follow(values, ordered, (value) => value.quantity, createValue, updateValue);
  updateTrust(trust, zone);
}

function updateTrust(node, zone) {
  const share = finite(zone.trust) ? Math.min(1, Math.max(0, zone.trust)) : 0;
  const percent = `${Math.round(share * 100)} %`;
  setText(node.children[0], `${text.trust} ${percent}`);
  node.children[1].firstElementChild.style.width = `${share * 100}%`;
  setText(node.children[2], text.heard(zone.devices.filter((d) => d.fresh && d.online !== false).length, zone.devices.length));
  node.hidden = zone.devices.length === 0;
}

function createValue(value) {
  return el('div', { class: first.includes(value.quantity) ? 'value main' : 'value', 'data-quantity': value.quantity },
    el('span', { class: 'label' }),
    el('span', { class: 'reading' }, el('span', { class: 'number' }), el('span', { class: 'unit' })),
    el('span', { class: 'age' }, el('b'), el('span')));
}

function updateValue(node, value) {
  const [label, reading, ageLine] = node.children;
  setText(label, value.title);
  setText(reading.children[0], number(value.value, value.quantity));
  setText(reading.children[1], value.unit);
  node.dataset.fresh = value.fresh;
  setText(ageLine.children[0], value.fresh ? '' : `▲ ${text.stale}`);
  ageLine.children[1].dataset.time = Date.parse(value.time);
}
