'use strict';

(() => {
  const DAY = 86400000;
  const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const day = time => new Date(time).toISOString().slice(0, 10);
  const clock = time => new Date(time).toISOString().slice(11, 16);

  /** Where the day, the week (from Monday) or the month of a time begins. */
  const startOf = {
    day: time => Math.floor(time / DAY) * DAY,
    // 1970-01-01 was a Thursday.
    week: time => (Math.floor((time / DAY + 3) / 7) * 7 - 3) * DAY,
    month: time => Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth()),
  };
  const endOf = {
    day: start => start + DAY,
    week: start => start + 7 * DAY,
    month: start => Date.UTC(new Date(start).getUTCFullYear(), new Date(start).getUTCMonth() + 1),
  };

  /** What the periods can be summed to, with the reason where they cannot. */
  function granularities(cadence) {
    const own = { name: cadence, label: cadence };
    const isSubDaily = !['day', 'week', 'month'].includes(cadence);
    const week = { name: 'week', label: 'week (sum)' }, month = { name: 'month', label: 'month (sum)' };
    if (isSubDaily)
      return { choices: [own, { name: 'day', label: 'day (sum)' }, week, month], reason: '' };
    if (cadence === 'day')
      return { choices: [own, week, month], reason: '' };
    return {
      choices: [own],
      reason: cadence === 'week' ? 'Weeks are not summed to months: a week can lie in two of them.' : 'Months are not summed any further.',
    };
  }

  function label(start, end) {
    if (end - start < DAY)
      return `${DAYS[new Date(start).getUTCDay()]} ${day(start)}, ${clock(start)} to ${clock(end)}`;
    if (end - start === DAY)
      return `${DAYS[new Date(start).getUTCDay()]} ${day(start)}`;
    return `${day(start)} to ${day(end - DAY)}`;
  }

  /** The frames of the time slider: single periods, or runs of them. */
  function frames(data, granularity) {
    const isOwn = granularity === data.cadence, found = [];
    for (let t = 0; t < data.periods; t++) {
      const start = isOwn ? data.times[t] : startOf[granularity](data.times[t]), last = found[found.length - 1];
      if (last && last.start === start)
        last.end = t + 1;
      else
        found.push({ start, first: t, end: t + 1, isOwn });
    }
    for (const frame of found) {
      const isWhole = isOwn || (data.times[frame.first] === frame.start && data.times[frame.end] === endOf[granularity](frame.start));
      frame.label = label(data.times[frame.first], data.times[frame.end]) + (isWhole ? '' : `, part of a ${granularity}`);
      frame.isKnown = data.isKnown(frame.end - 1);
    }
    return found;
  }

  /** The risk of every cell in a frame: in a run of periods that of at least one incident in any, were they independent. */
  function risk(data, codes, frame) {
    const values = new Float32Array(data.cells), table = data.riskOfCode;
    if (frame.end === frame.first + 1) {
      for (let cell = 0, at = frame.first * data.cells; cell < data.cells; cell++, at++)
        values[cell] = table[codes[at]];
      return values;
    }
    const none = new Float64Array(data.cells).fill(1);
    for (let t = frame.first; t < frame.end; t++) {
      for (let cell = 0, at = t * data.cells; cell < data.cells; cell++, at++)
        none[cell] *= 1 - table[codes[at]];
    }
    for (let cell = 0; cell < data.cells; cell++)
      values[cell] = 1 - none[cell];
    return values;
  }

  /** The highest risk of any cell and frame. */
  function highest(data, codes, all) {
    if (all.every(frame => frame.end === frame.first + 1))
      return data.riskOfCode[codes.reduce((most, code) => Math.max(most, code), 0)];
    return all.reduce((most, frame) => risk(data, codes, frame).reduce((a, b) => Math.max(a, b), most), 0);
  }

  Hotspot.Frames = { granularities, frames, risk, highest, day };
})();
