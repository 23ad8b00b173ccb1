/**
 * Asks for something again and again, never twice at once.
 *
 * @param ask resolves once it was shown
 * @param failed told the words of the server, or null once it answers again
 */
export class Poll {
  #ask;
  #failed;
  #busy = false;
  #again = false;
  #asked = -Infinity;

  constructor(ask, failed) {
    this.#ask = ask;
    this.#failed = failed;
  }

  /** Asks, if that is so many milliseconds ago. */
  every(millis) {
    if (performance.now() - this.#asked >= millis) {
      this.now();
    }
  }

  /** Asks as soon as can be; what is under way may be too old. */
  async now() {
    this.#again = true;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      this.#asked = performance.now();
      try {
        await this.#ask();
        this.#failed(null);
      } catch (error) {
        this.#failed(error.message);
      }
    }
    this.#busy = false;
  }
}
