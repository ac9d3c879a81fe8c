// Text from the farm enters the page only through `textContent` and `setAttribute`: it can never become markup.

const svgSpace = 'http://www.w3.org/2000/svg';

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(svgSpace, tag), attributes, children);
export const byId = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }

  node.append(...children.filter((child) => child !== null));
  return node;
}

export function setText(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

/** A pill of a mark and a word: the level is never told by colour alone. */
export function setBadge(node, level, word) {
  const mark = { good: '●', warn: '▲', bad: '✖', idle: '○' }[level];
  node.dataset.level = level;
  setText(node, `${mark} ${word}`);
}

/** Makes the children of a node follow a list: nodes are kept by key, so that focus and selection survive. */
export function follow(parent, items, keyOf, create, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let node = old.get(key);
    if (node === undefined) {
      node = create(item);
      node.dataset.key = key;
    }

    old.delete(key);
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }

    update(node, item);
  }

  old.forEach((node) => node.remove());
}
