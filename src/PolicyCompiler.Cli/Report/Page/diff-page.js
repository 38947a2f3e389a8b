// Views and filters of the page.
let current = 'both';

// back: what leads to where the difference was chosen from.
function select(d, back) {
  selected = d;
  if (drawing) markDifference(d);
  markRow(d);
  if (d) showDifference(d, back);
}

function deselect() { select(null); showHelp(); }

function redraw() {
  const list = shownDifferences();
  const view = document.getElementById('view');
  tip(null);
  markTab(current);
  view.setAttribute('aria-labelledby', `tab-${current}`);
  view.className = current;
  document.getElementById('shown').textContent = list.length < differences.length ? `${list.length.toLocaleString('en-US')} of ${plural(differences.length, 'difference')} shown` : '';
  if (selected && !list.includes(selected)) deselect();
  drawTable(document.getElementById('table-pane'), list);
  if (current === 'table') { drawing?.destroy(); drawing = null; document.getElementById('view-options').replaceChildren(); }
  else drawGraph(document.getElementById('graph-pane'), list);
}

function readFilters() {
  filter.kinds = new Set([...document.querySelectorAll('#filter-kinds input:checked')].map(i => i.value));
  filter.text = document.getElementById('filter-text').value.trim().toLowerCase();
  filter.hideTolerated = document.getElementById('hide-tolerated').checked;
  redraw();
}

function showHead() {
  const [before, after] = data.sides;
  document.title = `Policy differences: ${before} → ${after}`;
  document.getElementById('sides').append(element('b', {}, before), ' → ', element('b', {}, after));
  const gaps = document.getElementById('gaps');
  if (data.gaps.length) gaps.append(element('strong', {}, 'Not every flow was compared. There may be differences that are not listed: '), `${data.gaps.join('; ')} (NP0055).`);
  else gaps.remove();
  const tolerated = differences.filter(d => d.isTolerated).length;
  document.getElementById('counts').append(...data.kinds.map(k => [k, differences.filter(d => d.kind === k).length]).filter(([, count]) => count)
    .map(([k, count]) => kindChip(k, count.toLocaleString('en-US'))),
    ...(tolerated ? [element('span', { class: 'kind' }, `${tolerated.toLocaleString('en-US')} of them tolerated`)] : []));
  const compared = `${plural(data.classes, 'class').replace(/classs$/, 'classes')} of sources × as many of destinations, every protocol and port; ${plural(data.workloads, 'workload')}`;
  document.getElementById('proof').textContent = `Compared: ${compared}.${data.gaps.length ? '' : differences.length ? ' What is not listed is the same.' : ''}`;
}

function showNothing() {
  for (const id of ['filters', 'panel', 'counts']) document.getElementById(id).remove();
  document.querySelector('nav').remove();
  document.querySelector('main').className = 'alone';
  const view = document.getElementById('view');
  view.className = 'nothing';
  view.replaceChildren(element('h2', { id: 'nothing', class: data.gaps.length ? 'partial' : '' }, data.gaps.length ? 'No difference was found in what was compared' : 'No difference in any flow'),
    element('p', {}, data.gaps.length ? 'This is no proof: see above.' : 'Both sides decide every flow between all workloads, nodes, addresses and names in the same way. The texts of the policies may still differ.'));
}

function start() {
  showHead();
  if (differences.length === 0) return showNothing();
  document.getElementById('filter-kinds').append(...data.kinds.filter(k => differences.some(d => d.kind === k))
    .map(k => element('label', { class: 'check' }, element('input', { type: 'checkbox', value: k, checked: true }), ' ', kindChip(k))));
  document.getElementById('filter-tolerated').hidden = !differences.some(d => d.isTolerated);
  let timer = 0;
  const filters = document.getElementById('filters');
  filters.addEventListener('input', event => {
    if (event.target.closest('#view-options')) return;
    clearTimeout(timer);
    timer = setTimeout(readFilters, event.target.type === 'search' ? 250 : 0);
  });
  filters.addEventListener('submit', event => event.preventDefault());
  document.getElementById('clear').addEventListener('click', () => { filters.reset(); readFilters(); deselect(); });
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && event.target.type !== 'search') deselect(); });
  listenToTabs(name => { current = name; redraw(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  showHelp();
  redraw();
}

start();
