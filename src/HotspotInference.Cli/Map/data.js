'use strict';

/** The map's parts find each other here. */
const Hotspot = {};

(() => {
  /** Text in a script element that is data. */
  const read = id => JSON.parse(document.getElementById(id).textContent);

  /** The bytes of a base64 text in zlib's format. */
  async function unpack(base64) {
    const text = atob(base64), packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++)
      packed[i] = text.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** The codes of one class, [period, cell], from the planes of their differences. */
  function decode(planes, periods, cells) {
    const values = periods * cells, codes = new Uint16Array(values);
    // Modulo 65536, as an array of such numbers is.
    for (let i = 0; i < values; i++)
      codes[i] = (i < cells ? 0 : codes[i - cells]) + planes[i] + (planes[values + i] << 8);
    return codes;
  }

  class Data {
    constructor(json) {
      Object.assign(this, json);
      this.cells = this.grid.rows * this.grid.columns;
      this.periods = this.flags.length;
      this.times = this.starts.map(start => Date.parse(start + 'Z'));
      this.hasRisk = Boolean(this.risk);
      this.codesOfClass = new Map();
      if (this.hasRisk) {
        this.riskOfCode = Float32Array.from({ length: 65536 },
          (_, code) => code === 0 ? 0 : Math.min(1, this.scale.lowest * Math.exp((code - 1) * this.scale.step)));
      }
      /** The cells that can be hot: those within the margin. */
      this.inner = [];
      for (let cell = 0; cell < this.cells; cell++) {
        const row = Math.floor(cell / this.grid.columns), column = cell % this.grid.columns, margin = this.margin;
        if (row >= margin && row < this.grid.rows - margin && column >= margin && column < this.grid.columns - margin)
          this.inner.push(cell);
      }
      this.isInner = new Uint8Array(this.cells);
      for (const cell of this.inner)
        this.isInner[cell] = 1;
    }

    static async load() {
      const data = new Data(read('map-data'));
      await data.loadIncidents();
      if (data.thresholds)
        data.thresholds.hot = new Int32Array((await unpack(data.thresholds.hot)).buffer);
      return data;
    }

    isKnown(period) { return (this.flags[period] & 1) !== 0; }

    isScored(period) { return (this.flags[period] & 2) !== 0; }

    /** The codes of a class, [period, cell]; unpacked when first asked for. */
    codes(classIndex) {
      if (!this.codesOfClass.has(classIndex)) {
        this.codesOfClass.set(classIndex,
          unpack(this.risk[classIndex]).then(planes => decode(planes, this.periods, this.cells)));
        this.risk[classIndex] = null;
      }
      return this.codesOfClass.get(classIndex);
    }

    async loadIncidents() {
      const count = this.incidents.count, bytes = (await unpack(this.incidents.data)).buffer;
      const period = new Int32Array(bytes, 0, count);
      this.cellOf = new Int32Array(bytes, 4 * count, count);
      this.xOf = new Uint16Array(bytes, 8 * count, count);
      this.yOf = new Uint16Array(bytes, 10 * count, count);
      this.groupOf = new Uint16Array(bytes, 12 * count, count);
      /** The incidents of period t are those from firstOf[t] up to firstOf[t + 1]. */
      this.firstOf = new Int32Array(this.periods + 1);
      for (let i = 0; i < count; i++)
        this.firstOf[period[i] + 1]++;
      for (let t = 0; t < this.periods; t++)
        this.firstOf[t + 1] += this.firstOf[t];
      this.isOfClass = this.classes.map((_, c) => this.groups.map(group => group.classes.includes(c)));
    }

    /** How many incidents of a class each cell had from one period up to another. */
    counts(classIndex, first, end) {
      const counts = new Uint32Array(this.cells), isOfClass = this.isOfClass[classIndex];
      for (let i = this.firstOf[first]; i < this.firstOf[end]; i++) {
        if (isOfClass[this.groupOf[i]])
          counts[this.cellOf[i]]++;
      }
      return counts;
    }

    /** The cell of a point, by the placing formula of the library; -1 outside the area. */
    cellAt(latitude, longitude) {
      const { south, west, north, east, rows, columns } = this.grid;
      if (!(latitude >= south && latitude <= north && longitude >= west && longitude <= east))
        return -1;
      const fromSouth = Math.floor((latitude - south) / (north - south) * rows);
      const fromWest = Math.floor((longitude - west) / (east - west) * columns);
      return (rows - 1 - Math.min(fromSouth, rows - 1)) * columns + Math.min(fromWest, columns - 1);
    }

    /** South, west, north and east of a cell. */
    bounds(cell) {
      const { south, west, north, east, rows, columns } = this.grid;
      const fromSouth = rows - 1 - Math.floor(cell / columns), column = cell % columns;
      const latitude = edge => south + (north - south) * edge / rows, longitude = edge => west + (east - west) * edge / columns;
      return [latitude(fromSouth), longitude(column), latitude(fromSouth + 1), longitude(column + 1)];
    }
  }

  Hotspot.Data = Data;
  Hotspot.settings = () => read('map-settings');
})();
