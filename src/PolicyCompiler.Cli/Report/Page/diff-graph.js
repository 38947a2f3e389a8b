// The graph: namespaces as boxes, and what becomes of the flows between their nodes as edges.
const MOST_NODES = 60;
const MOST_LABELS = 16;
const LINES = { widened: 'solid', narrowed: 'dashed', changed: 'dotted', added: 'solid', removed: 'dashed' };
const ARROWS = { widened: 'triangle', narrowed: 'tee', changed: 'diamond', added: 'vee', removed: 'tee' };
const DASHES = { narrowed: [7, 4], removed: [2, 5] };
let graphLevel = 'auto';
let drawn = null;

function drawGraph(pane, list) {
  drawing?.destroy();
  drawing = drawn = null;
  nodeOptions();
  if (list.length === 0) return note(pane, 'No difference passes the filters.');
  const detailed = graphLevel === 'namespace' ? null : edgesOf(list, unitsOf(list));
  const asBoxes = graphLevel === 'namespace' || (graphLevel === 'auto' && (detailed.left.length > 0 || detailed.units.length > MOST_NODES));
  const { edges, joints, left, units } = asBoxes ? edgesOf(list, boxUnits(list)) : detailed;
  drawn = { units, edges, joints, list, asBoxes };

  const box = element('div', { id: 'graph', role: 'img', 'aria-label': `Graph of ${plural(units.length, 'node')}; the table has the same differences` });
  pane.classList.add('drawn');
  pane.replaceChildren(box, legend(list, left, asBoxes, units), tools());
  const isLabelled = edges.length <= MOST_LABELS;
  const longest = isLabelled ? Math.max(0, ...edges.map(e => edgeLabel(e).length)) : 0;
  for (const joint of joints) joint.width = isLabelled ? Math.max(24, Math.min(150, 6 * edgeLabel(joint).length)) : 24;
  const { positions, bends } = place([...units, ...joints], edges, isLabelled ? Math.min(190, 50 + 6 * longest) : GAP.inner, isLabelled ? Math.max(GAP.column, Math.min(210, 50 + 6 * longest)) : GAP.column, pane.clientWidth / Math.max(200, pane.clientHeight));
  separate(edges, bends);
  const nodes = [...new Set(units.filter(u => u.parent).map(u => u.box))].map(b => ({ data: { id: b.key, label: b.name, name: b.text }, classes: 'box' }));
  for (const unit of units) {
    nodes.push({ data: { id: unit.key, parent: unit.parent ?? undefined, label: unit.box ? shorten(unit.label) : unit.label, name: unitText(unit), width: nodeWidth(unit) }, position: positions.get(unit.key), classes: `end ${!unit.box ? 'crowd' : unit.parent ? '' : 'namespace'} ${unit.box && !unit.box.isNamespace ? 'open' : ''}` });
  }
  for (const joint of joints) {
    nodes.push({ data: { id: joint.key, label: isLabelled ? edgeLabel(joint) : '', name: '' }, position: positions.get(joint.key), classes: `joint ${joint.kind} ${joint.isTolerated ? 'tolerated' : ''}` });
  }
  drawing = cytoscape({
    container: box,
    elements: { nodes, edges: edges.map((e, i) => edgeElement(e, `x${i}`, bends[i], isLabelled && !isOfJoint(e))) },
    style: [...graphStyle(), ...differenceStyle()],
    layout: { name: 'preset', padding: 24 },
    minZoom: 0.05, maxZoom: 3, boxSelectionEnabled: false,
  });
  fitGraph();
  drawing.on('tap', 'edge', event => chooseEdge(event.target));
  drawing.on('tap', 'node', event => chooseNode(event.target.id()));
  drawing.on('tap', event => { if (event.target === drawing) deselect(); });
  drawing.on('mouseover', 'edge', event => tip(event.renderedPosition, event.target.data('words')));
  drawing.on('mouseover', 'node.end', event => {
    const unit = units.find(u => u.key === event.target.id());
    tip(event.renderedPosition, unit ? sampleOf(unit, 15).join('\n') : event.target.data('name'));
  });
  drawing.on('mouseover', 'node.joint', event => tip(event.renderedPosition, words(event.target.connectedEdges()[0].data('list').map(i => differences[i]))));
  drawing.on('mouseout', () => tip(null));
  window.report = { ...window.report, graph: drawing };
  if (selected) markDifference(selected);
}

