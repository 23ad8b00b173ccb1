const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const tenth = new Intl.NumberFormat('en', {maximumFractionDigits: 1});

export const count = (number) => whole.format(number);

export function rate(perSecond) {
  if (perSecond === null || perSecond === undefined) {
    return '–';
  }
  return perSecond > 0 && perSecond < 10 ? tenth.format(perSecond) : whole.format(perSecond);
}

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  let value = number;
  while (value >= 1024 && power < units.length - 1) {
    value /= 1024;
    power++;
  }
  return `${value < 10 && power > 0 ? tenth.format(value) : whole.format(value)} ${units[power]}`;
}

export function seconds(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  if (value < 1) {
    return `${value < 0.01 ? tenth.format(value * 1000) : whole.format(value * 1000)} ms`;
  }
  if (value < 60) {
    return `${tenth.format(value)} s`;
  }
  if (value < 3600) {
    return `${Math.floor(value / 60)} min ${whole.format(Math.floor(value % 60))} s`;
  }
  if (value < 172_800) {
    return `${Math.floor(value / 3600)} h ${Math.floor((value % 3600) / 60)} min`;
  }
  return `${whole.format(Math.floor(value / 86_400))} days`;
}

/** A time of ISO 8601, as far as it matters now. */
export function ago(time, now) {
  const past = (now - Date.parse(time)) / 1000;
  return past < 1 ? 'just now' : `${seconds(Math.floor(past))} ago`;
}

/** In the reader's own time zone. */
export function moment(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : date.toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});
}

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
