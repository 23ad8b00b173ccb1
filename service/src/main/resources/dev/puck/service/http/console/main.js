import {byId, setState, setText} from './dom.js';
import {Series} from './series.js';
import {follow} from './stream.js';
import {heardOf, showPeers} from './peers.js';
import {showChart} from './chart.js';
import {showGaps} from './gaps.js';
import {showJobs} from './jobs.js';
import {showLetters} from './letters.js';
import {showPipeline} from './pipeline.js';
import {showProjections} from './projections.js';
import {askForToken} from './token.js';

const series = new Series();
const connection = byId('connection');

function show(sample) {
  const {status} = sample;
  series.add(sample);
  const kind = status.bridge === undefined ? 'consumer' : 'bridge';
  const name = status.bridge ?? status.consumer;
  setText(byId('process'), `${kind} ${name}`);
  document.title = `${name} · Puck ${kind}`;
  setState(connection, 'live', 'good');
  showPeers(sample.peers);
  showPipeline([{status, series}, ...heardOf(sample)]);
  showChart(status, series);
  showProjections(status, series, sample.at);
  showJobs(status);
  showLetters(status);
  showGaps(status);
}

follow({
  status: show,
  history: (samples) => series.replace(samples),
  lost: (why) => setState(connection, `no connection: ${why}`, 'bad'),
  token: askForToken,
});
