// Talks to the process that served the page, and to nobody else.

const KEY = 'puck.token';

/** The server wants a token, or another one. */
export class TokenNeeded extends Error {}

/** The server said no, in its own words. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const hasToken = () => sessionStorage.getItem(KEY) !== null;

export function keepToken(token) {
  if (token === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, token);
  }
}

/** The response, if it is one of success. */
export async function request(path, {method = 'GET', accept = 'application/json', signal} = {}) {
  const headers = {Accept: accept};
  const token = sessionStorage.getItem(KEY);
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(path, {
    method, headers, signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
  });
  if (response.status === 401) {
    throw new TokenNeeded(token === null ? '' : 'This is not the token of this process.');
  }
  if (!response.ok) {
    throw new Refused(response.status, await words(response));
  }
  return response;
}

export const get = async (path) => (await request(path)).json();

export const post = async (path) => (await request(path, {method: 'POST'})).json();

async function words(response) {
  const text = await response.text();
  try {
    return String(JSON.parse(text).error ?? text);
  } catch {
    return text || `HTTP ${response.status}`;
  }
}
