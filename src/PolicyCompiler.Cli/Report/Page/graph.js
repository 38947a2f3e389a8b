// The graph: namespaces as boxes, and edges that are taken together where they can be.
const MOST_NODES = 260;
const MOST_EDGES = 900;
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
  const edges = mergedEdges(units);
  if (units.length > MOST_NODES * 3 || edges.length > MOST_EDGES) {
    return note(view, `${plural(units.length, asNamespaces ? 'namespace' : data.level)} with ${plural(edges.length, 'edge')} are too many for a graph that can be read. Choose a namespace, a port or a policy, or look at the matrix.`);
  }

  const box = element('div', { id: 'graph', role: 'img', 'aria-label': `Graph of ${plural(units.length, 'node')}; the list has the same connections` });
  view.classList.add('drawn');
  view.replaceChildren(box, element('div', { class: 'legend' }, legendMark('--all'), 'all ports', legendMark('--edge'), 'some ports',
    ...(edges.some(e => e.from === 'all' || e.to === 'all') ? [legendMark('--hub'), isFiltered() ? '“all shown”: every node here' : '“whole cluster”: every node'] : [])), tools());
  const placed = place(units, edges);
  const nodes = [...new Set(units.map(u => u.parent).filter(p => p))].map(p => ({ data: { id: p, label: data.namespaces[+p.slice(2)] }, classes: 'box' }));
  for (const unit of units) {
    nodes.push({ data: { id: unit.key, parent: unit.parent ?? undefined, label: shorten(unit.label), width: nodeWidth(unit) }, position: placed.get(unit.key), classes: unit.parent ? 'end' : 'end namespace' });
  }
  const used = new Set(edges.flatMap(e => [e.from, e.to]));
  if (used.has('all')) nodes.push({ data: { id: 'all', label: isFiltered() ? 'all shown' : 'whole cluster', width: 110 }, position: placed.get('all'), classes: 'hub' });
  if (used.has('outside')) nodes.push({ data: { id: 'outside', label: 'outside', width: 90 }, position: placed.get('outside'), classes: 'outside' });
  const labelled = edges.length <= 60;
  drawing = cytoscape({
    container: box,
    elements: { nodes, edges: edges.map((e, i) => ({ data: { id: `x${i}`, source: e.from, target: e.to, ports: e.ports.text, label: labelled ? shorten(e.ports === everything ? 'all' : e.ports.text, 26) : '' }, classes: e.ports === everything ? 'all' : '' })) },
    style: graphStyle(),
    layout: { name: 'preset', padding: 24 },
    minZoom: 0.05, maxZoom: 3, wheelSensitivity: 0.25, autoungrabify: false, boxSelectionEnabled: false,
  });
  drawing.on('tap', 'edge', event => chooseEdge(edges[+event.target.id().slice(1)], units));
  drawing.on('tap', 'node', event => {
    const id = event.target.id();
    mark(event.target.connectedEdges());
    if (id.startsWith('e:')) showEnd(ends[+id.slice(2)]);
    else if (id.startsWith('n:')) showNamespace(namespaces[+id.slice(2)]);
  });
  drawing.on('tap', event => { if (event.target === drawing) { mark(null); showHelp(); } });
  drawing.on('mouseover', 'edge', event => tip(event.renderedPosition, `${nodeName(event.target.source())} → ${nodeName(event.target.target())}\n${event.target.data('ports')}`));
  drawing.on('mouseover', 'node.end', event => tip(event.renderedPosition, units.find(u => u.key === event.target.id()).ends.map(e => e.text).slice(0, 1).join()));
  drawing.on('mouseout', () => tip(null));
  window.report = { ...window.report, graph: drawing };
}

function isFiltered() { return filter.namespace >= 0 || filter.end || filter.port || filter.policy || filter.focus; }

function nodeName(node) { return node.id().startsWith('e:') ? ends[+node.id().slice(2)].text : node.data('label'); }

function chooseEdge(edge, units) {
  mark(drawing.edges().filter(e => e.source().id() === edge.from && e.target().id() === edge.to && e.data('ports') === edge.ports.text));
  const { rows, total } = rowsOf(edge, units, 200);
  const name = key => key === 'all' ? (isFiltered() ? 'all shown' : 'whole cluster') : key === 'outside' ? OUTSIDE.text : key.startsWith('n:') ? `namespace ${data.namespaces[+key.slice(2)]}` : ends[+key.slice(2)].text;
  showRows(`${name(edge.from)} → ${name(edge.to)}`, rows, total);
}

