// Views and filters of the page.
const views = { graph: drawGraph, matrix: drawMatrix, list: drawList, exposure: drawExposure };
let current = endUnitsAreMany() ? 'matrix' : 'graph';

function endUnitsAreMany() { return ends.length > MOST_NODES * 3; }

function redraw() {
  const view = document.getElementById('view');
  tip(null);
  markTab(current);
  view.setAttribute('aria-labelledby', `tab-${current}`);
  views[current](view);
}

function update() {
  resetFilter();
  const focus = document.getElementById('focus');
  focus.replaceChildren(...(filter.focus ? [element('button', { type: 'button', 'aria-label': `Remove the focus on ${filter.focus.label}`, onclick: () => { filter.focus = null; update(); } },
    `focus: ${filter.focus.direction ? `${filter.focus.direction} ` : ''}${filter.focus.label} ×`)] : []));
  const asked = data.asked ? `, ${data.asked} only` : '';
  document.getElementById('summary').textContent = `${plural(ends.length, data.level)} in ${plural(namespaces.length, 'namespace')}, ${plural(countShown(), 'connection')}${isFiltered() ? ' shown' : ''}${asked}`;
  redraw();
}

function readFilters() {
  const value = id => document.getElementById(id).value.trim();
  filter.namespace = +value('filter-namespace');
  filter.end = value('filter-end').toLowerCase();
  filter.policy = value('filter-policy').toLowerCase();
  filter.outside = document.getElementById('filter-outside').checked;
  const port = document.getElementById('filter-port');
  const parsed = port.value.trim() ? parsePort(port.value) : null;
  port.setCustomValidity(parsed === undefined ? 'Write 443, TCP/443, UDP/8000-8090 or SCTP.' : '');
  if (parsed === undefined) return port.reportValidity();
  filter.port = parsed;
  update();
}

function start() {
  document.getElementById('word-end').textContent = data.level === 'pod' ? 'Pod' : 'Workload';
  document.getElementById('filter-namespace').append(element('option', { value: '-1' }, 'all'), ...namespaces.map(n => element('option', { value: n.index }, n.name)));
  document.getElementById('policies').append(...[...data.policies].sort().slice(0, 2000).map(p => element('option', { value: p })));
  document.getElementById('tab-exposure').hidden = !data.exposure;
  let timer = 0;
  document.getElementById('filters').addEventListener('input', event => {
    if (event.target.closest('#view-options')) return;
    clearTimeout(timer);
    timer = setTimeout(readFilters, event.target.type === 'search' ? 250 : 0);
  });
  document.getElementById('filters').addEventListener('submit', event => event.preventDefault());
  document.getElementById('clear').addEventListener('click', () => { filter.focus = null; document.getElementById('filters').reset(); readFilters(); showHelp(); });
  listenToTabs(name => { current = name; redraw(); });
  window.addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(() => { if (current === 'matrix' && matrix) { fitMatrix(); paint(); } }, 100); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  if (data.focus.length) filter.focus = { ends: new Set(data.focus), direction: data.direction, label: data.focus.length === 1 ? ends[data.focus[0]].text : plural(data.focus.length, data.level) };
  showHelp();
  update();
}

start();
