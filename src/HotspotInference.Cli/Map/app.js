'use strict';

(() => {
  const { Frames, Scores, Scene, Words, Legend, Colors } = Hotspot;
  const LISTED = 12;
  const $ = id => document.getElementById(id);

  /** Holds the state of the controls and brings the page up to date with it. */
  class App {
    constructor(data, settings) {
      this.data = data;
      this.settings = settings;
      const wanted = data.classes.indexOf('any');
      this.state = {
        classIndex: Math.max(0, wanted), granularity: data.cadence, mode: data.hasRisk ? 'risk' : 'counts', opacity: 0.85, hasGrid: false,
        hasIncidents: true, isKindOn: data.kinds.map(() => true), percentile: settings.percentile, isStored: false, selected: -1, maximum: 1,
        theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', frames: Frames.frames(data, data.cadence), index: data.periods - 1,
      };
      this.hover = new Hotspot.CellBox($('hover'));
      this.chosen = new Hotspot.CellBox($('chosen'));
      this.version = 0;
      this.makeMap();
    }

    makeMap() {
      const { south, west, north, east } = this.data.grid;
      this.map = L.map('map', { zoomSnap: 0.25, zoomAnimation: false, fadeAnimation: false, keyboard: true });
      this.map.attributionControl.setPrefix('Leaflet');
      if (this.settings.tiles) {
        const text = document.createElement('span');
        text.textContent = this.settings.attribution;
        this.tiles = L.tileLayer(this.settings.tiles, { attribution: text.innerHTML }).addTo(this.map);
      }
      L.control.scale({ imperial: false, maxWidth: 160 }).addTo(this.map);
      this.map.fitBounds([[south, west], [north, east]], { padding: [20, 20] });
      this.layer = new Hotspot.CanvasLayer(this.data, this.settings.outlines).addTo(this.map);
      this.map.on('mousemove', event => this.showHover(event));
      this.map.on('mouseout dragstart', () => this.hover.show(this.data, this.scene, -1));
      this.map.on('click', event => this.select(this.data.cellAt(event.latlng.lat, event.latlng.lng)));
      new ResizeObserver(() => this.map.invalidateSize()).observe($('map'));
    }

    /** Changes the class: its codes are unpacked, its periods ranked. */
    async setClass(index) {
      const version = ++this.version;
      this.state.classIndex = index;
      this.scores = null;
      this.codes = this.data.hasRisk ? await this.data.codes(index) : null;
      if (version !== this.version)
        return;
      this.rescale();
      if (!this.codes)
        return;
      const scores = await Scores.Scores.of(this.data, this.codes, index, () => version === this.version);
      if (scores) {
        this.scores = scores;
        this.update();
      }
    }

    setGranularity(name) {
      const time = this.data.times[this.frame.first];
      this.state.granularity = name;
      this.state.frames = Frames.frames(this.data, name);
      const next = this.state.frames.findIndex(frame => this.data.times[frame.end] > time);
      this.state.index = Math.max(0, next);
      this.rescale();
    }

    rescale() {
      if (this.state.mode === 'risk' || this.state.mode === 'counts')
        this.state.maximum = Scene.maximum(this.data, this.state, this.codes);
      this.update();
    }

    get frame() { return this.state.frames[this.state.index]; }

    go(index) {
      this.state.index = Math.min(Math.max(index, 0), this.state.frames.length - 1);
      this.update();
    }

    select(cell) {
      this.state.selected = cell;
      this.update();
    }

    /** Chooses a cell and brings it to the middle, near enough to see its surroundings. */
    zoomTo(cell) {
      const [south, west, north, east] = this.data.bounds(cell);
      this.map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(5));
      this.select(cell);
    }

    showHover(event) {
      const cell = this.data.cellAt(event.latlng.lat, event.latlng.lng), box = $('hover');
      this.hover.show(this.data, this.scene, cell);
      if (cell < 0)
        return;
      const size = this.map.getSize(), { x, y } = event.containerPoint;
      box.style.left = `${x + 16 + box.offsetWidth > size.x ? Math.max(0, x - 16 - box.offsetWidth) : x + 16}px`;
      box.style.top = `${y + 16 + box.offsetHeight > size.y ? Math.max(0, y - 16 - box.offsetHeight) : y + 16}px`;
    }

    update() {
      const { data, state } = this;
      document.documentElement.dataset.theme = state.theme;
      this.scene = Scene.build(data, state, this.codes);
      this.layer.show(this.scene);
      $('when').textContent = this.frame.label + (this.frame.isKnown ? '' : ' (forecast)');
      const time = $('time');
      time.max = state.frames.length - 1;
      time.value = state.index;
      time.setAttribute('aria-valuetext', this.frame.label);
      this.updateHot();
      this.updateIncidents();
      this.updateLegend();
      $('cell-none').hidden = state.selected >= 0;
      this.chosen.show(data, this.scene, state.selected);
    }

    updateHot() {
      const { data, state, scene } = this;
      if (data.hasRisk) {
        $('percentile-value').textContent = String(state.percentile);
        $('scores').textContent = Words.frame(data, state, scene);
        $('scores-all').textContent =
          Words.all(data, this.scores, Scores.positions(data, state.classIndex, state.percentile, state.isStored));
      }
      const cells = data.hasRisk ? scene.hotList
        : data.inner.filter(cell => scene.counts[cell] > 0).sort((a, b) => scene.counts[b] - scene.counts[a]);
      $('list').replaceChildren(...cells.slice(0, LISTED).map(cell => {
        const button = Legend.element('button'), item = Legend.element('li');
        button.type = 'button';
        const place = `row ${Math.floor(cell / data.grid.columns)}, column ${cell % data.grid.columns}`;
        button.append(data.hasRisk ? `${place}: ${Colors.percent(scene.risk[cell])} ` : `${place} `);
        if (scene.counts[cell] > 0)
          button.append(Legend.element('b', '', Words.many(scene.counts[cell], 'incident')));
        button.addEventListener('click', () => this.zoomTo(cell));
        item.append(button);
        return item;
      }));
    }

    updateIncidents() {
      const { data, state, scene } = this;
      const here = scene.counts.reduce((a, b) => a + b, 0);
      $('incident-count').textContent = scene.frame.isKnown ? `${Words.many(here, 'incident')} in this ${state.granularity}.` : '';
      const key = `${state.theme} ${state.isKindOn}`;
      if (this.kindsShown === key)
        return;
      this.kindsShown = key;
      const focused = document.activeElement instanceof Element ? [...$('kinds').querySelectorAll('input')].indexOf(document.activeElement) : -1;
      $('kinds').replaceChildren(...Legend.kinds(data, state.theme, state.isKindOn, (index, isOn) => {
        state.isKindOn[index] = isOn;
        this.update();
      }));
      $('kinds').querySelectorAll('input')[focused]?.focus();
    }

    updateLegend() {
      const { data, state } = this, text = Words.colors(data, state), legend = $('legend');
      if (state.mode === 'none')
        legend.replaceChildren();
      else if (state.mode === 'levels')
        legend.replaceChildren(...Legend.levels(state.theme, text));
      else
        legend.replaceChildren(...Legend.ramp(state.theme, state.maximum, text, state.mode === 'risk' ? Colors.percent
          : value => value.toLocaleString('en-US')));
    }
  }

  Hotspot.App = App;
})();
