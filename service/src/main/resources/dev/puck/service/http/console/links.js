// The lines between the stages: drawn where the stages are, whatever the screen.

const SVG = 'http://www.w3.org/2000/svg';

/** Draws each stage's links from those before it; where columns are stacked, straight down. */
export function drawLinks(parent, stages) {
  let picture = parent.querySelector(':scope > svg');
  if (picture === null) {
    picture = document.createElementNS(SVG, 'svg');
    picture.setAttribute('aria-hidden', 'true');
    picture.classList.add('links');
    parent.append(picture);
    new ResizeObserver(() => drawLinks(parent, parent.linked)).observe(parent);
  }
  parent.linked = stages;
  const frame = parent.getBoundingClientRect();
  const boxes = new Map([...parent.querySelectorAll('[data-stage]')].map(
    (element) => [element.dataset.stage, element.getBoundingClientRect()]));
  const lines = stages.flatMap((stage) => (stage.from ?? []).map((from) => ({
    path: curve(boxes.get(from), boxes.get(stage.id), frame),
    moving: (stage.rate ?? stage.passing ?? 0) > 0,
  })));
  const paths = [...picture.children];
  lines.forEach((line, i) => {
    const path = paths[i] ?? picture.appendChild(document.createElementNS(SVG, 'path'));
    if (path.getAttribute('d') !== line.path) {
      path.setAttribute('d', line.path);
    }
    path.classList.toggle('moving', line.moving);
  });
  paths.slice(lines.length).forEach((path) => path.remove());
}

function curve(from, to, frame) {
  if (from === undefined || to === undefined) {
    return '';
  }
  const beside = to.left >= from.right;
  const [x1, y1, x2, y2] = (beside
    ? [from.right, from.top + Math.min(30, from.height / 2), to.left, to.top + Math.min(30, to.height / 2)]
    : [from.left + from.width / 2, from.bottom, to.left + to.width / 2, to.top]
  ).map((each, i) => Math.round(each - (i % 2 === 0 ? frame.left : frame.top)));
  const half = (x1 + x2) / 2;
  return beside
    ? `M${x1} ${y1} C${half} ${y1} ${half} ${y2} ${x2} ${y2}`
    : `M${x1} ${y1} L${x2} ${y2}`;
}
