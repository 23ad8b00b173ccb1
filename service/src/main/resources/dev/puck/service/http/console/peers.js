// The pipeline's other processes, as this one heard of them.

import {byId, el, keyed, setState, setText} from './dom.js';
import {Series} from './series.js';

const seriesOf = new Map();

/** `{status, series}` of those that answered. */
export function heardOf(sample) {
  return sample.peers.filter((peer) => peer.status !== undefined).map(({url, status}) => {
    const series = seriesOf.get(url) ?? new Series();
    seriesOf.set(url, series);
    series.add({at: sample.at, status});
    return {status, series};
  });
}

/** Links to all of them, and what is wrong with those that do not answer. */
export function showPeers(peers) {
  byId('peers').hidden = peers.length === 0;
  keyed(byId('peers'), peers, (peer) => peer.url, peerView);
}

function peerView({url}) {
  const name = el('a', {href: `${url}/`, rel: 'noreferrer'});
  const state = el('span', {class: 'state'});
  const update = ({status, problem}) => {
    setText(name, status === undefined ? url : kindAndName(status));
    setState(state, problem ?? (status === undefined ? 'not heard yet' : 'heard'),
      status === undefined ? (problem === undefined ? 'idle' : 'bad') : 'good');
  };
  return {element: el('span', {'data-peer': url}, name, ' ', state), update};
}

const kindAndName = (status) =>
  (status.bridge === undefined ? `consumer ${status.consumer}` : `bridge ${status.bridge}`);
