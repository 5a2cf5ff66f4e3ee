// Writes lib/controls/registry.generated.ts: every control file, so that nobody edits an index by hand.
import { readdirSync, writeFileSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { judgingStamp } from "./source-stamp.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const LAYERS = ["cloud", "cluster", "container", "code"];
const files = LAYERS.flatMap((layer) =>
  readdirSync(join(root, "lib/controls", layer))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .map((name) => `${layer}/${name.slice(0, -3)}`),
);
const lines = [
  'import type { AnyControl } from "./define";',
  ...files.map((file, i) => `import c${i} from "./${file}";`),
  "",
  `export const ALL_CONTROLS: readonly AnyControl[] = [${files.map((_, i) => `c${i}`).join(", ")}];`,
  `export const JUDGING_STAMP = "${judgingStamp().slice(0, 12)}";`,
  "",
];
writeFileSync(join(root, "lib/controls/registry.generated.ts"), lines.join("\n"));
