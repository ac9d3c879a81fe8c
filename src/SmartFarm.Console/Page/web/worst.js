import { actuatorLevel } from './actuators.js';
import { commandLevel, newestOutcomes } from './commands.js';
import { setBadge } from './dom.js';
import { title } from './format.js';
import { zoneLevel } from './tiles.js';
import { text } from './strings.js';

/** Names the worst that there is on the farm, and how much else there is. */
export function showWorst(node, picture, zoneName) {
  const findings = [
    ...picture.zones.map((z) => [zoneLevel(z), z.name, text.zone[z.status] ?? z.status]),
    ...picture.actuators.map((a) => [actuatorLevel(a), `${zoneName(a)}, ${title(a.actuator)}`, text.actuator[a.state] ?? a.state]),
    ...newestOutcomes(picture.commands).map((c) => [commandLevel(c), `${zoneName(c)}, ${title(c.actuator)}`, text.stage[c.stage] ?? c.stage]),
  ];
  const bad = findings.filter(([level]) => level === 'bad');
  const all = [...bad, ...findings.filter(([level]) => level === 'warn')];
  if (all.length === 0) {
    const level = picture.zones.some((z) => zoneLevel(z) === 'good') ? 'good' : 'idle';
    setBadge(node, level, picture.zones.some((z) => z.status === 'unknown') ? text.worst.unknown : text.worst[level]);
    return;
  }

  const [level, where, what] = all[0];
  setBadge(node, level, text.andMore(text.finding(where, what), all.length - 1));
}
