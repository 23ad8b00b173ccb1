// Everything that comes from data becomes text here, never markup.

/** An element; attributes whose values are functions are listeners, children are nodes or texts. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Changes a text only if it is another: what is selected stays selected. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A state is told by its word; the tone (good, warn, bad, idle) only colours it. */
export function setState(element, text, tone) {
  setText(element, text);
  if (element.dataset.tone !== tone) {
    element.dataset.tone = tone;
  }
}

/**
 * Gives a parent one child for each item, in order. A child is made once, so it keeps the focus and
 * what is open in it; `make` returns `{element, update(item)}`.
 */
export function keyed(parent, items, keyOf, make) {
  const before = parent.views ?? new Map();
  const after = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const view = before.get(key) ?? make(item);
    before.delete(key);
    after.set(key, view);
    view.update(item);
    if (view.element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(view.element, place);
    }
  }
  before.forEach((view) => view.element.remove());
  parent.views = after;
}

/** A list of terms and values; returns the element and a function that sets the values. */
export function facts(...terms) {
  const values = new Map();
  const list = el('dl', {class: 'facts'});
  for (const term of terms) {
    const value = el('dd');
    values.set(term, {value, row: el('div', {}, el('dt', {}, term), value)});
    list.append(values.get(term).row);
  }
  const set = (term, text) => {
    const {value, row} = values.get(term);
    row.hidden = text === null || text === undefined;
    setText(value, text ?? '');
  };
  return {element: list, set};
}
