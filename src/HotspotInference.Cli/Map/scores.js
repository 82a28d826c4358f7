'use strict';

(() => {
  /** Where the values end that are not above a percentile: hot is what exceeds the one at this position of the ascending order. */
  const position = (count, percentile) => Math.min(Math.floor((count - 1) * (percentile / 100)), count - 1);

  function lowerBound(sorted, value) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  /** The hot cells of one map, the riskiest first, equal ones from the south-west on, and what they exceed. */
  function hotCells(data, risk, at) {
    const sorted = Float32Array.from(data.inner, cell => risk[cell]).sort();
    const threshold = at < 0 ? -1 : sorted[at], columns = data.grid.columns;
    const order = cell => (data.grid.rows - 1 - Math.floor(cell / columns)) * columns + cell % columns;
    return {
      threshold: Math.max(threshold, 0),
      cells: data.inner.filter(cell => risk[cell] > threshold).sort((a, b) => risk[b] - risk[a] || order(a) - order(b)),
    };
  }

  /** How many cells of every scored period rank below those with incidents: from this follow the hits at every threshold. */
  class Scores {
    static async of(data, codes, classIndex, isCurrent) {
      const scores = new Scores(), size = data.inner.length;
      Object.assign(scores, { data, classIndex, size, events: 0, periods: 0, seen: [] });
      // hits[i] and hot[i]: incidents and cells that are hot where position i is the threshold.
      scores.hits = new Float64Array(size + 1);
      scores.hot = new Float64Array(size + 1);
      for (let t = 0, began = performance.now(); t < data.periods; t++) {
        if (data.isScored(t))
          scores.addPeriod(t, codes.subarray(t * data.cells, (t + 1) * data.cells));
        if (performance.now() - began > 12) {
          await new Promise(resolve => setTimeout(resolve));
          if (!isCurrent())
            return null;
          began = performance.now();
        }
      }
      for (let i = size - 1; i >= 0; i--) {
        scores.hits[i] += scores.hits[i + 1];
        scores.hot[i] += scores.hot[i + 1];
      }
      return scores;
    }

    addPeriod(t, codes) {
      const sorted = Uint16Array.from(this.data.inner, cell => codes[cell]).sort();
      for (let first = 0, end = 0; first < this.size; first = end) {
        while (end < this.size && sorted[end] === sorted[first])
          end++;
        this.hot[first] += end - first;
      }
      const counts = this.data.counts(this.classIndex, t, t + 1);
      for (const cell of this.data.inner) {
        if (counts[cell] === 0)
          continue;
        const below = lowerBound(sorted, codes[cell]);
        this.hits[below] += counts[cell];
        this.events += counts[cell];
        this.seen.push({ t, below, count: counts[cell] });
      }
      this.periods++;
    }

    /** Hits and hot cells over all scored periods: hot is what ranks above the position that each period's threshold has. */
    at(positionOf) {
      const first = positionOf(0);
      if (positionOf.isSame)
        return { hits: this.hits[first + 1], hot: this.hot[first + 1] };
      let hits = 0, hot = 0;
      for (let t = 0; t < this.data.periods; t++)
        hot += this.data.isScored(t) ? this.size - 1 - positionOf(t) : 0;
      for (const event of this.seen)
        hits += event.below > positionOf(event.t) ? event.count : 0;
      return { hits, hot };
    }
  }

  /** The position of the threshold in each period: of its own percentile, or of the model's stored one. */
  function positions(data, classIndex, percentile, isStored) {
    const size = data.inner.length;
    if (!isStored)
      return Object.assign(() => position(size, percentile), { isSame: true });
    const stored = data.thresholds.percentiles, column = stored.indexOf(percentile);
    return t => size - 1 - data.thresholds.hot[(t * data.classes.length + classIndex) * stored.length + column];
  }

  /** The level of every cell of a map: how many of the four cut points it exceeds. */
  function levels(data, risk, positionsOfCuts) {
    const sorted = Float32Array.from(data.inner, cell => risk[cell]).sort();
    const cuts = positionsOfCuts.map(at => at < 0 ? -1 : sorted[at]);
    return Uint8Array.from(risk, value => cuts.reduce((level, cut) => level + (value > cut ? 1 : 0), 0));
  }

  Hotspot.Scores = { Scores, hotCells, positions, levels };
})();