function mark(chosen) {
  drawing.elements().removeClass('chosen faded');
  if (!chosen) return;
  drawing.edges().not(chosen).addClass('faded');
  chosen.addClass('chosen');
}

function showNamespace(ns) {
  panel.replaceChildren(
    element('h2', {}, `namespace ${ns.name}`),
    element('p', {}, plural(ns.ends.length, data.level)),
    element('button', { type: 'button', class: 'plain', onclick: () => { graphLevel = 'auto'; document.getElementById('filter-namespace').value = ns.index; readFilters(); } }, 'Show only this namespace'),
    element('ul', { class: 'rows' }, ...ns.ends.slice(0, 200).map(end => element('li', {}, element('button', { type: 'button', onclick: () => showEnd(end) }, end.name, ' ', element('small', {}, end.kind))))));
}

function shorten(text, most = 22) { return text.length <= most ? text : `${text.slice(0, most - 1)}…`; }

function nodeWidth(unit) { return Math.max(64, 14 + 7.2 * shorten(unit.label).length); }

// Positions follow from the data alone. Boxes go into columns by how far they are from where connections come in, so that
// most edges lead to the right; within a column they are ordered by where their neighbours are.
function place(units, edges) {
  const boxes = new Map();
  for (const unit of units) boxes.set(unit.parent ?? unit.key, [...(boxes.get(unit.parent ?? unit.key) ?? []), unit]);
  const used = new Set(edges.flatMap(e => [e.from, e.to]));
  for (const extra of ['all', 'outside']) if (used.has(extra)) boxes.set(extra, []);
  const boxOf = key => boxes.has(key) ? key : units.find(u => u.key === key)?.parent ?? key;
  const links = new Map();
  for (const edge of edges) {
    const [a, b] = [boxOf(edge.from), boxOf(edge.to)];
    if (a !== b) links.set(`${a}>${b}`, [a, b]);
  }
  const sizes = new Map([...boxes].map(([key, list]) => [key, boxSize(list)]));
  const columns = spread(ranks([...boxes.keys()], [...links.values()]), sizes);
  orderColumns(columns, [...links.values()]);
  const positions = new Map();
  let x = 0;
  for (const column of columns) {
    const width = Math.max(...column.map(k => sizes.get(k).width));
    const height = column.reduce((sum, k) => sum + sizes.get(k).height + 70, -70);
    let y = -height / 2;
    for (const key of column) {
      const size = sizes.get(key);
      putInside(boxes.get(key), size, x + (width - size.width) / 2, y, positions, key);
      y += size.height + 70;
    }
    x += width + 150;
  }
  return positions;
}

function boxSize(list) {
  if (list.length === 0) return { width: 110, height: 34, columns: 1, cell: 110 };
  const cell = Math.max(...list.map(nodeWidth)) + 26;
  const columns = Math.max(1, Math.round(Math.sqrt(list.length * 62 / cell)));
  return { cell, columns, width: columns * cell, height: Math.ceil(list.length / columns) * 58 };
}

function putInside(list, size, x, y, positions, key) {
  if (list.length === 0) positions.set(key, { x: x + size.width / 2, y: y + size.height / 2 });
  list.forEach((unit, i) => positions.set(unit.key, {
    x: x + (i % size.columns + 0.5) * size.cell + (Math.floor(i / size.columns) % 2 ? 9 : -9) * (size.columns > 1 ? 1 : 0),
    y: y + (Math.floor(i / size.columns) + 0.5) * 58,
  }));
}

// Longest way from a start, edges that close a circle left out.
function ranks(keys, links) {
  const next = new Map(keys.map(k => [k, []]));
  for (const [a, b] of links) next.get(a).push(b);
  const incoming = new Map(keys.map(k => [k, 0]));
  for (const [, b] of links) incoming.set(b, incoming.get(b) + 1);
  const order = [...keys].sort((a, b) => (b === 'outside') - (a === 'outside') || (b === 'all') - (a === 'all')
    || (incoming.get(a) - next.get(a).length) - (incoming.get(b) - next.get(b).length) || (a < b ? -1 : 1));
  const position = new Map(order.map((k, i) => [k, i]));
  const rank = new Map(order.map(k => [k, 0]));
  for (const key of order) {
    for (const to of next.get(key)) if (position.get(to) > position.get(key)) rank.set(to, Math.max(rank.get(to), rank.get(key) + 1));
  }
  return rank;
}

