import {byId, el, keyed, setText} from './dom.js';
import {moment} from './format.js';

const MOST = 50;

/** What may be missing: of a bridge its own, of a consumer each gap that reached a projection. */
export function showGaps(status) {
  const gaps = (status.latestGaps ?? merged(status.projections ?? [])).slice(-MOST).reverse();
  byId('gaps').hidden = false;
  byId('gap-none').hidden = gaps.length > 0;
  keyed(byId('gap-list'), gaps, (gap) => gap.id ?? `${gap.from} ${gap.to} ${gap.reason}`, row);
}

function merged(projections) {
  const gaps = new Map();
  for (const projection of projections) {
    for (const gap of projection.gaps) {
      const known = gaps.get(gap.id) ?? {...gap, projections: []};
      known.projections.push(`${projection.kind}/${projection.name}`);
      gaps.set(gap.id, known);
    }
  }
  return [...gaps.values()].sort((a, b) => (a.to ?? '').localeCompare(b.to ?? ''));
}

function row() {
  const when = el('p', {class: 'when'});
  const reason = el('p');
  const where = el('p', {class: 'note'});
  const update = (gap) => {
    setText(when, gap.from ? `${moment(gap.from)} – ${moment(gap.to)}` : 'time unknown');
    setText(reason, gap.reason);
    setText(where, gap.topic ? `${gap.topic}: ${gap.projections.join(', ')}` : '');
  };
  return {element: el('li', {}, when, reason, where), update};
}
