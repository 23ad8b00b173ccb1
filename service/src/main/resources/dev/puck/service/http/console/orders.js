// What a reader orders: asked about first where it matters, and its outcome told aloud.

import {post, TokenNeeded} from './api.js';
import {byId, setState, setText} from './dom.js';
import {askForToken} from './token.js';

const SHOWN = 12_000;

let forget;

/** Tells what came of something, on the screen and to screen readers. */
export function tell(text, tone = 'good') {
  clearTimeout(forget);
  setState(byId('outcome'), text, tone);
  forget = setTimeout(() => setText(byId('outcome'), ''), SHOWN);
}

/**
 * Posts, and tells what came of it in the server's words.
 *
 * @param question to be answered first; none where nothing can be lost
 * @param done makes the answer a sentence
 * @returns whether it was done
 */
export async function order({path, question, action, done}) {
  if (question !== undefined && !(await confirmed(question, action))) {
    return false;
  }
  try {
    tell(done(await post(path)));
    return true;
  } catch (error) {
    if (error instanceof TokenNeeded) {
      await askForToken(error.message || 'Orders need the token.');
      return order({path, done});
    }
    tell(error.message, 'bad');
    return false;
  }
}

function confirmed(question, action) {
  const dialog = byId('confirm');
  setText(byId('confirm-question'), question);
  setText(byId('confirm-yes'), action);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
  });
}

byId('confirm-yes').addEventListener('click', () => byId('confirm').close('yes'));
byId('confirm-no').addEventListener('click', () => byId('confirm').close(''));