// Ranks as columns of about the height that the picture has the best shape with.
function spread(rank, sizes) {
  const area = [...sizes.values()].reduce((sum, s) => sum + (s.width + 150) * (s.height + 70), 0);
  const most = Math.max(Math.sqrt(area / 1.5), ...[...sizes.values()].map(s => s.height));
  const byRank = [];
  for (const [key, r] of rank) (byRank[r] ??= []).push(key);
  const columns = [[]];
  let height = 0;
  for (const keys of byRank.filter(k => k)) {
    const total = keys.reduce((sum, k) => sum + sizes.get(k).height + 70, 0);
    // A rank that is short on its own shares no column unless there are many ranks.
    if (columns.at(-1).length > 0 && (byRank.length < 7 || height + total > most)) { columns.push([]); height = 0; }
    for (const key of keys) {
      if (height > 0 && height + sizes.get(key).height > most) { columns.push([]); height = 0; }
      columns.at(-1).push(key);
      height += sizes.get(key).height + 70;
    }
  }
  return columns;
}

function orderColumns(columns, links) {
  const neighbours = new Map(columns.flat().map(k => [k, []]));
  for (const [a, b] of links) { neighbours.get(a).push(b); neighbours.get(b).push(a); }
  for (let round = 0; round < 6; round++) {
    const place = new Map(columns.flatMap(c => c.map((k, i) => [k, (i + 0.5) / c.length])));
    for (const column of columns) {
      const weight = k => { const near = neighbours.get(k).filter(n => !column.includes(n)); return near.length ? near.reduce((s, n) => s + place.get(n), 0) / near.length : place.get(k); };
      const weights = new Map(column.map(k => [k, weight(k)]));
      column.sort((a, b) => weights.get(a) - weights.get(b) || (a < b ? -1 : 1));
    }
  }
}

function graphStyle() {
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = { 'font-family': 'system-ui, DejaVu Sans, sans-serif', color: color('--text') };
  return [
    { selector: 'node', style: { ...font, label: 'data(label)', 'font-size': 12 } },
    { selector: 'node.end', style: { shape: 'round-rectangle', width: 'data(width)', height: 30, 'text-valign': 'center', 'background-color': color('--node'), 'border-width': 1, 'border-color': color('--node-line') } },
    { selector: 'node.namespace', style: { 'background-color': color('--box'), 'border-color': color('--box-line'), 'font-weight': 600 } },
    { selector: 'node.box', style: { shape: 'round-rectangle', 'background-color': color('--box'), 'border-width': 1, 'border-color': color('--box-line'), padding: 18, 'text-valign': 'top', 'text-margin-y': -4, 'font-weight': 600, 'font-size': 13 } },
    { selector: 'node.hub', style: { shape: 'round-rectangle', width: 'data(width)', height: 32, 'text-valign': 'center', 'background-color': color('--hub'), 'border-width': 2, 'border-color': color('--node-line'), 'font-weight': 600 } },
    { selector: 'node.outside', style: { shape: 'round-octagon', width: 'data(width)', height: 34, 'text-valign': 'center', 'background-color': color('--outside'), 'border-width': 1.5, 'border-color': color('--outside-line'), 'font-weight': 600 } },
    { selector: 'edge', style: { ...font, label: 'data(label)', 'font-size': 10, 'text-rotation': 'autorotate', 'text-background-color': color('--back'), 'text-background-opacity': 0.85, 'text-background-padding': 2, 'curve-style': 'bezier', width: 1.4, 'line-color': color('--edge'), 'target-arrow-color': color('--edge'), 'target-arrow-shape': 'triangle', 'arrow-scale': 0.9, 'line-opacity': 0.75 } },
    { selector: 'edge.all', style: { 'line-color': color('--all'), 'target-arrow-color': color('--all') } },
    { selector: 'edge:loop', style: { 'loop-direction': '-45deg', 'loop-sweep': '60deg' } },
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
    element('button', { class: 'plain', type: 'button', onclick: () => drawing.fit(undefined, 24) }, 'Fit'));
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
