import {get} from './api.js';
import {el, keyed, setText} from './dom.js';
import {count, moment, seconds} from './format.js';
import {Poll} from './poll.js';

const COLUMNS = ['started', 'by', 'outcome', 'took', 'rows', 'error'];

/** The runs of a job; asked for while it is open. */
export function historyView(job) {
  const body = el('tbody');
  const problem = el('p', {class: 'error', hidden: true});
  const poll = new Poll(async () => {
    const {runs} = await get(`/jobs/${encodeURIComponent(job)}`);
    keyed(body, runs, (run) => String(run.id), row);
  }, (why) => {
    problem.hidden = why === null;
    setText(problem, why ?? '');
  });
  const refresh = () => element.open && poll.now();
  const element = el('details', {class: 'history', toggle: () => refresh()},
    el('summary', {}, 'History'), problem,
    el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `History of ${job}`},
      el('table', {},
        el('thead', {}, el('tr', {}, ...COLUMNS.map((each) => el('th', {scope: 'col'}, each)))), body)));
  return {element, refresh};
}

function row() {
  const cells = COLUMNS.map(() => el('td'));
  const update = (run) => [
    moment(run.startedAt), run.trigger, run.outcome,
    seconds(run.seconds), run.rows === null ? '' : count(run.rows), run.error ?? run.note ?? '',
  ].forEach((text, i) => setText(cells[i], text));
  return {element: el('tr', {}, ...cells), update};
}
