'use strict';

(() => {
  const { Frames, Scores, Colors } = Hotspot;
  const CUTS = [25, 75, 91, 96];

  /** Everything that one frame shows, computed from the state of the controls. */
  function build(data, state, codes) {
    const frame = state.frames[state.index], { theme, classIndex } = state;
    const scene = {
      frame, classIndex, theme, codes, unit: state.granularity, selected: state.selected, hasGrid: state.hasGrid, opacity: state.opacity,
      counts: data.counts(classIndex, frame.first, frame.end), hot: new Set(), hotList: [], risk: null, levels: null, colors: null,
      spark: theme === 'dark' ? { risk: '#f1605d', incident: '#a4b1bd', shade: '#2a3540' } : { risk: '#b73779', incident: '#55606b', shade: '#dfe4e9' },
      incidents: {
        first: frame.first, end: frame.end,
        isShown: group => state.hasIncidents && state.isKindOn[group.kind] && group.classes.includes(classIndex),
      },
    };
    if (codes) {
      scene.risk = Frames.risk(data, codes, frame);
      // A sum has no stored threshold: they were taken over single periods.
      const isStored = state.isStored && frame.isOwn;
      const at = percentile => Scores.positions(data, classIndex, percentile, isStored)(frame.first);
      const { threshold, cells } = Scores.hotCells(data, scene.risk, at(state.percentile));
      Object.assign(scene, { threshold, hotList: cells, hot: new Set(cells) });
      const isCutStored = isStored && CUTS.every(cut => data.thresholds.percentiles.includes(cut));
      scene.levels = Scores.levels(data, scene.risk,
        CUTS.map(cut => Scores.positions(data, classIndex, cut, isCutStored)(frame.first)));
    }
    scene.colors = colors(data, state, scene);
    return scene;
  }

  function colors(data, state, scene) {
    if (state.mode === 'none')
      return null;
    const pixels = new Uint8ClampedArray(4 * data.cells);
    for (let cell = 0; cell < data.cells; cell++) {
      const color = state.mode === 'levels' ? Colors.level(state.theme, scene.levels[cell])
        : Colors.at(state.theme, (state.mode === 'risk' ? scene.risk : scene.counts)[cell] / state.maximum);
      pixels.set(color, 4 * cell);
      pixels[4 * cell + 3] = state.mode === 'counts' && scene.counts[cell] === 0 ? 0 : 255;
    }
    return pixels;
  }

  /** The upper end of the colours: one for all frames, so that they can be compared. */
  function maximum(data, state, codes) {
    if (state.mode === 'risk')
      return Math.min(1, Colors.roundUp(Math.max(Frames.highest(data, codes, state.frames), 1e-6)));
    return state.frames.reduce((most, frame) =>
      data.counts(state.classIndex, frame.first, frame.end).reduce((a, b) => Math.max(a, b), most), 1);
  }

  Hotspot.Scene = { build, maximum };
})();
