// The graph: namespaces as boxes, and edges that are taken together where they can be.
const MOST_NODES = 260;
const MOST_EDGES = 700;
const MOST_WITH_OUTSIDE = 70;
const MOST_LABELS = 24;
let drawing = null;
let graphLevel = 'auto';

function drawGraph(view) {
  drawing?.destroy();
  drawing = null;
  const detailed = endUnits();
  const asNamespaces = graphLevel === 'namespace' || (graphLevel === 'auto' && detailed.length > MOST_NODES);
  const units = asNamespaces ? namespaceUnits() : detailed;
  options(['auto', 'Automatic'], ['end', data.level === 'pod' ? 'Pods' : 'Workloads'], ['namespace', 'Namespaces']);
  if (units.length === 0) return note(view, 'No connection passes the filters.');
  if (units.length > MOST_NODES * 3) {
    return note(view, `${plural(units.length, asNamespaces ? 'namespace' : 'node')} are too many for a graph that can be read. Choose a namespace, a port or a policy, or look at the matrix.`);
  }

  const all = mergedEdges(units);
  // Where edges are many, those from and to the outside are marks on the nodes; and of too many edges those of one node are drawn.
  const marks = all.length > MOST_WITH_OUTSIDE ? outsideMarks(all) : null;
  const edges = marks ? all.filter(e => e.from !== 'outside' && e.to !== 'outside') : all;
  const onDemand = edges.length > MOST_EDGES;

  const box = element('div', { id: 'graph', role: 'img', 'aria-label': `Graph of ${plural(units.length, 'node')}; the list has the same connections` });
  view.classList.add('drawn');
  view.replaceChildren(box, element('div', { class: 'legend' }, legendMark('--all'), 'all ports', legendMark('--edge'), 'some ports',
    ...(edges.some(e => e.from === 'all' || e.to === 'all') ? [legendMark('--hub'), `“${hubName()}”: every node here`] : []),
    ...(marks ? [legendMark('--outside-line'), '↓ accepts from outside, ↑ may connect outside'] : []),
    ...(onDemand ? [`. ${plural(edges.length, 'edge')}: choose a node to see its own.`] : [])), tools());
  const labelled = edges.length <= MOST_LABELS;
  const { positions: placed, bends } = place(units, onDemand ? [] : edges, labelled ? Math.min(190, 40 + 6 * Math.max(0, ...edges.map(e => edgeLabel(e).length))) : GAP.inner);
  const nodes = [...new Set(units.map(u => u.parent).filter(p => p))].map(p => ({ data: { id: p, label: data.namespaces[+p.slice(2)], name: data.namespaces[+p.slice(2)] }, classes: 'box' }));
  for (const unit of units) {
    nodes.push({ data: { id: unit.key, parent: unit.parent ?? undefined, label: nodeLabel(unit, marks), name: unitText(unit), width: nodeWidth(unit) }, position: placed.get(unit.key), classes: `end ${unit.parent ? '' : 'namespace'} ${marks?.has(unit.key) ? 'open' : ''}` });
  }
  const used = new Set(edges.flatMap(e => [e.from, e.to]));
  if (used.has('all')) nodes.push({ data: { id: 'all', label: hubName(), name: hubName(), width: 110 }, position: placed.get('all'), classes: 'hub' });
  if (used.has('outside')) nodes.push({ data: { id: 'outside', label: 'outside', name: OUTSIDE.text, width: 90 }, position: placed.get('outside'), classes: 'outside' });
  drawing = cytoscape({
    container: box,
    elements: { nodes, edges: onDemand ? [] : edges.map(edgeElement) },
    style: graphStyle(),
    layout: { name: 'preset', padding: 24 },
    minZoom: 0.05, maxZoom: 3, boxSelectionEnabled: false,
  });
  fitGraph();
  drawing.on('tap', 'edge', event => chooseEdge(edges[+event.target.id().slice(1)], units));
  drawing.on('tap', 'node', event => {
    const id = event.target.id();
    if (onDemand) { drawing.edges().remove(); drawing.add(edges.map(edgeElement).filter(e => e.data.source === id || e.data.target === id)); }
    mark(event.target.connectedEdges());
    if (id.startsWith('e:')) showUnit(units.find(u => u.key === id));
    else if (id.startsWith('n:')) showNamespace(namespaces[+id.slice(2)]);
  });
  drawing.on('tap', event => { if (event.target === drawing) { mark(null); showHelp(); } });
  drawing.on('mouseover', 'edge', event => tip(event.renderedPosition, `${event.target.source().data('name')} → ${event.target.target().data('name')}\n${event.target.data('ports')}`));
  drawing.on('mouseover', 'node.end', event => tip(event.renderedPosition, unitText(units.find(u => u.key === event.target.id()))));
  drawing.on('mouseout', () => tip(null));
  window.report = { ...window.report, graph: drawing };

  function edgeElement(e, i) {
    return { data: { id: `x${i}`, source: e.from, target: e.to, ports: e.ports.text, label: labelled ? edgeLabel(e) : '', bend: bends[i] ?? 0 }, classes: `${bends[i] ? 'bent' : ''} ${e.from === e.to && e.from.startsWith('e:') ? 'self' : ''} ${e.ports === everything ? 'all' : ''} ${edges.length > MOST_WITH_OUTSIDE ? 'thin' : ''}` };
  }
}

