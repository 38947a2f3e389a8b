// What the graphs of all pages have: a drawing, its looks and its tools.
let drawing = null;

function fitGraph() {
  drawing.fit(undefined, 32);
  if (drawing.zoom() > 1.25) { drawing.zoom(1.25); drawing.center(); }
}

function mark(chosen) {
  drawing.elements().removeClass('chosen faded');
  if (!chosen) return;
  drawing.edges().not(chosen).addClass('faded');
  chosen.addClass('chosen');
}

function nodeWidth(unit) { return unit.width ?? Math.max(64, 34 + 7 * shorten(unit.label).length); }

function color(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function graphStyle() {
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

function tools() {
  const zoom = factor => drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
  return element('div', { class: 'tools' },
    element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom in', onclick: () => zoom(1.3) }, '+'),
    element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom out', onclick: () => zoom(1 / 1.3) }, '−'),
    element('button', { class: 'plain', type: 'button', onclick: fitGraph }, 'Fit'));
}
