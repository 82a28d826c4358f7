'use strict';

(() => {
  const { Colors } = Hotspot;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className)
      made.className = className;
    if (text !== undefined)
      made.textContent = text;
    return made;
  }

  /** A strip of the scale's colours with its ends, and what it means. */
  function ramp(theme, maximum, text, format) {
    const strip = element('div', 'ramp'), ticks = element('div', 'ticks');
    strip.style.background = `linear-gradient(to right, ${Array.from({ length: 11 }, (_, i) => Colors.css(Colors.at(theme, i / 10)))})`;
    for (const share of [0, 0.5, 1])
      ticks.append(element('span', '', format(maximum * share)));
    return [strip, ticks, element('p', 'note', text)];
  }

  function levels(theme, text) {
    const meanings = ['the quietest quarter', 'the half above that', 'riskier than 75% of cells', 'than 91%', 'than 96%'];
    const lines = Hotspot.LEVELS.map((name, level) => {
      const line = element('div', 'level'), swatch = element('span', 'swatch');
      swatch.style.background = Colors.css(Colors.level(theme, level));
      line.append(swatch, `${name}: ${meanings[level]}`);
      return line;
    }).reverse();
    return [...lines, element('p', 'note', text)];
  }

  /** The kinds of incidents with their marks, each to be switched off. */
  function kinds(data, theme, isOn, changed) {
    return data.kinds.map((kind, index) => {
      const item = element('li'), label = element('label'), box = element('input'), sample = element('canvas');
      box.type = 'checkbox';
      box.checked = isOn[index];
      box.addEventListener('change', () => changed(index, box.checked));
      sample.width = sample.height = 32;
      sample.style.width = sample.style.height = '16px';
      const context = sample.getContext('2d');
      context.scale(2, 2);
      Colors.mark(context, index, 8, 8, 5, theme === 'dark' ? '#e6ebf0' : '#ffffff');
      label.append(box, sample, element('span', '', kind));
      item.append(label);
      return item;
    });
  }

  Hotspot.Legend = { element, ramp, levels, kinds };
})();
