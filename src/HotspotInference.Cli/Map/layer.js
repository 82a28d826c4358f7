'use strict';

(() => {
  const { Colors } = Hotspot;
  const THEMES = {
    light: { line: 'rgb(60 70 80 / 28%)', frame: '#3c4650', text: '#55606b', grid: 'rgb(40 40 40 / 22%)', hot: '#0072b2', halo: '#ffffff', mark: '#ffffff', outline: '#5a6672' },
    dark: { line: 'rgb(200 215 230 / 20%)', frame: '#aab6c2', text: '#9fb0c0', grid: 'rgb(230 235 240 / 16%)', hot: '#56b4e9', halo: '#0b0f14', mark: '#e6ebf0', outline: '#90a0b0' },
  };
  const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];

  /** One canvas over the map that draws everything: a picture of the cells in strips, so that no cell is an element of its own. */
  Hotspot.CanvasLayer = L.Layer.extend({
    initialize(data, outlines) {
      this.data = data;
      this.outlines = outlines;
      this.scene = null;
      this.cellImage = document.createElement('canvas');
      this.cellImage.width = data.grid.columns;
      this.cellImage.height = data.grid.rows;
    },

    onAdd(map) {
      this.canvas = L.DomUtil.create('canvas', 'map-canvas', map.getPane('overlayPane'));
      map.on('move zoom viewreset resize', this.draw, this);
      this.draw();
    },

    onRemove(map) {
      map.off('move zoom viewreset resize', this.draw, this);
      this.canvas.remove();
    },

    show(scene) {
      this.scene = scene;
      this.draw();
    },

    draw() {
      const map = this._map;
      if (!map || !this.scene)
        return;
      const size = map.getSize(), ratio = window.devicePixelRatio || 1, canvas = this.canvas;
      if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
        canvas.width = Math.round(size.x * ratio);
        canvas.height = Math.round(size.y * ratio);
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      const context = canvas.getContext('2d');
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.x, size.y);
      this.measure(map);
      const theme = THEMES[this.scene.theme];
      const labels = this.drawGraticule(context, map, size, theme);
      this.drawCells(context);
      if (this.scene.hasGrid)
        this.drawGrid(context, theme);
      this.drawOutlines(context, map, theme);
      context.strokeStyle = theme.frame;
      context.lineWidth = 1;
      context.strokeRect(this.x[0], this.y[0], this.x.at(-1) - this.x[0], this.y.at(-1) - this.y[0]);
      this.drawHot(context, theme);
      this.drawIncidents(context, theme);
      this.drawSelected(context, theme);
      this.drawLabels(context, labels, theme);
    },

    /** Pixels of the edges of columns, west to east, and of rows, north to south. */
    measure(map) {
      const { south, west, north, east, rows, columns } = this.data.grid;
      this.x = Array.from({ length: columns + 1 },
        (_, i) => map.latLngToContainerPoint([north, west + (east - west) * i / columns]).x);
      this.y = Array.from({ length: rows + 1 },
        (_, i) => map.latLngToContainerPoint([north - (north - south) * i / rows, west]).y);
    },

    drawGraticule(context, map, size, theme) {
      const view = map.getBounds(), width = view.getEast() - view.getWest();
      const step = STEPS.find(length => width / length <= 6 * Math.max(1, size.x / 700)) || 45;
      const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
      const name = (value, signs) => `${Math.abs(value).toFixed(decimals)}°${signs[value < 0 ? 1 : 0]}`;
      const labels = [];
      context.strokeStyle = theme.line;
      context.lineWidth = 1;
      context.beginPath();
      for (let i = Math.ceil(view.getWest() / step); i * step <= view.getEast(); i++) {
        const x = Math.round(map.latLngToContainerPoint([0, i * step]).x) + 0.5;
        context.moveTo(x, 0);
        context.lineTo(x, size.y);
        labels.push([name(i * step, 'EW'), x + 3, 12]);
      }
      for (let i = Math.ceil(view.getSouth() / step); i * step <= view.getNorth(); i++) {
        const y = Math.round(map.latLngToContainerPoint([i * step, view.getWest()]).y) + 0.5;
        context.moveTo(0, y);
        context.lineTo(size.x, y);
        if (y > 24)
          labels.push([name(i * step, 'NS'), 48, y - 3]);
      }
      context.stroke();
      return labels;
    },

    /** Over everything, so that cells do not hide what degree a line is. */
    drawLabels(context, labels, theme) {
      context.font = '11px system-ui, sans-serif';
      context.lineWidth = 3;
      context.strokeStyle = theme.halo;
      context.fillStyle = theme.text;
      for (const [text, x, y] of labels) {
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      }
    },

    drawCells(context) {
      const { colors, opacity } = this.scene, { rows, columns } = this.data.grid;
      if (!colors)
        return;
      const picture = this.cellImage.getContext('2d');
      picture.putImageData(new ImageData(colors, columns, rows), 0, 0);
      context.imageSmoothingEnabled = false;
      context.globalAlpha = opacity;
      // Rows are not of one height on the map: a strip a row stands exactly where its edges do.
      for (let row = 0; row < rows; row++) {
        const top = Math.round(this.y[row]), bottom = Math.round(this.y[row + 1]);
        context.drawImage(this.cellImage, 0, row, columns, 1, this.x[0], top, this.x.at(-1) - this.x[0], bottom - top);
      }
      context.globalAlpha = 1;
    },

    drawGrid(context, theme) {
      if (this.x[1] - this.x[0] < 4)
        return;
      context.strokeStyle = theme.grid;
      context.lineWidth = 1;
      context.beginPath();
      for (const x of this.x) {
        context.moveTo(x, this.y[0]);
        context.lineTo(x, this.y.at(-1));
      }
      for (const y of this.y) {
        context.moveTo(this.x[0], y);
        context.lineTo(this.x.at(-1), y);
      }
      context.stroke();
    },

    drawOutlines(context, map, theme) {
      context.strokeStyle = theme.outline;
      context.lineWidth = 1.5;
      context.beginPath();
      for (const line of this.outlines) {
        line.forEach(([longitude, latitude], i) => {
          const point = map.latLngToContainerPoint([latitude, longitude]);
          if (i === 0)
            context.moveTo(point.x, point.y);
          else
            context.lineTo(point.x, point.y);
        });
      }
      context.stroke();
    },

    /** The rim of the hot cells: edges between two of them are left out. */
    drawHot(context, theme) {
      const columns = this.data.grid.columns, hot = this.scene.hot;
      const isHot = (row, column) => column >= 0 && column < columns && hot.has(row * columns + column);
      context.beginPath();
      for (const cell of hot) {
        const row = Math.floor(cell / columns), column = cell % columns;
        const [left, right, top, bottom] = [this.x[column], this.x[column + 1], this.y[row], this.y[row + 1]];
        const edge = (isInside, x1, y1, x2, y2) => {
          if (isInside)
            return;
          context.moveTo(x1, y1);
          context.lineTo(x2, y2);
        };
        edge(isHot(row - 1, column), left, top, right, top);
        edge(isHot(row + 1, column), left, bottom, right, bottom);
        edge(isHot(row, column - 1), left, top, left, bottom);
        edge(isHot(row, column + 1), right, top, right, bottom);
      }
      context.lineCap = 'square';
      context.strokeStyle = theme.halo;
      context.lineWidth = 4;
      context.stroke();
      context.strokeStyle = theme.hot;
      context.lineWidth = 2;
      context.stroke();
    },

    drawIncidents(context, theme) {
      const { first, end, isShown } = this.scene.incidents, data = this.data;
      const [left, width] = [this.x[0], this.x.at(-1) - this.x[0]];
      const [low, high] = [data.grid.south, data.grid.north];
      // Smaller where they are many.
      const room = Math.min(1, Math.sqrt(300 / (data.firstOf[end] - data.firstOf[first] + 1)));
      const size = Math.max(1.5, room * Math.min(6, Math.max(2.5, (this.x[1] - this.x[0]) / 5)));
      for (let i = data.firstOf[first]; i < data.firstOf[end]; i++) {
        const group = data.groups[data.groupOf[i]];
        if (!isShown(group))
          continue;
        const latitude = low + (high - low) * data.yOf[i] / 65535;
        const y = this._map.latLngToContainerPoint([latitude, data.grid.west]).y;
        Colors.mark(context, group.kind, left + width * data.xOf[i] / 65535, y, size, theme.mark);
      }
    },

    drawSelected(context, theme) {
      const cell = this.scene.selected, columns = this.data.grid.columns;
      if (cell < 0)
        return;
      const row = Math.floor(cell / columns), column = cell % columns;
      const [left, top] = [this.x[column], this.y[row]];
      context.strokeStyle = theme.halo;
      context.lineWidth = 5;
      context.strokeRect(left, top, this.x[column + 1] - left, this.y[row + 1] - top);
      context.strokeStyle = this.scene.theme === 'dark' ? '#ffffff' : '#111111';
      context.lineWidth = 2;
      context.setLineDash([5, 3]);
      context.strokeRect(left, top, this.x[column + 1] - left, this.y[row + 1] - top);
      context.setLineDash([]);
    },
  });
})();
