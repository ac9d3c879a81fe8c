import { text, locale } from './strings.js';

const digitsOf = {
  air_temperature: 1, relative_humidity: 0, co2: 0, vpd: 2, dew_point: 1, ppfd: 0, solar_radiation: 0, substrate_ec: 2, ph: 2, wind_direction: 0, rssi: 0, battery: 2,
};
const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const both = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const count = (value) => integer.format(value);
export const timeOfDay = (time) => clock.format(time);
export const hourOf = (time) => hour.format(time);
export const dayOf = (time) => day.format(time);
export const dayAndHour = (time) => both.format(time);
export const finite = (value) => typeof value === 'number' && Number.isFinite(value);

export function number(value, quantity) {
  if (!finite(value)) {
    return text.unknown;
  }

  const digits = digitsOf[quantity] ?? 1;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A length of time in words, from milliseconds. */
export function age(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) {
    return text.seconds(seconds);
  }

  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return text.minutes(minutes);
  }

  const hours = Math.floor(minutes / 60);
  return hours < 48 ? text.hours(hours, minutes % 60) : text.days(Math.floor(hours / 24));
}

export const latency = (ms) => (ms < 1000 ? text.milliseconds(ms) : ms < 60000 ? text.seconds((ms / 1000).toFixed(1)) : text.minutesSeconds(Math.floor(ms / 60000), Math.floor(ms / 1000) % 60));

/** `roof_vent` as people write it. */
export function title(id) {
  const words = id.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function position(actuator, value) {
  if (!finite(value)) {
    return text.unknown;
  }

  if (actuator.unit === null) {
    return value > 0 ? text.on : text.off;
  }

  return `${number(value, Number.isInteger(value) ? 'rssi' : '')} ${actuator.unit}`;
}
