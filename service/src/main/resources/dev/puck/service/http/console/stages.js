// What the stages are: several processes may have part in one.

import {bytes, count, seconds} from './format.js';
import {projectionTone} from './projections.js';

/** Columns of stages, in the order of the way. */
export function stagesOf(processes) {
  const bridges = leading(processes.filter(({status}) => status.bridge !== undefined));
  const consumers = processes.filter(({status}) => status.bridge === undefined);
  return [
    {title: 'Source', stages: bridges.map(source)},
    {title: 'Bridge', stages: bridges.map(bridge)},
    {title: 'Kafka', stages: topics(bridges, consumers)},
    {title: 'Projections', stages: projections(consumers)},
  ].filter((column) => column.stages.length > 0);
}

/** Of each bridge the process that leads; those that stand by are counted. */
function leading(processes) {
  return [...grouped(processes, ({status}) => status.bridge).values()].map((same) => ({
    ...same.find(({status}) => status.role === 'active') ?? same[0], processes: same.length,
  }));
}

const source = ({status, series}) => ({
  id: `source ${status.bridge}`, name: 'PostgreSQL', detail: status.source,
  ...check(status.checks.source, status.role),
  rate: series.rate((s) => s.received), unit: 'changes/s',
  facts: {'WAL kept': status.slot ? bytes(status.slot.retainedBytes) : null,
    'slot': status.slot?.status ?? null,
    'starting state': starting(status.startingState)},
});

const bridge = ({status, series, processes}) => ({
  id: `bridge ${status.bridge}`, name: status.bridge,
  detail: processes > 1 ? `${processes} processes` : 'queue and publisher',
  from: [`source ${status.bridge}`],
  state: status.role, tone: status.role === 'active' ? 'good' : 'idle',
  rate: series.rate((s) => s.published), unit: 'events/s',
  facts: {'queued': bytes(status.queuedBytes), 'unacknowledged': count(status.pending),
    'dead letters': count(status.deadLetters)},
});

/** Those that a bridge writes, and those that a consumer reads: most often the same. */
function topics(bridges, consumers) {
  const written = new Map();
  for (const each of bridges) {
    for (const [from, topic] of Object.entries(each.status.routes)) {
      const writer = written.get(topic) ?? {...each, routes: []};
      writer.routes.push(from);
      written.set(topic, writer);
    }
  }
  const read = grouped(
    consumers.flatMap(({status}) => status.projections.flatMap(
      (reader) => reader.topics.map((topic) => ({topic, reader})))),
    ({topic}) => topic);
  return [...new Set([...written.keys(), ...read.keys()])].map((name) =>
    topic(name, written.get(name), (read.get(name) ?? []).map(({reader}) => reader)));
}

function topic(name, writer, readers) {
  const state = writer === undefined
    ? reading(readers)
    : check(writer.status.checks.kafka, writer.status.role);
  return {
    id: `topic ${name}`, name, ...state,
    detail: [writer && `from ${writer.routes.join(', ')}`, readers.length > 0 && `read by ${named(readers)}`]
      .filter(Boolean).join(', '),
    from: writer === undefined ? [] : [`bridge ${writer.status.bridge}`],
    passing: writer?.series.rate((s) => s.published),
    facts: {'lag': readers.length === 0 ? null : lag(most(readers, 'lag'))},
  };
}

const named = (readers) => new Set(readers.map((each) => `${each.kind}/${each.name}`)).size;

function reading(readers) {
  const read = readers.some((each) => each.state === 'serving');
  return {state: read ? 'read' : 'not read', tone: read ? 'good' : 'warn'};
}

/** One for each, however many processes share it. */
function projections(consumers) {
  const parts = consumers.flatMap(({status, series}) => status.projections.map((part, i) => ({
    ...part, rate: series.rate((s) => s.projections?.[i]?.events),
  })));
  return [...grouped(parts, ({kind, name}) => `${kind}/${name}`).values()].map(projection);
}

function projection(parts) {
  const worst = parts.find((each) => projectionTone(each) !== 'good') ?? parts[0];
  const rates = parts.map((each) => each.rate).filter((each) => each !== null);
  return {
    id: `projection ${worst.kind}/${worst.name}`, name: worst.name,
    detail: parts.length > 1 ? `${worst.kind}, ${parts.length} processes` : worst.kind,
    from: worst.topics.map((name) => `topic ${name}`),
    state: worst.state, tone: projectionTone(worst),
    rate: rates.length === 0 ? null : rates.reduce((sum, each) => sum + each, 0), unit: 'events/s',
    facts: {'lag': lag(most(parts, 'lag')), 'staleness': seconds(most(parts, 'stalenessSeconds'))},
  };
}

/** The largest of what is known; null if nothing is. */
function most(parts, field) {
  const known = parts.map((each) => each[field]).filter(Number.isFinite);
  return known.length === 0 ? null : Math.max(...known);
}

const lag = (records) => (records === null ? 'unknown' : count(records));

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

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
