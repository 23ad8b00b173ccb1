import {byId, el, facts, keyed, setState, setText} from './dom.js';
import {order} from './orders.js';
import {ago, count, rate, seconds} from './format.js';

const TONES = {serving: 'good', warming: 'warn', degraded: 'bad', failed: 'bad'};

export const projectionTone = (projection) => TONES[projection.state] ?? 'idle';

/** Each projection's state, drift and last resync. */
export function showProjections(status, series, now) {
  byId('projections').hidden = status.projections === undefined;
  const all = (status.projections ?? []).map((each, i) => ({
    ...each,
    rate: series.rate((s) => s.projections?.[i]?.events),
    audit: ofSame(status.audits, each),
    resync: ofSame(status.resyncs, each),
    now,
  }));
  keyed(byId('projection-list'), all, (each) => `${each.kind}/${each.name}`, card);
}

const ofSame = (all, projection) =>
  (all ?? []).find((each) => each.kind === projection.kind && each.name === projection.name);

function card(first) {
  const name = el('span', {class: 'name'});
  const kind = el('span', {class: 'detail'});
  const state = el('p', {class: 'state'});
  const error = el('p', {class: 'error'});
  const list = facts('events', 'lag', 'staleness', 'drift', 'last audit', 'last resync', 'dead letters', 'gaps');
  const divergence = el('pre', {class: 'beginning', hidden: true});
  const controls = controlsOf(first);
  const update = (each) => {
    setText(name, each.name);
    setText(kind, each.kind);
    setState(state, each.state, projectionTone(each));
    error.hidden = each.error === undefined;
    setText(error, each.error ?? '');
    list.set('events', `${count(each.events)} (${rate(each.rate)}/s)`);
    list.set('lag', each.lag === undefined ? 'unknown' : count(each.lag));
    list.set('staleness', seconds(each.stalenessSeconds));
    list.set('drift', drift(each.audit));
    list.set('last audit', audited(each));
    list.set('last resync', resynced(each));
    list.set('dead letters', count(each.deadLetters));
    list.set('gaps', count(each.gaps.length));
    controls.hidden = each.audit === undefined;
    showDivergence(divergence, each.audit);
  };
  const element = el('li', {class: 'card'},
    el('h3', {class: 'title'}, name, ' ', kind), state, error, list.element, divergence, controls);
  return {element, update};
}

function controlsOf({name}) {
  const path = encodeURIComponent(name);
  const audit = el('button', {type: 'button', 'aria-label': `Audit ${name}`, click: () => order({
    path: `/audit/${path}`, done: () => `The audit of ${name} is asked for.`,
  })}, 'Audit');
  const resync = el('button', {type: 'button', 'aria-label': `Resync ${name}`, click: () => order({
    path: `/resync/${path}`,
    question: `Build every projection named ${name} that has a truth anew from it? Readers see the old state until then.`,
    action: 'Resync',
    done: () => `The resync of ${name} is asked for.`,
  })}, 'Resync');
  return el('div', {class: 'controls', hidden: true}, audit, resync);
}

/** The first key that is not what the truth says. */
function showDivergence(element, audit) {
  const first = audit?.last?.first;
  element.hidden = !first;
  if (first) {
    setText(element, `key    ${first.key}\nserved ${first.served ?? 'nothing'}\ntruth  ${first.truth ?? 'nothing'}`);
  }
}

function drift(audit) {
  if (audit === undefined) {
    return 'has no truth to be compared with';
  }
  if (audit.last === undefined) {
    return 'not audited yet';
  }
  const {divergent, checked, repaired} = audit.last;
  return divergent === 0
    ? `none in ${count(checked)} keys`
    : `${count(divergent)} of ${count(checked)} keys${repaired ? ', repaired' : ''}`;
}

function audited({audit, now}) {
  if (audit === undefined) {
    return null;
  }
  if (audit.state !== 'idle') {
    return `${audit.state}, ${count(audit.rows)} rows`;
  }
  return audit.error ?? (audit.last ? ago(audit.last.finishedAt, now) : 'never');
}

function resynced({resync, now}) {
  if (resync === undefined) {
    return null;
  }
  if (resync.state !== 'idle') {
    return `${resync.state}, ${count(resync.rows)} rows`;
  }
  return resync.error
    ?? (resync.finishedAt ? `${ago(resync.finishedAt, now)}, took ${seconds(resync.seconds)}` : 'never');
}