function edgeElement(e, id, bend, isLabelled) {
  return {
    data: { id, source: e.from, target: e.to, label: isLabelled ? edgeLabel(e) : '', words: words(e.list), bend: bend ?? 0, list: e.list.map(d => d.index) },
    classes: `change ${e.kind} ${e.isTolerated ? 'tolerated' : ''} ${bend ? 'bent' : ''} ${e.from === e.to && e.from.startsWith('e:') ? 'self' : ''} ${e.to.startsWith('j:') ? 'gather' : ''} ${drawn.edges.length > MOST_WITH_OUTSIDE ? 'thin' : ''}`,
  };
}

function isOfJoint(edge) { return edge.from.startsWith('j:') || edge.to.startsWith('j:'); }

function edgeLabel({ list, kind }) {
  const all = [...new Set(list.map(d => d.ports))].join('; ');
  return `${SIGNS[kind]} ${all.length <= 26 || list.length === 1 ? shorten(all, 26) : plural(list.length, 'difference')}`;
}

function words(list) { return list.slice(0, 12).map(d => `${kindWords(d)}: ${shorten(d.ports, 60)}`).concat(list.length > 12 ? [`and ${list.length - 12} more`] : []).join('\n'); }

function unitText(unit) { return !unit.box ? unit.label : unit.ends.length === 1 ? unit.ends[0].text : unit.parent ? `${unit.box.name}/${unit.label}` : unit.box.text; }

// Edges between the same two nodes do not lie on each other where they are bent around something.
function separate(edges, bends) {
  const same = new Map();
  edges.forEach((e, i) => { const key = [e.from, e.to].sort().join(' '); same.set(key, [...(same.get(key) ?? []), i]); });
  for (const group of same.values()) {
    if (group.length < 2 || !group.some(i => bends[i])) continue;
    group.forEach((i, n) => { bends[i] = (bends[group[0]] || bends[i]) * (edges[i].from === edges[group[0]].from ? 1 : -1) + (n + 1) * 34; });
  }
}

function chooseEdge(edge) {
  const list = edge.data('list').map(i => differences[i]);
  if (list.length === 1) return select(list[0]);
  select(null);
  mark(edge);
  showDifferences(`${nameOf(edge.source())} → ${nameOf(edge.target())}`, plural(list.length, 'difference'), list);
}

function nameOf(node) { return node.data('name') || 'several'; }

function chooseNode(id) {
  if (id.startsWith('j:')) {
    const list = drawing.getElementById(id).connectedEdges()[0].data('list').map(i => differences[i]);
    if (list.length === 1) return select(list[0]);
    select(null);
    mark(drawing.getElementById(id).connectedEdges());
    return showDifferences(`${plural(list.length, 'difference')}`, 'From the same sources to the same destinations.', list);
  }
  const inside = drawn.units.filter(u => u.key === id || u.parent === id).flatMap(u => u.ends);
  const all = new Set(inside);
  const list = id.startsWith('s:') ? [...new Set(drawing.getElementById(id).connectedEdges().toArray().flatMap(e => e.data('list')))].map(i => differences[i])
    : drawn.list.filter(d => [d.sources, d.destinations].some(s => s.ends.some(e => all.has(e))));
  select(null);
  const node = drawing.getElementById(id);
  mark(node.union(node.descendants()).connectedEdges());
  showDifferences(nameOf(node), `${inside.length > 1 ? `${sampleOf({ ends: inside }, 8).join(', ')}. ` : ''}${plural(list.length, 'difference')}:`, list);
}

// The edges of a difference; one that had no room gets its own for as long as it is chosen.
function markDifference(d) {
  drawing.remove('.extra');
  if (!d) return mark(null);
  let own = drawing.edges().filter(e => e.data('list').includes(d.index));
  if (own.length === 0 && drawn.list.includes(d)) own = addEdges(d);
  mark(own);
}

function addEdges(d) {
  const { edges, joints, units } = edgesOf([d], drawn.asBoxes ? boxUnits(drawn.list) : unitsOf(drawn.list));
  const area = drawing.elements().boundingBox();
  let y = area.y1;
  const id = key => /^[js]:/.test(key) ? `extra ${key}` : key;
  for (const unit of [...units, ...joints]) {
    if (drawing.getElementById(id(unit.key)).nonempty()) continue;
    const isJoint = unit.key.startsWith('j:');
    drawing.add({ group: 'nodes', data: { id: id(unit.key), label: shorten(unit.label, 30), name: isJoint ? '' : unitText(unit), width: nodeWidth(unit) }, position: { x: area.x2 + (isJoint ? 40 : 140), y: y += 44 }, classes: `extra ${isJoint ? `joint ${unit.kind}` : 'end'} ${unit.box ? '' : 'crowd'}` });
  }
  const own = drawing.add(edges.map((e, i) => ({ group: 'edges', ...edgeElement({ ...e, from: id(e.from), to: id(e.to) }, `extra${i}`, 0, false) })));
  own.addClass('extra');
  fitGraph();
  return own;
}

