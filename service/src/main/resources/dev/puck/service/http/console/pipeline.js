import {byId, el, facts, keyed, setState, setText} from './dom.js';
import {bytes, count, rate, seconds} from './format.js';
import {drawLinks} from './links.js';
import {projectionTone} from './projections.js';

/** The process's part of the way from source to projection, each stage with its rate and lag. */
export function showPipeline(status, series) {
  const columns = status.bridge === undefined ? ofConsumer(status, series) : ofBridge(status, series);
  byId('pipeline').hidden = false;
  keyed(byId('stages'), columns, (column) => column.title, columnView);
  drawLinks(byId('stages'), columns.flatMap((column) => column.stages));
}

function ofBridge(status, series) {
  const source = check(status.checks.source, status.role);
  return [
    {title: 'Source', stages: [{
      id: 'source', name: 'PostgreSQL', detail: status.source, ...source,
      rate: series.rate((s) => s.received), unit: 'changes/s',
      facts: {'WAL kept': status.slot ? bytes(status.slot.retainedBytes) : null,
        'slot': status.slot?.status ?? null,
        'starting state': starting(status.startingState)},
    }]},
    {title: 'Bridge', stages: [{
      id: 'bridge', name: status.bridge, detail: 'queue and publisher', from: ['source'],
      state: status.role, tone: status.role === 'active' ? 'good' : 'idle',
      rate: series.rate((s) => s.published), unit: 'events/s',
      facts: {'queued': bytes(status.queuedBytes), 'unacknowledged': count(status.pending),
        'dead letters': count(status.deadLetters)},
    }]},
    {title: 'Kafka', stages: Object.entries(routesByTopic(status.routes)).map(([topic, from]) => ({
      id: `topic ${topic}`, name: topic, detail: `from ${from.join(', ')}`, from: ['bridge'],
      passing: series.rate((s) => s.published),
      ...check(status.checks.kafka, status.role), facts: {},
    }))},
  ];
}

function ofConsumer(status, series) {
  const topics = new Map();
  for (const projection of status.projections) {
    for (const topic of projection.topics) {
      topics.set(topic, [...(topics.get(topic) ?? []), projection]);
    }
  }
  return [
    {title: 'Kafka', stages: [...topics].map(([topic, readers]) => ({
      id: `topic ${topic}`, name: topic, detail: `read by ${readers.length}`,
      state: readers.some((each) => each.state === 'serving') ? 'read' : 'not read',
      tone: readers.some((each) => each.state === 'serving') ? 'good' : 'warn',
      facts: {'lag': lag(Math.max(...readers.map((each) => each.lag ?? NaN)))},
    }))},
    {title: 'Projections', stages: status.projections.map((each, i) => ({
      id: `projection ${each.kind}/${each.name}`, name: each.name, detail: each.kind,
      from: each.topics.map((topic) => `topic ${topic}`),
      state: each.state, tone: projectionTone(each),
      rate: series.rate((s) => s.projections?.[i]?.events), unit: 'events/s',
      facts: {'lag': lag(each.lag), 'staleness': seconds(each.stalenessSeconds)},
    }))},
  ];
}

const lag = (records) => Number.isFinite(records) ? count(records) : 'unknown';

function check(problem, role) {
  if (role === 'standby') {
    return {state: 'standby', tone: 'idle'};
  }
  return problem === 'ok' ? {state: 'connected', tone: 'good'} : {state: problem, tone: 'bad'};
}

function starting(tables) {
  const all = Object.entries(tables);
  return all.length === 0 ? null : all.map(([table, rows]) => `${table}: ${count(rows)} rows`).join(', ');
}

function routesByTopic(routes) {
  const topics = {};
  Object.entries(routes).forEach(([from, topic]) => (topics[topic] ??= []).push(from));
  return topics;
}

function columnView() {
  const title = el('h3');
  const stages = el('ul', {class: 'column'});
  const update = (column) => {
    setText(title, column.title);
    keyed(stages, column.stages, (stage) => stage.id, stageView);
  };
  return {element: el('div', {class: 'stage-column'}, title, stages), update};
}

function stageView(first) {
  const name = el('span', {class: 'name'});
  const detail = el('span', {class: 'detail'});
  const state = el('p', {class: 'state'});
  const number = el('span', {class: 'number'});
  const unit = el('span', {class: 'unit'});
  const list = facts(...Object.keys(first.facts));
  const flow = el('p', {class: 'flow'}, number, ' ', unit);
  const element = el('li', {class: 'stage', 'data-stage': first.id},
    el('p', {class: 'title'}, name, ' ', detail), flow, state, list.element);
  const update = (stage) => {
    setText(name, stage.name);
    setText(detail, stage.detail);
    setState(state, stage.state, stage.tone);
    flow.hidden = stage.unit === undefined;
    setText(number, rate(stage.rate));
    setText(unit, stage.unit ?? '');
    Object.entries(stage.facts).forEach(([term, text]) => list.set(term, text));
  };
  return {element, update};
}
