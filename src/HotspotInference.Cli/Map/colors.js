'use strict';

(() => {
  // Points of matplotlib's magma (CC0): lightness goes one way only, so that it is read in grey and with colour-blind eyes. On dark
  // ground it runs the other way round: what stands out is always what is high.
  const LIGHT = ['fffef0', 'fee2aa', 'feaf77', 'fc8861', 'f1605d', 'd8456c', 'b73779', '942c80', '721f81', '50127b'];
  const DARK = ['171226', '2f1163', '51127c', '721f81', '942c80', 'b73779', 'd8456c', 'f1605d', 'feaf77', 'fcfdbf'];
  // Okabe and Ito (2008), without the yellow, and each with a shape of its own.
  const KINDS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#4d4d4d', '#999999'];
  const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down', 'plus', 'ring'];
  const parse = text => [0, 2, 4].map(at => parseInt(text.slice(at, at + 2), 16));
  const palettes = { light: LIGHT.map(parse), dark: DARK.map(parse) };

  /** The colour at a share of the scale, red, green and blue. */
  function at(theme, share) {
    const points = palettes[theme], place = Math.min(Math.max(share, 0), 1) * (points.length - 1);
    const index = Math.min(Math.floor(place), points.length - 2), part = place - index;
    return [0, 1, 2].map(i => Math.round(points[index][i] + (points[index + 1][i] - points[index][i]) * part));
  }

  const css = rgb => `rgb(${rgb.join(' ')})`;
  const level = (theme, index) => at(theme, [0, 0.18, 0.42, 0.68, 0.95][index]);

  /** The first round number that is not below a number above 0. */
  function roundUp(number) {
    const power = 10 ** Math.floor(Math.log10(number)), lead = number / power;
    return power * [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find(round => lead <= round * (1 + 1e-9));
  }

  /** A probability in words of three digits. */
  function percent(value) {
    if (value === 0)
      return '0%';
    const share = 100 * value;
    return `${share >= 100 ? '100' : share >= 0.001 ? share.toPrecision(3) : share.toExponential(1)}%`;
  }

  /** Draws the mark of a kind around a point. */
  function mark(context, kind, x, y, size, halo) {
    const shape = SHAPES[kind % SHAPES.length], color = KINDS[kind % KINDS.length];
    context.beginPath();
    if (shape === 'circle' || shape === 'ring') {
      context.arc(x, y, size, 0, 2 * Math.PI);
    } else if (shape === 'square') {
      context.rect(x - 0.85 * size, y - 0.85 * size, 1.7 * size, 1.7 * size);
    } else if (shape === 'cross' || shape === 'plus') {
      const turn = shape === 'cross' ? Math.PI / 4 : 0;
      for (let corner = 0; corner < 12; corner++) {
        const arm = Math.floor(corner / 3), part = corner % 3, angle = turn + arm * Math.PI / 2;
        const [along, across] = part === 2 ? [0.35, 0.35] : [1.15, part === 0 ? -0.35 : 0.35];
        context.lineTo(x + size * (along * Math.cos(angle) - across * Math.sin(angle)),
          y + size * (along * Math.sin(angle) + across * Math.cos(angle)));
      }
      context.closePath();
    } else {
      const corners = shape === 'diamond' ? 4 : 3, turn = shape === 'down' ? Math.PI / 2 : -Math.PI / 2;
      for (let corner = 0; corner < corners; corner++) {
        const angle = turn + corner * 2 * Math.PI / corners;
        context.lineTo(x + 1.2 * size * Math.cos(angle), y + 1.2 * size * Math.sin(angle));
      }
      context.closePath();
    }
    context.lineWidth = size < 4 ? 1.5 : 2.5;
    context.strokeStyle = halo;
    context.stroke();
    context.fillStyle = shape === 'ring' ? halo : color;
    context.fill();
    if (shape === 'ring') {
      context.lineWidth = 1.5;
      context.strokeStyle = color;
      context.stroke();
    }
  }

  Hotspot.Colors = { at, css, level, roundUp, percent, mark };
})();
