import { el, setText } from './dom.js';
import { draw } from './chart.js';
import { serverNow } from './clock.js';
import { text } from './strings.js';

const mostPanels = 4;
const chosen = { zone: null, hours: 6, quantities: ['air_temperature', 'relative_humidity'] };
let zones = [];
let request = 0;

/** Follows the zones of the farm: which there are, and what is measured there. */
export function setZones(section, now) {
  const shape = (list) => JSON.stringify(list.map((z) => [z.site, z.zone, z.name, z.values.map((v) => v.quantity)]));
  const changed = shape(zones) !== shape(now);
  zones = now;
  if (changed) {
    chosen.zone = current() === undefined ? keyOf(richest()) : chosen.zone;
    build(section);
    refresh(section);
  }
}

export async function refresh(section) {
  const zone = current();
  const panels = section.querySelector('.panels');
  if (zone === undefined || panels === null) {
    return;
  }

  const mine = ++request;
  const quantities = wanted(zone);
  const to = serverNow();
  const span = `from=${iso(to - chosen.hours * 3600000)}&to=${iso(to)}`;
  const answers = await Promise.all(quantities.map((q) => read(`/api/readings?site=${zone.site}&zone=${zone.zone}&quantity=${q}&${span}`)));
  if (mine === request) {
    const focused = panels.contains(document.activeElement) ? document.activeElement.closest('.panel')?.dataset.quantity : undefined;
    const figures = answers.map(() => el('figure', { class: 'panel' }));
    panels.replaceChildren(...figures);
    figures.forEach((figure, i) => (answers[i] === null ? figure.append(el('p', { class: 'empty' }, text.noHistory)) : draw(figure, answers[i])));
    panels.querySelector(`[data-quantity="${focused}"] svg`)?.focus();
    section.querySelector('.note').hidden = quantities.length > 0;
  }
}

const iso = (ms) => new Date(ms).toISOString();
const keyOf = (zone) => (zone === undefined ? null : `${zone.site}/${zone.zone}`);
const current = () => zones.find((z) => keyOf(z) === chosen.zone);

/** The first of the zones that measure most of what is wanted. */
function richest() {
  const richness = (zone) => zone.values.filter((v) => chosen.quantities.includes(v.quantity)).length;
  return zones.reduce((best, zone) => (best === undefined || richness(zone) > richness(best) ? zone : best), undefined);
}

function wanted(zone) {
  const there = zone.values.map((v) => v.quantity);
  const some = chosen.quantities.filter((q) => there.includes(q));
  return some.length > 0 ? some : there.slice(0, 2);
}

async function read(path) {
  try {
    const answer = await fetch(path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function build(section) {
  section.hidden = zones.length === 0;
  const rebuild = () => {
    build(section);
    refresh(section);
  };
  const select = el('select', { 'aria-label': text.zoneChoice }, ...zones.map((z) => el('option', { value: keyOf(z) }, z.name)));
  select.value = chosen.zone;
  select.addEventListener('change', () => {
    chosen.zone = select.value;
    rebuild();
  });
  const ranges = Object.entries(text.ranges).map(([hours, word]) => choice(word, Number(hours) === chosen.hours, () => {
    chosen.hours = Number(hours);
    rebuild();
  }));
  const zone = current();
  const quantities = (zone?.values ?? []).map((value) => choice(value.title, wanted(zone).includes(value.quantity), () => {
    toggle(wanted(zone), value.quantity);
    rebuild();
  }));
  const title = el('h2');
  setText(title, text.history);
  section.replaceChildren(
    el('header', { class: 'head' }, title, el('div', { class: 'choices' }, select, ...ranges), el('div', { class: 'choices' }, ...quantities)),
    el('p', { class: 'note', hidden: '' }, text.noPoints),
    el('div', { class: 'panels' }));
}

function choice(word, isOn, act) {
  const button = el('button', { class: 'choice', type: 'button', 'aria-pressed': String(isOn) }, word);
  button.addEventListener('click', act);
  return button;
}

function toggle(now, quantity) {
  const next = now.includes(quantity) ? now.filter((q) => q !== quantity) : [...now, quantity];
  chosen.quantities = next.slice(-mostPanels);
}
