import {get} from './api.js';
import {el, setText} from './dom.js';
import {bytes as size} from './format.js';

const WIDTH = 16;
const MOST = 4_096;

/** An id has a slash, which is a part of the path. */
export const letterPath = (id) => `/dead-letters/${id.split('/').map(encodeURIComponent).join('/')}`;

/** The bytes of a dead letter, asked for when it is opened. */
export function bytesView(id, more) {
  const content = el('div', {class: 'bytes'});
  const toggle = async () => {
    if (element.open && content.childElementCount === 0) {
      try {
        const letter = await get(letterPath(id));
        content.replaceChildren(...parts(letter));
      } catch (error) {
        setText(content, error.message);
      }
    }
  };
  const element = el('details', {toggle}, el('summary', {}, 'Bytes, headers and key'), content, more);
  return element;
}

function parts({bytes}) {
  const headers = Object.entries(bytes.headers);
  return [
    el('h4', {}, 'Key'), dump(bytes.key),
    el('h4', {}, 'Value'), dump(bytes.value),
    el('h4', {}, 'Headers'),
    headers.length === 0 ? el('p', {class: 'empty'}, 'None.') : el('dl', {class: 'headers'},
      ...headers.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
  ];
}

function dump(base64) {
  if (base64 === null) {
    return el('p', {class: 'empty'}, 'None.');
  }
  const all = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const shown = all.subarray(0, MOST);
  const lines = [];
  for (let i = 0; i < shown.length; i += WIDTH) {
    lines.push(line(i, [...shown.subarray(i, i + WIDTH)]));
  }
  const rest = all.length > MOST ? `\n… ${size(all.length - MOST)} more` : '';
  return el('pre', {class: 'dump scroll', tabindex: '0'}, lines.join('\n') + rest);
}

function line(offset, row) {
  const hex = row.map((each) => each.toString(16).padStart(2, '0')).join(' ').padEnd(WIDTH * 3 - 1);
  const text = row.map((each) => (each >= 32 && each < 127 ? String.fromCharCode(each) : '·')).join('');
  return `${offset.toString(16).padStart(4, '0')}  ${hex}  ${text}`;
}
