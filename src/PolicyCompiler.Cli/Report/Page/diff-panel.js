// The details on the right: one difference, or what is behind an edge or a node.
const MOST_ENDS = 12;
const MOST_RULES = 2;
let selected = null;

// The signs of added and removed are words, which say nothing beside the kind.
function kindChip(kind, count = '') {
  return element('span', { class: `kind ${kind}` }, [SIGNS[kind].length === 1 ? SIGNS[kind] : '', count, kind].filter(w => w).join(' '));
}

function kindWords(d) { return `${d.kind}${d.isTolerated ? ', tolerated' : d.entries.length ? ', tolerated in part' : ''}`; }

function sampleOf(set, most) {
  const names = set.ends.slice(0, most).map(e => e.text);
  if (set.ends.length > most) names.push(`and ${(set.ends.length - most).toLocaleString('en-US')} more`);
  return names;
}

function showHelp() {
  panel.replaceChildren(
    element('h2', {}, 'What changes?'),
    element('p', {}, 'Choose an edge, a node or a row: the flows and the rules that decide them on both sides are shown here, with their lines.'),
    element('dl', { class: 'kinds' }, ...data.kinds.filter(k => differences.some(d => d.kind === k)).flatMap(k => [element('dt', {}, kindChip(k)), element('dd', {}, MEANINGS[k])])),
    element('p', {}, 'A difference holds from each of its sources to each of its destinations, on all of its ports. In the graph an edge of a box holds for every node in it, an eight-sided node is a set of many, and edges of several sources to several destinations meet in a point.'),
    element('p', {}, element('kbd', {}, '↑'), ' ', element('kbd', {}, '↓'), ' move in the table, ', element('kbd', {}, 'Enter'), ' chooses, ', element('kbd', {}, 'Esc'), ' goes back here.'));
  panel.scrollTop = 0;
}

function endList(title, set) {
  const list = element('ul', { class: 'ends' });
  const fill = most => {
    list.replaceChildren(...set.ends.slice(0, most).map(e => element('li', {}, e.text)));
    if (set.ends.length > most) list.append(element('li', {}, element('button', { type: 'button', class: 'plain', onclick: () => fill(Infinity) }, `Show all ${set.ends.length.toLocaleString('en-US')}`)));
  };
  fill(set.ends.length <= MOST_ENDS + 3 ? Infinity : MOST_ENDS);
  return [element('h3', {}, `${title} (${set.ends.length.toLocaleString('en-US')})`), list];
}

function decisionSection(when, decision, isThere) {
  if (!isThere) return element('div', { class: `when ${when}` }, element('h4', {}, element('b', {}, when), ' no such end'));
  const cards = decision.rules.map(rule => ruleCard(rule, '', ''));
  const rest = cards.length > MOST_RULES ? [element('details', {}, element('summary', {}, `and ${cards.length - MOST_RULES} more`), ...cards.slice(MOST_RULES))] : [];
  return element('div', { class: `when ${when}` }, element('h4', {}, element('b', {}, when), ` ${decision.text}`), ...cards.slice(0, MOST_RULES), ...rest);
}

function requests(title, list) {
  return list.length ? [element('h3', {}, title), element('ul', { class: 'ends' }, ...list.map(r => element('li', {}, element('code', {}, r))))] : [];
}

function explainHints(d) {
  const lines = !d.options ? [] : data.explain.map((command, side) => ({ command, side }))
    .filter(({ command, side }) => command && !(side === 0 && d.kind === 'added') && !(side === 1 && d.kind === 'removed'));
  return lines.flatMap(({ command, side }) => [element('p', {}, side === 0 ? 'Why it was so before:' : 'Why it is so now:'), element('pre', { class: 'command', tabindex: '0' }, `${command} ${d.options}`)]);
}

function toleranceSection(d) {
  if (!d.entries.length) return [];
  return [element('h3', {}, d.isTolerated ? 'Tolerated' : 'Tolerated in part'),
    ...d.entries.map(e => element('p', {}, element('q', {}, e.reason), ` (${e.place})`)),
    ...d.left.map(l => element('p', { class: 'left' }, `Not tolerated: ${sampleOf(l.sources, 5).join(', ')} → ${sampleOf(l.destinations, 5).join(', ')} on ${l.ports}`))];
}

function showDifference(d, back) {
  panel.replaceChildren(
    ...(back ? [element('button', { class: 'plain', type: 'button', onclick: back }, '← all of these differences')] : []),
    element('h2', { id: 'difference' }, kindChip(d.kind), ' ', element('span', { class: 'ports' }, d.ports)),
    element('p', { class: 'effect' }, d.before, element('span', { class: 'to' }, ' → '), d.after),
    ...toleranceSection(d),
    ...requests('Requests that no longer pass', d.lost), ...requests('Requests that pass now', d.gained),
    ...endList('From', d.sources), ...endList('To', d.destinations),
    ...d.directions.flatMap(s => [element('h3', {}, s.direction === 'egress' ? 'Egress: what the sources may send' : 'Ingress: what the destinations accept'),
      decisionSection('before', s.before, d.kind !== 'added'), decisionSection('now', s.after, d.kind !== 'removed')]),
    element('h3', {}, 'One of the flows'), element('p', {}, element('code', {}, d.flow)), ...explainHints(d));
  panel.scrollTop = 0;
}

function showDifferences(title, words, list) {
  const again = () => { select(null); showDifferences(title, words, list); };
  panel.replaceChildren(
    element('h2', {}, title), element('p', {}, words),
    element('ul', { class: 'rows' }, ...list.slice(0, 200).map(d => element('li', {}, element('button', { type: 'button', onclick: () => select(d, again) },
      kindChip(d.kind), ' ', d.ports, element('br'), element('small', {}, `${sampleOf(d.sources, 1).join(' ')} → ${sampleOf(d.destinations, 1).join(' ')}`))))),
    ...(list.length > 200 ? [element('p', {}, `and ${list.length - 200} more: see the table`)] : []));
  panel.scrollTop = 0;
}
