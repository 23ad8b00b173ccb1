import {byId, el, facts, keyed, setState, setText} from './dom.js';
import {drawLinks} from './links.js';
import {rate} from './format.js';
import {stagesOf} from './stages.js';

/**
 * The way from source to projection, as far as these processes have part in it, each stage with its
 * rate and lag.
 *
 * @param processes `{status, series}` of each
 */
export function showPipeline(processes) {
  const columns = stagesOf(processes);
  byId('pipeline').hidden = false;
  keyed(byId('stages'), columns, (column) => column.title, columnView);
  drawLinks(byId('stages'), columns.flatMap((column) => column.stages));
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
