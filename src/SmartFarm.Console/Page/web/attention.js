import { el, follow, setBadge, setText } from './dom.js';
import { age } from './format.js';
import { read } from './footer.js';
import { serverNow } from './clock.js';
import { text } from './strings.js';

const levels = { critical: 'bad', warning: 'warn', info: 'idle' };

/** What somebody has to know, or has done by hand: emergency stops, alarms, overrides. Hidden while there is nothing. */
export async function showAttention(section) {
  let rows;
  try {
    const [stop, alarms, overrides] = await Promise.all([read('/api/stop'), read('/api/alarms'), read('/api/overrides')]);
    rows = [
      ...stop.stops.map((s) => ({
        key: `stop ${s.site}/${s.zone}`, level: 'bad', word: text.attention.stop, what: `${s.site}/${s.zone}`, small: text.attention.stopped(s.owner, s.reason, since(s.since)),
      })),
      ...alarms.alarms.map((a) => ({
        key: a.id, level: a.state === 'active' ? levels[a.severity] ?? 'warn' : 'idle', word: text.attention[a.state] ?? a.state, what: a.text,
        small: [a.id, text.ago(since(a.since)), a.acknowledged_by === null ? null : [a.acknowledged_by, a.note].filter(Boolean).join(': ')].filter(Boolean).join(' · '),
      })),
      ...overrides.overrides.map((o) => ({
        key: `hand ${o.site}/${o.zone}/${o.actuator}`, level: 'warn', word: text.attention.hand, what: `${o.site}/${o.zone}/${o.actuator}`,
        small: text.attention.inHand(o.owner, o.reason, age(Date.parse(o.until) - serverNow())),
      })),
    ];
  } catch {
    rows = [{ key: 'unknown', level: 'idle', word: text.attention.unknown, what: '', small: '' }];
  }

  if (section.childElementCount === 0) {
    section.append(el('h2', { class: 'head' }), el('div', { class: 'list' }));
    setText(section.children[0], text.attention.title);
  }

  section.hidden = rows.length === 0;
  follow(section.children[1], rows, (row) => row.key, create, update);
}

const since = (time) => age(serverNow() - Date.parse(time));

const create = () => el('div', { class: 'notice' }, el('span', {}, el('span', { class: 'badge' })), el('span', { class: 'what' }), el('span', { class: 'small' }));

function update(node, row) {
  const [badge, what, small] = node.children;
  setBadge(badge.firstElementChild, row.level, row.word);
  setText(what, row.what);
  setText(small, row.small);
}
