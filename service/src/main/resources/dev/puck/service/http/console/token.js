import {byId, setState, setText} from './dom.js';
import {keepToken} from './api.js';

let asking = null;

/** Asks the reader, once for all who need it; resolves once there is a token to try. */
export function askForToken(why) {
  asking ??= ask(why).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(why) {
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
      byId('main').focus();
      resolve();
    }, {once: true});
  });
}
