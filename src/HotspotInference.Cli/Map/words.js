'use strict';

(() => {
  const { Colors } = Hotspot;
  const many = (number, name) => `${number.toLocaleString('en-US')} ${name}${number === 1 ? '' : 's'}`;

  /** How this frame went, in words. */
  function frame(data, state, scene) {
    const area = `${many(scene.hotList.length, 'hot cell')}, ${(100 * scene.hotList.length / data.inner.length).toFixed(1)}% of the area, `
      + `above ${Colors.percent(scene.threshold)}.`;
    if (!scene.frame.isKnown)
      return `${area} What happens is not known yet.`;
    if (!scene.frame.isOwn)
      return `${area} No hit rate: each ${data.cadence} was forecast from what lay before it, so a sum knows a part of its own ${state.granularity}.`;
    if (!data.isScored(scene.frame.first))
      return `${area} This period is left out of scores.`;
    const events = data.inner.reduce((sum, cell) => sum + scene.counts[cell], 0);
    const hits = scene.hotList.reduce((sum, cell) => sum + scene.counts[cell], 0);
    return `${area} ${hits} of ${many(events, 'incident')} fell into them${events > 0 ? ` (${(100 * hits / events).toFixed(1)}%)` : ''}.`;
  }

  /** How all periods went at this threshold. */
  function all(data, scores, positionOf) {
    if (!scores)
      return 'Scoring ...';
    if (scores.periods === 0)
      return 'No period is scored: nothing is known yet, or all are left out.';
    const { hits, hot } = scores.at(positionOf), coverage = hot / (scores.periods * scores.size);
    if (scores.events === 0)
      return `All ${many(scores.periods, 'period')}: no incident.`;
    const rate = hits / scores.events;
    return `All ${many(scores.periods, 'scored period')}: hit rate ${(100 * rate).toFixed(1)}% (${hits.toLocaleString('en-US')} of ${many(scores.events, 'incident')}) `
      + `in ${(100 * coverage).toFixed(2)}% of the area${coverage > 0 ? `, ${(rate / coverage).toFixed(1)} times what chance would hit` : ''}.`;
  }

  /** What the colours mean. */
  function colors(data, state) {
    const name = data.classes[state.classIndex], of = name === 'any' ? 'incident' : `incident of ${name}`;
    if (state.mode === 'counts')
      return `Incidents in a cell in the ${state.granularity} shown. Cells without one are clear.`;
    if (state.mode === 'levels') {
      return state.isStored && state.granularity === data.cadence
        ? 'Levels by the model\'s own thresholds, from its validation: shares of cells differ from period to period.'
        : `Levels compare the cells of one ${state.granularity} with each other.`;
    }
    const sum = state.granularity === data.cadence ? ''
      : ` Summed as if ${data.cadence}s were independent; each was forecast from what lay before it, so this is no forecast a whole ${state.granularity} ahead.`;
    return `The chance of at least one ${of} in the cell in the ${state.granularity} shown. One scale for all of them.${sum}`;
  }

  function about(data) {
    const grid = data.grid, lines = [
      data.forecaster ? `Forecast by ${data.forecaster}. Every period was forecast from the incidents before it alone, as in a replay.`
        : 'Incidents alone, without a forecast.',
      `${grid.rows} x ${grid.columns} cells of ${Math.round(grid.cellHeightMeters)} x ${Math.round(grid.cellWidthMeters)} m, `
        + `${many(data.periods, 'period')} of a ${data.cadence}, ${many(data.incidents.count, 'incident')} on the map`
        + `${data.incidents.notShown ? `, ${data.incidents.notShown.toLocaleString('en-US')} more outside the area or of other kinds` : ''}.`,
    ];
    if (data.margin)
      lines.push(`The outer ${many(data.margin, 'row')} and columns are never hot.`);
    if (data.hasRisk)
      lines.push('A forecast is about places and about reports, never about persons. Where reporting is biased, so is the forecast.');
    return lines;
  }

  Hotspot.Words = { frame, all, colors, about, many };
})();
