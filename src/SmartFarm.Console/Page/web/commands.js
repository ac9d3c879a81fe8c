import { el, follow, setBadge, setText } from './dom.js';
import { dayAndHour, latency, position, timeOfDay, title } from './format.js';
import { serverNow } from './clock.js';
import { text } from './strings.js';

const levels = { succeeded: 'good', failed: 'bad', rejected: 'bad', timed_out: 'bad', expired: 'bad', no_effect: 'bad' };

export const commandLevel = (command) => levels[command.stage] ?? 'idle';

/** The newest closed command of each actuator: an old failure that was put right is no news. */
export function newestOutcomes(commands) {
  const newest = new Map();
  for (const command of commands) {
    const key = `${command.site}/${command.zone}/${command.actuator}`;
    if (!command.open && command.stage !== 'superseded' && command.stage !== 'cancelled' && !newest.has(key)) {
      newest.set(key, command);
    }
  }

  return [...newest.values()];
}

export function showCommands(section, commands, zoneName) {
  if (section.childElementCount === 0) {
    section.append(el('h2', { class: 'head' }), el('p', { class: 'note' }), el('div', { class: 'list' }));
    setText(section.children[0], text.commands);
    setText(section.children[1], text.noCommands);
  }

  section.hidden = false;
  section.children[1].hidden = commands.length > 0;
  follow(section.children[2], commands, (command) => command.id, create, (node, command) => update(node, command, zoneName));
}

function create(command) {
  return el('div', { class: 'command', 'data-command': command.id },
    el('time', { class: 'note', datetime: command.issued, title: dayAndHour(new Date(command.issued)) }),
    el('span', { class: 'what' }),
    el('span', {}, el('span', { class: 'badge' })),
    el('span', { class: 'latency' }),
    el('span', { class: 'small' }));
}

function update(node, command, zoneName) {
  const [time, what, outcome, took, small] = node.children;
  const issued = new Date(command.issued);
  setText(time, serverNow() - issued < 20 * 3600000 ? timeOfDay(issued) : dayAndHour(issued));
  setText(what, `${title(command.actuator)} → ${position(command, command.target)} · ${zoneName(command)}`);
  setBadge(outcome.firstElementChild, commandLevel(command), text.stage[command.stage] ?? command.stage);
  node.dataset.stage = command.stage;
  setText(took, command.latency_ms === null ? '' : latency(command.latency_ms));
  setText(small, [command.reason, command.detail].filter(Boolean).join(' — '));
}
