import { byId, el, setBadge, setText } from './dom.js';
import { age, timeOfDay } from './format.js';
import { showActuators } from './actuators.js';
import { showCommands } from './commands.js';
import { connect } from './live.js';
import { showAttention } from './attention.js';
import { refresh, setZones } from './history.js';
import { serverNow } from './clock.js';
import { showBooks } from './footer.js';
import { showWorst } from './worst.js';
import { showZones, tickAges } from './tiles.js';
import { text } from './strings.js';

const connection = { state: 'connecting', lastNews: 0 };
let trouble = '';
let picture = null;

const zoneName = ({ site, zone }) => picture.zones.find((z) => z.site === site && z.zone === zone)?.name ?? `${site}/${zone}`;

function show(next) {
  picture = next;
  const tiles = byId('zones');
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
  showWorst(byId('worst'), picture, zoneName);
  tickAges();
}

/** Without news nothing that is shown may pass for the present. */
function doubt() {
  if (picture !== null) {
    const zones = picture.zones.map((zone) => ({ ...zone, status: 'unknown', devices: [], values: zone.values.map((value) => ({ ...value, fresh: false })) }));
    show({ ...picture, zones, actuators: picture.actuators.map((actuator) => ({ ...actuator, state: 'unknown' })) });
  }
}

function showConnection() {
  const { state, lastNews } = connection;
  document.documentElement.dataset.connection = state;
  setBadge(byId('connection'), { live: 'good', lost: 'bad' }[state] ?? 'idle', text.connection[state]);
  const lost = picture === null ? text.noAnswer : text.lost(age(Date.now() - lastNews));
  const sentence = state === 'lost' ? lost : trouble;
  const banner = byId('banner');
  banner.hidden = sentence === '';
  setText(banner, sentence);
}

function empty(parent, [headline, sentence]) {
  parent.replaceChildren(el('p', { class: 'empty' }, el('strong', {}, headline), sentence));
}

/** What moves by itself: ages, the clock, the time without news. */
function tick() {
  tickAges();
  showConnection();
  setText(byId('clock'), timeOfDay(serverNow()));
  if (picture !== null) {
    showActuators(byId('actuators'), picture.actuators, zoneName);
  }
}

empty(byId('zones'), text.warming);
connect({
  onPicture: show,
  onTrouble: (sentence) => {
    trouble = sentence;
    if (sentence !== '') {
      doubt();
    }

    showConnection();
  },
  onState: (state, lastNews) => {
    if (state === 'lost' && connection.state !== 'lost') {
      doubt();
    }

    Object.assign(connection, { state, lastNews });
    showConnection();
  },
});
tick();
showBooks();
setInterval(tick, 1000);
setInterval(showBooks, 10000);
showAttention(byId('attention'));
setInterval(() => showAttention(byId('attention')), 5000);
setInterval(() => refresh(byId('history')), 30000);
let resized = 0;
addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(() => refresh(byId('history')), 200);
});
