import { setServerTime } from './clock.js';

// The worker sends its clock every 5 s: three missing ones are a lost connection.
const silence = 16000;

/** Keeps a live stream open for ever and tells what happens to it. */
export function connect({ onPicture, onTrouble, onState }) {
  let source = null;
  let lastNews = Date.now();
  let wait = 1000;
  let retry = 0;

  const news = () => {
    lastNews = Date.now();
    wait = 1000;
    onState('live', lastNews);
  };

  const fail = () => {
    source?.close();
    source = null;
    onState('lost', lastNews);
    clearTimeout(retry);
    retry = setTimeout(open, wait);
    wait = Math.min(wait * 2, 15000);
  };

  const open = () => {
    source = new EventSource('/api/live');
    source.addEventListener('time', (event) => {
      setServerTime(JSON.parse(event.data).time);
      news();
    });
    source.addEventListener('picture', (event) => {
      onPicture(JSON.parse(event.data));
      news();
    });
    source.addEventListener('trouble', (event) => onTrouble(JSON.parse(event.data).sentence));
    source.addEventListener('error', fail);
  };

  setInterval(() => {
    if (source !== null && Date.now() - lastNews > silence) {
      fail();
    }
  }, 1000);
  open();
}
