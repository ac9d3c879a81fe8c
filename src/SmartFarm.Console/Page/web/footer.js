import { byId, el, setText } from './dom.js';
import { count } from './format.js';
import { text } from './strings.js';

export async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }

  return answer.json();
}

/** Shows the books: what came in against what became of it. */
export async function showBooks() {
  const footer = byId('footer');
  if (footer.childElementCount === 0) {
    footer.append(el('span', { id: 'ledger' }), el('span', { id: 'balance' }), el('span', { id: 'quarantine' }));
  }

  try {
    const [ledger, quarantine] = await Promise.all([read('/api/ledger'), read('/api/quarantine?limit=1')]);
    setText(byId('ledger'), text.ledger(count(ledger.total.received), count(ledger.total.stored)));
    setText(byId('balance'), ledger.balanced ? text.balanced : text.unbalanced(count(ledger.total.unexplained)));
    const [worst] = Object.entries(quarantine.count_by_reason).sort((a, b) => b[1] - a[1]);
    setText(byId('quarantine'), text.quarantine(count(quarantine.count), worst === undefined ? '' : text.reason[worst[0]] ?? worst[0]));
  } catch {
    setText(byId('ledger'), text.noBooks);
    setText(byId('balance'), text.balanceUnknown);
    setText(byId('quarantine'), '');
  }
}
