'use strict';

(() => {
  const { Colors } = Hotspot;
  const LENGTH = 60;

  /** The past of one cell: its risk as a line, its incidents as bars beneath. */
  function sparkline(canvas, data, codes, classIndex, cell, frame, colors) {
    const ratio = window.devicePixelRatio || 1, width = 220, height = 56, bars = 14;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const first = Math.max(0, Math.min(frame.first, frame.end - LENGTH)), count = frame.end - first, step = width / count;
    const incidents = new Float64Array(count), isOfClass = data.isOfClass[classIndex];
    for (let t = first; t < frame.end; t++) {
      for (let i = data.firstOf[t]; i < data.firstOf[t + 1]; i++)
        incidents[t - first] += data.cellOf[i] === cell && isOfClass[data.groupOf[i]] ? 1 : 0;
    }
    context.fillStyle = colors.shade;
    context.fillRect((frame.first - first) * step, 0, (frame.end - frame.first) * step, height);
    const room = codes ? bars : height, most = Math.max(1, ...incidents);
    context.fillStyle = colors.incident;
    incidents.forEach((number, i) => {
      if (number > 0)
        context.fillRect(i * step, height - room * number / most, Math.max(1, step - 0.5), room * number / most);
    });
    if (!codes)
      return { first, most, highest: 0 };
    const risk = Float64Array.from(incidents, (_, i) => data.riskOfCode[codes[(first + i) * data.cells + cell]]);
    const highest = risk.reduce((a, b) => Math.max(a, b), 0), line = height - bars - 4;
    context.beginPath();
    risk.forEach((value, i) => context.lineTo((i + 0.5) * step, 2 + (line - 2) * (1 - (highest > 0 ? value / highest : 0))));
    context.strokeStyle = colors.risk;
    context.lineWidth = 1.5;
    context.stroke();
    return { first, most, highest };
  }

  /** What is known of one cell, in lines of text. */
  function describe(data, scene, cell) {
    const columns = data.grid.columns, row = Math.floor(cell / columns), column = cell % columns;
    const [south, west, north, east] = data.bounds(cell), lines = [];
    lines.push(`cell ${cell}: row ${row}, column ${column}`);
    lines.push(`${((south + north) / 2).toFixed(5)}, ${((west + east) / 2).toFixed(5)}`);
    if (scene.risk) {
      const rank = scene.risk.reduce((above, value) => above + (value > scene.risk[cell] ? 1 : 0), 1);
      lines.push(`${Colors.percent(scene.risk[cell])} chance of an incident`);
      lines.push(`${Hotspot.LEVELS[scene.levels[cell]]}, rank ${rank} of ${data.cells}${scene.hot.has(cell) ? ', hot' : ''}`);
    }
    lines.push(scene.frame.isKnown ? `${scene.counts[cell]} incident${scene.counts[cell] === 1 ? '' : 's'} in this ${scene.unit}`
      : 'what happens is not known yet');
    return lines;
  }

  /** A box with a cell's facts and past. */
  class CellBox {
    constructor(element) {
      this.element = element;
      this.lines = element.querySelector('.lines');
      this.canvas = element.querySelector('canvas');
      this.caption = element.querySelector('.caption');
    }

    show(data, scene, cell) {
      this.element.hidden = cell < 0;
      if (cell < 0)
        return;
      this.lines.replaceChildren(...describe(data, scene, cell).map(text => {
        const line = document.createElement('div');
        line.textContent = text;
        return line;
      }));
      const { first, highest, most } = sparkline(this.canvas, data, scene.codes, scene.classIndex, cell, scene.frame, scene.spark);
      const past = `${scene.frame.end - first} periods from ${Hotspot.Frames.day(data.times[first])}`;
      this.caption.textContent = scene.codes ? `${past}: risk up to ${Colors.percent(highest)}; bars: incidents, up to ${most}`
        : `${past}: incidents, up to ${most}`;
    }
  }

  Hotspot.LEVELS = ['very low', 'low', 'moderate', 'high', 'very high'];
  Hotspot.CellBox = CellBox;
})();