function differenceStyle() {
  return [
    { selector: 'edge.change', style: { width: 2, 'line-opacity': 0.9, 'font-weight': 600 } },
    ...data.kinds.flatMap(kind => [
      { selector: `edge.${kind}`, style: { 'line-color': color(`--${kind}`), 'target-arrow-color': color(`--${kind}`), color: color(`--${kind}`), 'line-style': LINES[kind], 'target-arrow-shape': ARROWS[kind], ...(DASHES[kind] ? { 'line-dash-pattern': DASHES[kind] } : {}) } },
      { selector: `node.joint.${kind}`, style: { 'background-color': color(`--${kind}`), color: color(`--${kind}`) } },
    ]),
    { selector: 'node.joint', style: { shape: 'ellipse', width: 9, height: 9, 'font-size': 10, 'font-weight': 600, 'text-valign': 'top', 'text-margin-y': -3, 'text-background-color': color('--back'), 'text-background-opacity': 0.85, 'text-background-padding': 2 } },
    { selector: 'node.crowd', style: { shape: 'round-octagon', 'background-color': color('--hub'), 'border-width': 2, 'font-weight': 600 } },
    { selector: 'edge.gather', style: { 'target-arrow-shape': 'none' } },
    { selector: 'edge.change.thin', style: { width: 1.3, 'line-opacity': 0.6 } },
    { selector: 'edge.tolerated', style: { width: 1.2, 'line-opacity': 0.35, 'text-opacity': 0.6 } },
    { selector: 'node.joint.tolerated', style: { opacity: 0.4 } },
    { selector: 'edge.change.chosen', style: { width: 3.5, 'line-opacity': 1, label: 'data(label)' } },
    { selector: '.faded', style: { opacity: 0.12 } },
  ];
}

// A line of the kind as the graph has it.
function lineMark(kind) {
  const svg = (name, attributes, ...children) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const head = { triangle: 'M26 1 L34 5 L26 9 Z', tee: 'M32 0 L32 10', diamond: 'M26 5 L30 1 L34 5 L30 9 Z', vee: 'M26 1 L34 5 L26 9 L29 5 Z' }[ARROWS[kind]];
  const dashes = DASHES[kind] ?? (LINES[kind] === 'dotted' ? [2, 2] : []);
  return svg('svg', { width: 36, height: 10, viewBox: '0 0 36 10', class: `line ${kind}`, 'aria-hidden': 'true' },
    svg('path', { d: `M0 5 L${ARROWS[kind] === 'tee' ? 32 : 27} 5`, 'stroke-dasharray': dashes.join(' ') }), svg('path', { d: head, class: 'head' }));
}

function legend(list, left, asBoxes, units) {
  const kinds = data.kinds.filter(k => list.some(d => d.kind === k));
  return element('div', { class: 'legend' }, ...kinds.flatMap(k => [lineMark(k), element('span', {}, k)]),
    ...(list.some(d => d.isTolerated) ? [element('span', {}, 'faint: tolerated')] : []),
    ...(asBoxes ? [element('span', {}, 'Each node is a namespace.')] : []),
    ...(units.some(u => !u.box) ? [element('span', {}, 'Eight-sided: a set of many.')] : []),
    ...(left.length ? [element('strong', { id: 'undrawn' }, `${left.length === 1 ? '1 of' : `${left.length.toLocaleString('en-US')} of`} ${plural(list.length, 'difference')} not drawn: too many edges. The table has all of them; a chosen one is drawn.`)] : []));
}

// A choice beside the filters.
function nodeOptions() {
  const select = element('select', { 'aria-label': 'Nodes', onchange: event => { graphLevel = event.target.value; redraw(); } },
    ...[['auto', 'Automatic'], ['end', 'Workloads'], ['namespace', 'Namespaces']].map(([value, text]) => element('option', { value, selected: value === graphLevel }, text)));
  document.getElementById('view-options').replaceChildren(element('label', {}, 'Nodes ', select));
}
