import { commitSnapshot } from "../commit-snapshot";
import { openDatabase } from "../open-database";
import { makeSnapshot } from "./make-snapshot";

/** Run as a child process that is killed: commits snapshot after snapshot, half of whose objects and findings change. */
const [config = "{}", clusterId = "0"] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(config), { onLost: (error) => console.error(error.message) });
for (let round = 0; ; round += 1) {
  const names = Array.from({ length: 1_500 }, (_, at) => `w-${at}`);
  const world = makeSnapshot(Number(clusterId), {
    resources: names.map((name, at) => ({ name, content: at % 2 === 0 ? "same" : `${name} ${round}` })),
    verdicts: names.filter((_, at) => (at + round) % 2 === 0).map((on) => ({ control: "c1", on, note: `${round}` })),
  });
  const { seq } = await commitSnapshot(database.pool, world);
  process.stdout.write(`${seq}\n`);
}
