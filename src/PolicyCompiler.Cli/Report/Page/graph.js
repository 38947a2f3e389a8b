// The graph: namespaces as boxes, and edges that are taken together where they can be.
const MOST_NODES = 260;
const MOST_EDGES = 700;
const MOST_LABELS = 24;
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

function legendMark(name) { const mark = element('i'); mark.style.background = `var(${name})`; return mark; }

// A choice beside the filters that only this view has.
function options(...choices) {
  const select = element('select', { 'aria-label': 'Nodes', onchange: event => { graphLevel = event.target.value; redraw(); } },
    ...choices.map(([value, text]) => element('option', { value, selected: value === graphLevel }, text)));
  document.getElementById('view-options').replaceChildren(element('label', {}, 'Nodes ', select));
}
