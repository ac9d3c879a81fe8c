import { byId, el, setBadge, setText } from './dom.js';
import { age, timeOfDay } from './format.js';
import { actuatorLevel, showActuators } from './actuators.js';
import { commandLevel, newestOutcomes, showCommands } from './commands.js';
import { connect } from './live.js';
import { refresh, setZones } from './history.js';
import { serverNow } from './clock.js';
import { showBooks } from './footer.js';
import { showZones, tickAges, zoneLevel } from './tiles.js';
import { text } from './strings.js';

const connection = { state: 'connecting', lastNews: 0, turnedAway: false };
let trouble = '';
let picture = null;

function show(next) {
  picture = next;
  const tiles = byId('zones');
  const names = new Map(picture.zones.map((z) => [`${z.site}/${z.zone}`, z.name]));
  const zoneName = ({ site, zone }) => names.get(`${site}/${zone}`) ?? `${site}/${zone}`;
  tiles.removeAttribute('aria-busy');
  if (picture.zones.length === 0) {
    empty(tiles, text.noZones);
  } else {
    tiles.querySelector('.empty')?.remove();
    showZones(tiles, picture.zones);
  }

  setZones(byId('history'), picture.zones);
  showActuators(byId('actuators'), picture.actuators, zoneName);
  showCommands(byId('commands'), picture.commands, zoneName);
  showWorst();
  tickAges();
}

function showWorst() {
  const levels = [...picture.zones.map(zoneLevel), ...picture.actuators.map(actuatorLevel), ...newestOutcomes(picture.commands).map(commandLevel)];
  const worst = ['bad', 'warn'].find((level) => levels.includes(level)) ?? (picture.zones.some((z) => zoneLevel(z) === 'good') ? 'good' : 'idle');
  setBadge(byId('worst'), worst, text.worst[worst]);
}

function showConnection() {
  const { state, lastNews, turnedAway } = connection;
  document.documentElement.dataset.connection = state;
  setBadge(byId('connection'), { live: 'good', lost: 'bad' }[state] ?? 'idle', text.connection[state]);
  const lost = picture === null || turnedAway ? text.turnedAway : text.lost(age(Date.now() - lastNews));
  const sentence = state === 'lost' ? lost : trouble;
  const banner = byId('banner');
  banner.hidden = sentence === '';
  setText(banner, sentence);
}

function empty(parent, [headline, sentence]) {
  parent.replaceChildren(el('p', { class: 'empty' }, el('strong', {}, headline), sentence));
}

empty(byId('zones'), text.warming);
showConnection();
connect({
  onPicture: show,
  onTrouble: (sentence) => { trouble = sentence; },
  onState: (state, lastNews, opened) => {
    Object.assign(connection, { state, lastNews, turnedAway: state === 'lost' && opened === false && picture === null });
    showConnection();
  },
});
showBooks();
setInterval(showBooks, 10000);
setInterval(() => refresh(byId('history')), 30000);
setInterval(() => {
  tickAges();
  showConnection();
  setText(byId('clock'), timeOfDay(serverNow()));
  if (picture !== null) {
    showActuators(byId('actuators'), picture.actuators, ({ site, zone }) => picture.zones.find((z) => z.site === site && z.zone === zone)?.name ?? zone);
  }
}, 1000);
let resized = 0;
addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(() => refresh(byId('history')), 200);
});