function edgeLabel(edge) { return shorten(edge.ports === everything ? 'all' : edge.ports.text, 26); }

// By node: which ways to the outside are open.
function outsideMarks(edges) {
  const marks = new Map();
  const add = (key, sign) => { if (!marks.get(key)?.includes(sign)) marks.set(key, (marks.get(key) ?? '') + sign); };
  for (const edge of edges) {
    if (edge.from === 'outside') add(edge.to, '↓');
    if (edge.to === 'outside') add(edge.from, '↑');
  }
  return marks;
}

function nodeLabel(unit, marks) {
  const signs = ['↓', '↑'].filter(sign => [unit.key, unit.parent, 'all'].some(key => marks?.get(key)?.includes(sign))).join('');
  return shorten(unit.label) + (signs ? ` ${signs}` : '');
}

function hubName() { return isFiltered() ? 'all shown' : 'whole cluster'; }

function isFiltered() { return filter.namespace >= 0 || filter.end || filter.port || filter.policy || filter.focus; }

function unitText(unit) { return unit.parent ? `${data.namespaces[unit.namespace]}/${unit.label}` : unit.label; }

function fitGraph() {
  drawing.fit(undefined, 32);
  if (drawing.zoom() > 1.25) { drawing.zoom(1.25); drawing.center(); }
}

function showUnit(unit) {
  if (unit.ends.length === 1) return showEnd(unit.ends[0]);
  showEnds(unitText(unit), `${plural(unit.ends.length, data.level)} with the same connections`, unit.ends);
}

function chooseEdge(edge, units) {
  mark(drawing.edges().filter(e => e.source().id() === edge.from && e.target().id() === edge.to && e.data('ports') === edge.ports.text));
  const { rows, total } = rowsOf(edge, units, 200);
  const name = key => key === 'all' ? hubName() : key === 'outside' ? OUTSIDE.text : key.startsWith('n:') ? `namespace ${data.namespaces[+key.slice(2)]}` : unitText(units.find(u => u.key === key));
  showRows(`${name(edge.from)} → ${name(edge.to)}`, rows, total);
}

function mark(chosen) {
  drawing.elements().removeClass('chosen faded');
  if (!chosen) return;
  drawing.edges().not(chosen).addClass('faded');
  chosen.addClass('chosen');
}

function showNamespace(ns) {
  showEnds(`namespace ${ns.name}`, plural(ns.ends.length, data.level), ns.ends,
    element('button', { type: 'button', class: 'plain', onclick: () => { graphLevel = 'auto'; document.getElementById('filter-namespace').value = ns.index; readFilters(); } }, 'Show only this namespace'));
}

function showEnds(title, words, list, ...more) {
  panel.replaceChildren(
    element('h2', {}, title), element('p', {}, words), ...more,
    element('ul', { class: 'rows' }, ...list.slice(0, 200).map(end => element('li', {}, element('button', { type: 'button', onclick: () => showEnd(end) }, end.name, ' ', element('small', {}, end.kind))))));
  panel.scrollTop = 0;
}

function shorten(text, most = 22) { return text.length <= most ? text : `${text.slice(0, most - 1)}…`; }

function nodeWidth(unit) { return Math.max(64, 34 + 7 * shorten(unit.label).length); }

