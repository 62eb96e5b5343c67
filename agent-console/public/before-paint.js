// Runs before the first paint, so that a chosen theme, density or direction never flashes. Keys as in lib/preferences.ts.
(function () {
  try {
    var saved = JSON.parse(localStorage.getItem('trunkline.preferences') || '{}');
    var chosen = saved.state || {};
    var html = document.documentElement;
    html.dataset.theme = chosen.theme || 'system';
    html.dataset.contrast = chosen.contrast || 'normal';
    html.dataset.density = chosen.density || 'comfortable';
    if (chosen.language) html.lang = chosen.language;
    if (chosen.language === 'en-XB') html.dir = 'rtl';
  } catch (error) {
    document.documentElement.dataset.theme = 'system';
  }
})();
