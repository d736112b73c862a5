// The rows of the table. Each has what it compares raddle with; times are in milliseconds.
import * as bare from "./bare.js";
import * as raddle from "./raddle.js";

/** Many more than run at once. */
const MANY = 200;

export const ROWS = [
  {
    name: `${MANY} threads at once from a pool of ${raddle.POOL}, the spawner blocked`,
    rounds: 3,
    measure: () => raddle.crowd(MANY),
    references: [
      { name: "a postMessage pool that grows", measure: () => bare.crowd(MANY, raddle.POOL) },
      { name: "as many new Workers", measure: () => bare.crowd(MANY, 0) },
    ],
  },
  {
    name: `${MANY} threads at once, the spawner blocked and the page spinning`,
    rounds: 3,
    measure: () => raddle.crowd(MANY, { spins: true }),
    references: [{ name: "raddle with the page idle", measure: () => raddle.crowd(MANY) }],
  },
  {
    name: "spawn, run and join a thread on a worker that is there",
    rounds: 9,
    measure: raddle.spawnAndJoin,
    atMost: 0.2,
    references: [
      { name: "a call in a postMessage pool", measure: bare.call, ratio: 0.5 },
      { name: "a call in a new Worker", measure: bare.cold },
    ],
  },
  {
    name: "stop 50 threads that are blocked",
    rounds: 5,
    measure: () => raddle.stop(50, "block"),
    atMost: 20,
    references: [{ name: "terminate 50 Workers", measure: () => bare.stop(50, "block") }],
  },
  {
    name: "stop 4 threads that spin",
    rounds: 3,
    measure: () => raddle.stop(4, "spin"),
    references: [{ name: "terminate 4 Workers", measure: () => bare.stop(4, "spin") }],
  },
  {
    name: "wake a thread that waits",
    rounds: 9,
    measure: raddle.wake,
    references: [
      { name: "a message to a Worker", measure: bare.message },
      { name: "wait and notify in bare Workers", measure: bare.wake },
    ],
  },
];
