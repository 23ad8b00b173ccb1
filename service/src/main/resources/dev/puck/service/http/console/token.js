import {byId, setState, setText} from './dom.js';
import {keepToken} from './api.js';

/** Asks the reader; resolves once there is a token to try. */
export function askForToken(why) {
  const form = byId('token');
  const value = byId('token-value');
  keepToken(null);
  setState(byId('connection'), 'needs a token', 'warn');
  setText(byId('token-error'), why);
  form.hidden = false;
  value.value = '';
  value.focus();
  return new Promise((resolve) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      keepToken(value.value);
      value.value = '';
      form.hidden = true;
      resolve();
    }, {once: true});
  });
}
