'use strict';

(() => {
  const $ = id => document.getElementById(id);
  const SIDES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function nudge(slider, by) {
    slider.value = Number(slider.value) + by * Number(slider.step);
    slider.dispatchEvent(new Event('input'));
  }

  /** The cell beside the chosen one; the same one at the edge. */
  function beside(app, [down, right]) {
    const { rows, columns } = app.data.grid, cell = app.state.selected;
    const row = Math.floor(cell / columns) + down, column = cell % columns + right;
    return row < 0 || row >= rows || column < 0 || column >= columns ? cell : row * columns + column;
  }

  function riskiest(app) {
    const values = app.scene.risk || app.scene.counts;
    return app.data.inner.reduce((best, cell) => values[cell] > values[best] ? cell : best);
  }

  function bind(app) {
    const keys = {
      ',': () => app.go(app.state.index - 1),
      '.': () => app.go(app.state.index + 1),
      Home: () => app.go(0),
      End: () => app.go(app.state.frames.length - 1),
      p: () => $('play').click(),
      i: () => $('incidents').click(),
      g: () => $('grid').click(),
      d: () => $('theme').click(),
      c: () => app.select(riskiest(app)),
      Escape: () => app.select(-1),
    };
    if (app.data.hasRisk) {
      keys['['] = () => nudge($('percentile'), -1);
      keys[']'] = () => nudge($('percentile'), 1);
    }
    // Before Leaflet, which would move the map for Shift with an arrow too.
    document.addEventListener('keydown', event => {
      const field = event.target instanceof HTMLSelectElement;
      const isSlider = event.target instanceof HTMLInputElement && event.target.type === 'range';
      if (event.ctrlKey || event.metaKey || event.altKey || field || (isSlider && ['Home', 'End'].includes(event.key)))
        return;
      const side = event.shiftKey && app.state.selected >= 0 && !isSlider ? SIDES[event.key] : undefined;
      const action = side ? () => app.select(beside(app, side)) : keys[event.key];
      if (!action)
        return;
      event.preventDefault();
      event.stopPropagation();
      action();
    }, { capture: true });
  }

  Hotspot.Keyboard = { bind };
})();
