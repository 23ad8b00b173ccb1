import {get} from './api.js';
import {byId, el, keyed, setState, setText} from './dom.js';
import {moment, plural} from './format.js';
import {bytesView, letterPath} from './bytes.js';
import {order, tell} from './orders.js';
import {Poll} from './poll.js';

const TONES = {dead: 'bad', replayed: 'good', settled: 'idle'};

let known = -1;

const poll = new Poll(async () => {
  const all = byId('letter-all').checked;
  const {deadLetters} = await get(`/dead-letters?limit=100&all=${all}`);
  byId('letter-none').hidden = deadLetters.length > 0;
  keyed(byId('letter-list'), deadLetters, (letter) => letter.id, row);
  const projections = [...new Set(deadLetters.filter((each) => each.state === 'dead').map((each) => each.projection))];
  keyed(byId('letter-replays'), projections, (each) => each, replayAllButton);
}, (why) => {
  byId('letter-error').hidden = why === null;
  setText(byId('letter-error'), why ?? '');
});

byId('letter-all').addEventListener('change', () => poll.now());
byId('letter-refresh').addEventListener('click', async () => {
  await poll.now();
  tell('The dead letters are up to date.');
});

/** To list them reads Kafka, so they are asked for when there are more, and when they are wanted. */
export function showLetters(status) {
  byId('letters').hidden = (status.projections ?? []).length === 0;
  const number = (status.projections ?? []).reduce((sum, each) => sum + each.deadLetters, 0);
  if (!byId('letters').hidden && number !== known) {
    known = number;
    poll.now();
  }
}

function row(first) {
  const state = el('p', {class: 'state'});
  const error = el('p', {class: 'error'});
  const event = el('p', {class: 'when'});
  const value = el('pre', {class: 'beginning'});
  const key = el('input', {type: 'text', autocomplete: 'off', 'aria-label': `Another key for ${first.id}`});
  const bytes = bytesView(first.id, el('label', {}, 'Under another key (optional)', key));
  const button = el('button', {type: 'button', 'aria-label': `Replay ${first.id}`, click: async () => {
    await order({
      path: `${letterPath(first.id)}/replay${key.value === '' ? '' : `?key=${encodeURIComponent(key.value)}`}`,
      question: `Give the event of ${first.id} to ${first.projection} again${key.value === '' ? '' : `, under the key ${key.value}`}?`,
      action: 'Replay',
      done: (result) => `${first.id}: ${result.outcome}.`,
    });
    poll.now();
  }}, 'Replay');
  const update = (letter) => {
    setState(state, letter.state, TONES[letter.state] ?? 'idle');
    setText(error, `${letter.error.error}: ${letter.error.message}`);
    setText(event, `${letter.topic}/${letter.partition}@${letter.offset}, ${moment(letter.at)}, key ${letter.key ?? 'none'}`);
    setText(value, letter.value ?? 'no value');
    button.hidden = letter.state !== 'dead';
  };
  const element = el('li', {class: 'letter', 'data-letter': first.id},
    el('h3', {class: 'title'}, first.projection, ' ', el('span', {class: 'detail'}, first.id)),
    state, error, event, value, el('div', {class: 'controls'}, button), bytes);
  return {element, update};
}

function replayAllButton(projection) {
  const element = el('button', {type: 'button', click: async () => {
    await order({
      path: `/dead-letters/replay?projection=${encodeURIComponent(projection)}`,
      question: `Give the oldest hundred dead letters of ${projection} to it again?`,
      action: 'Replay all',
      done: ({replays}) => outcomes(replays),
    });
    poll.now();
  }}, `Replay all of ${projection}`);
  return {element: el('li', {}, element), update: () => {}};
}

function outcomes(replays) {
  const numbers = {};
  replays.forEach((each) => {
    numbers[each.outcome] = (numbers[each.outcome] ?? 0) + 1;
  });
  const all = Object.entries(numbers).map(([outcome, number]) => `${number} ${outcome}`).join(', ');
  return `${plural(replays.length, 'letter')}${all && `: ${all}`}.`;
}

