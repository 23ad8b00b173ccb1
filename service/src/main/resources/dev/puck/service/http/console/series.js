// What a process counts, over time.

const SHOWN = 15 * 60;
const RATE_WINDOW = 5;

/** Samples, the oldest first; and what can be derived from two of them. */
export class Series {
  #samples = [];

  /** Those of a process that was there before the page: they replace what is older. */
  replace(samples) {
    const last = samples.at(-1)?.at ?? 0;
    this.#samples = [...samples, ...this.#samples.filter((each) => each.at > last)];
  }

  add(sample) {
    if (this.#restarted(sample)) {
      this.#samples = [];
    }
    if (this.#samples.at(-1)?.at === sample.at) {
      this.#samples.pop(); // the newest is in the history, too, and has only its numbers there
    }
    this.#samples.push(sample);
    while (this.#samples[0].at < sample.at - SHOWN * 1000) {
      this.#samples.shift();
    }
  }

  get samples() {
    return this.#samples;
  }

  /** How fast a count grew in the last seconds; null before that is known. */
  rate(countOf) {
    const last = this.#samples.at(-1);
    const first = this.#samples.find((each) => each.at >= last.at - RATE_WINDOW * 1000);
    return first === last ? null : slope(first, last, countOf);
  }

  /** How fast it grew between each two samples: `[time, perSecond]`. */
  rates(countOf) {
    return this.#samples.map((each, i) => [
      each.at / 1000,
      i === 0 ? null : slope(this.#samples[i - 1], each, countOf),
    ]);
  }

  /** A process that counts from nothing again is another one. */
  #restarted(sample) {
    const last = this.#samples.at(-1);
    return last !== undefined && total(sample.status) < total(last.status);
  }
}

function slope(first, last, countOf) {
  const from = countOf(first.status);
  const to = countOf(last.status);
  return from === undefined || to === undefined || last.at <= first.at
    ? null
    : Math.max(0, to - from) * 1000 / (last.at - first.at);
}

const total = (status) =>
  (status.received ?? 0) + (status.projections ?? []).reduce((sum, each) => sum + each.events, 0);
