import uPlot from './plot.js';
import {byId, el, keyed, setText} from './dom.js';
import {rate, seconds} from './format.js';

const HEIGHT = 220;

/** In seconds: a page that was just opened does not draw milliseconds. */
const LEAST_SPAN = 60;
const STEPS = [10, 30, 60, 120, 300, 600];
const COLOURS = 6;

let plot = null;
let shape = '';

/** Of a consumer each projection's staleness over time; of a bridge its rates. */
export function showChart(status, series) {
  const chart = status.bridge === undefined ? staleness(status, series) : throughput(series);
  byId('chart').hidden = chart.lines.length === 0;
  if (chart.lines.length === 0) {
    return;
  }
  setText(byId('chart-title'), chart.title);
  setText(byId('chart-note'), chart.note);
  const data = [chart.times, ...chart.lines.map((line) => line.values)];
  const wanted = `${chart.title} ${chart.lines.map((line) => line.name).join(' ')} ${theme()}`;
  if (wanted !== shape) {
    plot?.destroy();
    shape = wanted;
    plot = create(chart, data);
  } else {
    plot.setData(data);
  }
  showLegend(chart);
}

function staleness(status, series) {
  return {
    title: 'Staleness',
    note: 'From commit in PostgreSQL to the moment that a reader can see it; the last quarter of an hour.',
    format: seconds,
    least: 0.01,
    times: series.samples.map((each) => each.at / 1000),
    lines: status.projections.map((projection, i) => ({
      name: `${projection.kind}/${projection.name}`,
      values: applied(series.samples, i),
    })),
  };
}

/** Of the events applied since the sample before; where none was, there is nothing to tell. */
function applied(samples, i) {
  return samples.map((each, at) => {
    const now = each.status.projections?.[i];
    const before = samples[at - 1]?.status.projections?.[i];
    return now && before && now.events > before.events ? now.stalenessSeconds ?? null : null;
  });
}

function throughput(series) {
  const received = series.rates((status) => status.received);
  return {
    title: 'Throughput',
    note: 'Changes read and events published, each second; the last quarter of an hour.',
    format: (value) => `${rate(value)}/s`,
    least: 1,
    times: received.map(([time]) => time),
    lines: [
      {name: 'changes read', values: received.map(([, value]) => value)},
      {name: 'events published', values: series.rates((status) => status.published).map(([, value]) => value)},
    ],
  };
}

function create(chart, data) {
  const ink = css('--soft');
  const axis = {stroke: ink, grid: {stroke: css('--line'), width: 1}, ticks: {show: false}, font: '12px system-ui, sans-serif'};
  const target = byId('plot');
  const made = new uPlot({
    width: target.clientWidth,
    height: HEIGHT,
    legend: {show: false},
    cursor: {drag: {x: false, y: false}, points: {size: 6}},
    scales: {
      x: {range: (self, low, high) => [Math.min(low ?? 0, (high ?? 0) - LEAST_SPAN), high ?? LEAST_SPAN]},
      y: {range: (self, low, high) => [0, Math.max(high ?? 0, chart.least) * 1.1]},
    },
    axes: [
      {...axis, space: 90, incrs: STEPS, values: (self, ticks) => ticks.map(clock)},
      {...axis, size: 64, space: 40, values: (self, ticks) => ticks.map(chart.format)},
    ],
    series: [{}, ...chart.lines.map((line, i) => ({
      label: line.name, stroke: css(`--line-${i % COLOURS}`), width: 1.5, points: {size: 4},
    }))],
  }, data, target);
  target.setAttribute('aria-hidden', 'true');
  return made;
}

/** The numbers of the picture, for those who do not see it, too. */
function showLegend(chart) {
  const lines = chart.lines.map((line, i) => {
    const known = line.values.filter((value) => value !== null);
    return {...line, colour: i % COLOURS, last: known.at(-1), most: known.length > 0 ? Math.max(...known) : null};
  });
  keyed(byId('legend'), lines, (line) => line.name, (line) => {
    const numbers = el('span', {class: 'numbers'});
    const element = el('li', {}, el('span', {class: `swatch swatch-${line.colour}`, 'aria-hidden': 'true'}), line.name, ' ', numbers);
    const update = (each) => setText(numbers, each.most === null
      ? 'nothing yet'
      : `last ${chart.format(each.last)}, at most ${chart.format(each.most)}`);
    return {element, update};
  });
}

const clock = (time) => new Date(time * 1000).toLocaleTimeString('en-GB');

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const theme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

new ResizeObserver(() => {
  const width = byId('plot').clientWidth;
  if (plot !== null && width > 0 && width !== plot.width) {
    plot.setSize({width, height: HEIGHT});
  }
}).observe(byId('plot'));
