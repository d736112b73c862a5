// From rounds to a line of the table.

/** The middle of some numbers, and how far they spread. */
function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { least: sorted[0], median: sorted[sorted.length >> 1], most: sorted.at(-1) };
}

export const median = (numbers) => spread(numbers).median;

/** A time in milliseconds, for people. */
function time(milliseconds) {
  if (milliseconds === undefined) return "never";
  if (milliseconds < 1) return `${(1000 * milliseconds).toFixed(milliseconds < 0.01 ? 1 : 0)} µs`;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

const ratio = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const met = (is) => (is ? "met" : "MISSED");

/**
 * Measures a row: raddle and each reference in turn, after a round that is not counted. Returns a line for each
 * reference, as cells.
 */
export async function lines(row) {
  const sides = [row, ...row.references];
  const rounds = [];
  for (let round = -1; round < row.rounds; round += 1) {
    const times = [];
    for (const side of sides) times.push(await side.measure());
    // What costs seconds is not done once more for nothing.
    if (round >= 0 || row.rounds < 5) rounds.push(times);
  }
  const middle = (side) => {
    const times = rounds.map((round) => round[side]);
    return times.includes(undefined) ? undefined : median(times);
  };
  return row.references.map((reference, place) => {
    const raddle = middle(0);
    const cells = [row.name, time(raddle), reference.name, time(middle(place + 1))];
    if (raddle === undefined || middle(place + 1) === undefined) return [...cells, "", "", ""];
    const ratios = spread(rounds.map((times) => times[0] / times[place + 1]));
    cells.push(ratio(ratios.median), `${ratio(ratios.least)} .. ${ratio(ratios.most)}`);
    const { atMost, ratio: bound } = { ...(place === 0 && { atMost: row.atMost }), ratio: reference.ratio };
    const targets = [];
    if (atMost !== undefined) targets.push(`<= ${time(atMost)} ${met(raddle <= atMost)}`);
    if (bound !== undefined) targets.push(`<= ${bound} ${met(ratios.median <= bound)}`);
    return [...cells, targets.join(", ")];
  });
}
