'use strict';

(() => {
  const $ = id => document.getElementById(id);
  const MODES = [['risk', 'probability'], ['levels', 'levels'], ['counts', 'incidents counted'], ['none', 'none']];

  function fill(select, choices) {
    select.replaceChildren(...choices.map(([value, text]) => new Option(text, value)));
  }

  /** Ties the controls to the state. */
  function bind(app) {
    const { data, state } = app;
    fill($('class'), data.classes.map((name, index) => [index, name === 'any' ? 'any kind' : name]));
    $('class').value = state.classIndex;
    $('class-row').hidden = data.classes.length < 2;
    $('class').addEventListener('change', event => app.setClass(Number(event.target.value)));

    const { choices, reason } = Hotspot.Frames.granularities(data.cadence);
    fill($('granularity'), choices.map(choice => [choice.name, choice.label]));
    $('granularity-note').textContent = reason;
    $('granularity').addEventListener('change', event => app.setGranularity(event.target.value));

    fill($('mode'), MODES.filter(([mode]) => data.hasRisk || mode === 'counts' || mode === 'none'));
    $('mode').value = state.mode;
    $('mode').addEventListener('change', event => {
      state.mode = event.target.value;
      app.rescale();
    });
    $('opacity').addEventListener('input', event => {
      state.opacity = Number(event.target.value) / 100;
      app.update();
    });
    check('grid', isOn => { state.hasGrid = isOn; });
    check('incidents', isOn => { state.hasIncidents = isOn; });
    $('tiles-row').hidden = !app.tiles;
    $('tiles').addEventListener('change', event => event.target.checked ? app.tiles.addTo(app.map) : app.tiles.remove());

    function check(id, set) {
      $(id).addEventListener('change', event => {
        set(event.target.checked);
        app.update();
      });
    }
    bindThreshold(app);
    bindTime(app);
    bindTheme(app);
    $('hot-section').querySelectorAll('label, p').forEach(part => { part.hidden = !data.hasRisk; });
    if (!data.hasRisk)
      $('hot-section').querySelector('h2').textContent = 'Cells with most incidents';
  }

  function bindThreshold(app) {
    const { data, state } = app, slider = $('percentile');
    const sources = [['period', 'each period\'s own']];
    // The cut points of levels are stored too, and no thresholds for hot cells.
    const stored = data.thresholds ? data.thresholds.percentiles.filter(percentile => percentile >= 80) : [];
    if (stored.length > 0)
      sources.push(['stored', `the model's, from ${data.thresholds.source}`]);
    fill($('source'), sources);
    const range = () => {
      [slider.min, slider.max, slider.step] = state.isStored ? [0, stored.length - 1, 1] : [50, 99.9, 0.1];
      slider.value = state.isStored ? stored.indexOf(state.percentile) : state.percentile;
    };
    range();
    $('source').addEventListener('change', event => {
      state.isStored = event.target.value === 'stored';
      if (state.isStored)
        state.percentile = stored.reduce((best, next) => Math.abs(next - state.percentile) < Math.abs(best - state.percentile) ? next : best);
      range();
      app.update();
    });
    slider.addEventListener('input', () => {
      state.percentile = state.isStored ? stored[Number(slider.value)] : Number(slider.value);
      slider.setAttribute('aria-valuetext', `percentile ${state.percentile}`);
      app.update();
    });
  }

  function bindTime(app) {
    const { state } = app;
    let playing = 0, before = 0;
    const step = now => {
      if (!playing)
        return;
      playing = requestAnimationFrame(step);
      if (now - before < 1000 / Number($('speed').value))
        return;
      before = now;
      app.go(state.index === state.frames.length - 1 ? 0 : state.index + 1);
    };
    const play = isOn => {
      cancelAnimationFrame(playing);
      playing = isOn ? requestAnimationFrame(step) : 0;
      $('play').textContent = isOn ? 'Stop' : 'Play';
    };
    $('play').addEventListener('click', () => play(!playing));
    $('previous').addEventListener('click', () => app.go(state.index - 1));
    $('next').addEventListener('click', () => app.go(state.index + 1));
    $('time').addEventListener('input', event => app.go(Number(event.target.value)));
  }

  function bindTheme(app) {
    const set = theme => {
      app.state.theme = theme;
      $('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
      $('theme').setAttribute('aria-label', `${$('theme').textContent} colours`);
    };
    set(app.state.theme);
    let isChosen = false;
    $('theme').addEventListener('click', () => {
      isChosen = true;
      set(app.state.theme === 'dark' ? 'light' : 'dark');
      app.update();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', event => {
      if (isChosen)
        return;
      set(event.matches ? 'dark' : 'light');
      app.update();
    });
  }

  Hotspot.Controls = { bind };
})();
