import {get} from './api.js';
import {byId, el, facts, keyed, setState, setText} from './dom.js';
import {ago, count, moment, plural, seconds} from './format.js';
import {order} from './orders.js';
import {Poll} from './poll.js';
import {historyView} from './history.js';

const PERIOD = 2_000;
const TONES = {running: 'good', waiting: 'idle', paused: 'warn'};
const ORDERS = {
  run: {label: 'Run', done: 'will run'},
  pause: {label: 'Pause', done: 'is paused'},
  resume: {label: 'Resume', done: 'runs by its schedule again'},
  cancel: {label: 'Cancel', done: 'was told to end'},
};

const poll = new Poll(async () => {
  const jobs = await get('/jobs');
  keyed(byId('job-list'), jobs, (job) => job.name, card);
}, (why) => {
  byId('job-error').hidden = why === null;
  setText(byId('job-error'), why ?? '');
});

/** Jobs are in the database of the consumer, so they are asked for by themselves. */
export function showJobs(status) {
  const any = (status.jobs ?? []).length > 0;
  byId('jobs').hidden = !any;
  if (any) {
    poll.every(PERIOD);
  }
}

function card(first) {
  const {name} = first;
  const state = el('p', {class: 'state'});
  const does = el('code', {class: 'does'});
  const error = el('p', {class: 'error'});
  const list = facts('schedule', 'next run', 'last run', 'took', 'rows', 'last success', 'overdue');
  const history = historyView(name);
  let can = [];
  const buttons = Object.keys(ORDERS).map((key) => orderButton(name, key, () => can));
  const update = (job) => {
    can = job.can;
    setState(state, job.state, TONES[job.state] ?? 'idle');
    setText(does, job.does);
    list.set('schedule', job.schedule);
    list.set('next run', job.nextRunAt ? moment(job.nextRunAt) : 'only when asked');
    list.set('last run', job.last ? `${job.last.outcome}, ${ago(job.last.startedAt, Date.now())}` : 'never');
    list.set('took', job.running ? `${seconds(job.running.seconds)} until now` : job.last && seconds(job.last.seconds));
    list.set('rows', job.last?.rows === null || job.last === null ? null : count(job.last.rows));
    list.set('last success', job.lastSuccessAt ? ago(job.lastSuccessAt, Date.now()) : 'never');
    list.set('overdue', job.overdue > 0 ? plural(job.overdue, 'time') : null);
    error.hidden = !job.last?.error;
    setText(error, job.last?.error ?? '');
    buttons.forEach((button) => button.update());
    history.refresh();
  };
  const element = el('li', {class: 'card', 'data-job': name},
    el('h3', {class: 'title'}, name), state, does, error, list.element,
    el('div', {class: 'controls'}, ...buttons.map((each) => each.element)), history.element);
  return {element, update};
}

/** What cannot be ordered now stays where it is, so that the focus does, and says so. */
function orderButton(job, key, can) {
  const element = el('button', {type: 'button', 'aria-label': `${ORDERS[key].label} ${job}`, click: async () => {
    if (!can().includes(key)) {
      return;
    }
    await order({
      path: `/jobs/${encodeURIComponent(job)}/${key}`,
      question: key === 'cancel' ? `Cancel the run of ${job}? What it has done so far is rolled back.` : undefined,
      action: 'Cancel the run',
      done: () => `${job} ${ORDERS[key].done}.`,
    });
    poll.now();
  }}, ORDERS[key].label);
  const update = () => element.setAttribute('aria-disabled', String(!can().includes(key)));
  return {element, update};
}
