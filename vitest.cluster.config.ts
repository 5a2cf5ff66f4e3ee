import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));

const LONGEST = "/every-control.test.ts";

/** It takes as long as half of the others together: begun after them, it would have the machine to itself at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(LONGEST);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/**
 * Tests on genuine control planes: one for each worker, and one file at a time on each, since files share its objects. What a file does and what it waits for
 * (controllers, commands) follow each other: two files beside each other keep two cores busy.
 */
export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}scripts/server-only.mjs` } },
  test: {
    include: ["e2e/real-cluster/**/*.test.ts"],
    globalSetup: ["e2e/real-cluster/global-setup.ts"],
    pool: "threads",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // They leave nothing in the place of a module, and share what they import: the catalogue took a second of each.
    isolate: false,
    // Slow only on a machine that is busy with something else.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
