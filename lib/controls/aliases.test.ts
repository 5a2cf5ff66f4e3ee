import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { listControls } from "./registry";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");
const RENAME = /^SELECT rename_control\('([a-z0-9-]+)', '([a-z0-9-]+)'\);$/gm;

/** So many names are of the time before anybody ran a control: nothing is stored under these. */
const BEFORE_THE_FIRST_RELEASE = 64;

it("comes with a migration that renames what is stored", () => {
  const names = readdirSync(MIGRATIONS).filter((name) => !name.endsWith(".toml"));
  const texts = names.sort().map((name) => readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8"));
  const renames = new Map(texts.flatMap((text) => [...text.matchAll(RENAME)]).map(([, from, to]) => [from, to]));
  /** The last name: a control may be renamed again. */
  const follow = (id: string | undefined): string | undefined => (renames.has(id) ? follow(renames.get(id)) : id);
  const without = listControls().flatMap(({ id, aliases = [] }) => aliases.filter((alias) => follow(alias) !== id));
  expect(without.length, "An alias needs a migration of one line: SELECT rename_control('old-id', 'new-id');").toBe(BEFORE_THE_FIRST_RELEASE);
});
