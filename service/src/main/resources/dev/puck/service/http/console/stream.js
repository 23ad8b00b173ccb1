// Reads server-sent events with fetch, since EventSource cannot bear a token.

import {request, TokenNeeded} from './api.js';

const LONGEST_PAUSE = 10_000;
const SILENCE = 5_000;

/**
 * Follows the process until the page is closed, through every interruption.
 *
 * @param on `status(sample)`, `history(samples)`, `lost(why)`, and `token(why)`, which resolves once
 *     there is another token
 */
export async function follow(on) {
  for (let failures = 0; ; failures++) {
    await visible();
    try {
      await read((event, data) => {
        failures = 0;
        on[event]?.(data);
      });
      on.lost('the process ended the stream');
    } catch (error) {
      if (error instanceof TokenNeeded) {
        await on.token(error.message);
        continue;
      }
      if (!document.hidden) {
        on.lost(error.message);
      }
    }
    await pause(Math.min(LONGEST_PAUSE, 500 * 2 ** failures));
  }
}

/** A page in the background holds no stream: a browser has only six for a process. */
async function read(onEvent) {
  const stop = new AbortController();
  const hide = () => document.hidden && stop.abort();
  document.addEventListener('visibilitychange', hide);
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(() => stop.abort(new Error('the process is silent')), SILENCE);
  };
  try {
    const response = await request('/console/events', {
      accept: 'text/event-stream', signal: stop.signal,
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    alive();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      const events = (rest + part.value).split('\n\n');
      rest = events.pop();
      events.forEach((text) => dispatch(text, onEvent));
    }
  } finally {
    clearTimeout(watch);
    document.removeEventListener('visibilitychange', hide);
  }
}

function dispatch(text, onEvent) {
  const fields = new Map(text.split('\n').map((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  }));
  if (fields.has('data')) {
    onEvent(fields.get('event') ?? 'message', JSON.parse(fields.get('data')));
  }
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

function visible() {
  return document.hidden
    ? new Promise((resolve) => document.addEventListener('visibilitychange', resolve, {once: true}))
    : Promise.resolve();
}