function graphStyle() {
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = { 'font-family': 'system-ui, DejaVu Sans, sans-serif', color: color('--text') };
  return [
    { selector: 'node', style: { ...font, label: 'data(label)', 'font-size': 12 } },
    { selector: 'node.end', style: { shape: 'round-rectangle', width: 'data(width)', height: 30, 'text-valign': 'center', 'background-color': color('--node'), 'border-width': 1, 'border-color': color('--node-line') } },
    { selector: 'node.namespace', style: { 'background-color': color('--box'), 'border-color': color('--box-line'), 'font-weight': 600 } },
    { selector: 'node.box', style: { shape: 'round-rectangle', 'background-color': color('--box'), 'border-width': 1, 'border-color': color('--box-line'), padding: 18, 'text-valign': 'top', 'text-margin-y': -4, 'font-weight': 600, 'font-size': 13, 'text-background-color': color('--back'), 'text-background-opacity': 0.8, 'text-background-padding': 2 } },
    { selector: 'node.open', style: { 'border-color': color('--outside-line'), 'border-width': 1.6 } },
    { selector: 'node.hub', style: { shape: 'round-rectangle', width: 'data(width)', height: 32, 'text-valign': 'center', 'background-color': color('--hub'), 'border-width': 2, 'border-color': color('--node-line'), 'font-weight': 600 } },
    { selector: 'node.outside', style: { shape: 'round-octagon', width: 'data(width)', height: 34, 'text-valign': 'center', 'background-color': color('--outside'), 'border-width': 1.5, 'border-color': color('--outside-line'), 'font-weight': 600 } },
    { selector: 'edge', style: { ...font, label: 'data(label)', 'font-size': 10, 'text-rotation': 'autorotate', 'text-background-color': color('--back'), 'text-background-opacity': 0.85, 'text-background-padding': 2, 'curve-style': 'bezier', width: 1.4, 'line-color': color('--edge'), 'target-arrow-color': color('--edge'), 'target-arrow-shape': 'triangle', 'arrow-scale': 0.9, 'line-opacity': 0.75 } },
    { selector: 'edge.all', style: { 'line-color': color('--all'), 'target-arrow-color': color('--all') } },
    { selector: 'edge.bent', style: { 'curve-style': 'unbundled-bezier', 'control-point-distances': 'data(bend)', 'control-point-weights': 0.5 } },
    { selector: 'edge:loop', style: { 'loop-direction': '-45deg', 'loop-sweep': '60deg' } },
    { selector: 'edge.self', style: { 'control-point-step-size': 72 } },
    { selector: 'edge.thin', style: { width: 1, 'line-opacity': 0.45, 'arrow-scale': 0.7 } },
    { selector: '.faded', style: { opacity: 0.12 } },
    { selector: 'edge.chosen', style: { width: 3, 'line-opacity': 1, 'z-index': 10, label: 'data(ports)' } },
    { selector: ':active', style: { 'overlay-opacity': 0.1 } },
  ];
}

function legendMark(name) { const mark = element('i'); mark.style.background = `var(${name})`; return mark; }

function tools() {
  const zoom = factor => drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
  return element('div', { class: 'tools' },
    element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom in', onclick: () => zoom(1.3) }, '+'),
    element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom out', onclick: () => zoom(1 / 1.3) }, '−'),
    element('button', { class: 'plain', type: 'button', onclick: fitGraph }, 'Fit'));
}

// A choice beside the filters that only this view has.
function options(...choices) {
  const select = element('select', { 'aria-label': 'Nodes', onchange: event => { graphLevel = event.target.value; redraw(); } },
    ...choices.map(([value, text]) => element('option', { value, selected: value === graphLevel }, text)));
  document.getElementById('view-options').replaceChildren(element('label', {}, 'Nodes ', select));
}

function note(view, text) { view.classList.remove('drawn'); view.replaceChildren(element('p', { class: 'note' }, text)); }

let tipNode = null;
function tip(at, text) {
  tipNode?.remove();
  tipNode = null;
  if (!at) return;
  tipNode = element('div', { id: 'tip' }, text);
  const view = document.getElementById('view');
  view.append(tipNode);
  tipNode.style.left = `${Math.max(4, Math.min(at.x + 14, view.clientWidth - tipNode.offsetWidth - 8))}px`;
  tipNode.style.top = `${Math.max(4, Math.min(at.y + 14, view.clientHeight - tipNode.offsetHeight - 8))}px`;
}
