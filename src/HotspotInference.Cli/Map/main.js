'use strict';

Hotspot.Data.load().then(async data => {
  const app = new Hotspot.App(data, Hotspot.settings());
  document.getElementById('title').textContent = data.title;
  document.getElementById('about').append(...Hotspot.Words.about(data).map(text => Hotspot.Legend.element('p', '', text)));
  Hotspot.Controls.bind(app);
  Hotspot.Keyboard.bind(app);
  await app.setClass(app.state.classIndex);
  // For scripts of the reader's own.
  window.hotspotMap = app;
  document.body.dataset.ready = 'true';
}).catch(failure => {
  document.getElementById('when').textContent = `This browser cannot show the map: ${failure.message}`;
  throw failure;
});
