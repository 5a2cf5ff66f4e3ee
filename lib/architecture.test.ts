import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");
const SOURCE = /\.(ts|tsx)$/;

function filesBelow(folder: string): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.relative(ROOT, path.join(parentPath, name)));
}

const files = ["lib", "components", "app", "e2e"].flatMap(filesBelow);
const sources = files.filter((file) => SOURCE.test(file) && !file.endsWith(".generated.ts") && !file.endsWith(".d.ts"));
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.includes("/testing") || file.startsWith("e2e/");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

/** What each zone may import beside itself; see ARCHITECTURE.md. The longest matching prefix is a file's zone. */
const PURE = ["lib/model", "lib/errors"];
const JUDGING = [...PURE, "lib/cel", "lib/inventory", "lib/pod-security", "lib/graph", "lib/frameworks", "lib/controls"];
const SERVER_READ = [...JUDGING, "lib/engine", "lib/scoring", "lib/format", "lib/contracts", "lib/config", "lib/telemetry", "lib/store"];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/model": [],
  "lib/errors": [],
  "lib/format": PURE,
  "lib/frameworks": ["lib/model"],
  "lib/contracts": PURE,
  "lib/cel": PURE,
  "lib/inventory": [...PURE, "lib/cel"],
  "lib/pod-security": [...PURE, "lib/inventory"],
  "lib/graph": [...PURE, "lib/inventory", "lib/controls"],
  "lib/controls": JUDGING,
  "lib/engine": JUDGING,
  "lib/scoring": [...PURE, "lib/controls"],
  "lib/cli": [...JUDGING, "lib/engine", "lib/contracts", "lib/format"],
  "lib/config": PURE,
  "lib/telemetry": [...PURE, "lib/config"],
  "lib/kube": [...PURE, "lib/inventory", "lib/config", "lib/telemetry"],
  "lib/collectors": [...PURE, "lib/inventory", "lib/config", "lib/telemetry", "lib/kube"],
  "lib/store": [...PURE, "lib/config", "lib/telemetry", "lib/format"],
  "lib/scan": [...SERVER_READ, "lib/kube", "lib/collectors", "lib/reads"],
  "lib/reads": [...SERVER_READ, "lib/scan"],
  "lib/http": [...PURE, "lib/format", "lib/contracts", "lib/telemetry", "lib/store", "lib/scan", "lib/reads"],
  "lib/demo": [...PURE, "lib/contracts", "lib/telemetry", "lib/store", "lib/scan"],
  "lib/client": [...PURE, "lib/contracts", "lib/format"],
  components: [...PURE, "lib/format", "lib/contracts", "lib/client"],
  app: [
    ...PURE,
    ...["components", "lib/client", "lib/contracts", "lib/format", "lib/frameworks"],
    ...["lib/reads", "lib/http", "lib/scan", "lib/store", "lib/demo"],
  ],
};
const SERVER_ZONES = ["lib/kube", "lib/collectors", "lib/store", "lib/scan", "lib/config", "lib/telemetry", "lib/http"];

const zoneOf = (file: string): string | undefined => Object.keys(MAY_IMPORT).find((zone) => file === zone || file.startsWith(`${zone}/`));

const ANY_IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"'`;]*?\sfrom\s)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;
/** What runs, and is loaded with the file: neither types nor `import()`. */
const LOADED_IMPORT = /(?:^|\n)(?:import|export)\s(?!type\s)(?:[^"'`;]*?\sfrom\s)?["']([^"']+)["']/g;

function importsOf(file: string, pattern = ANY_IMPORT): string[] {
  const found = [...read(file).matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
  return found.flatMap((target) => {
    if (target.startsWith("@/")) return [target.slice(2)];
    return target.startsWith(".") ? [path.posix.normalize(path.posix.join(path.posix.dirname(file), target))] : [];
  });
}

describe("the architecture", () => {
  test("lets each zone import only what it may", () => {
    const broken = sources
      .filter((file) => !isTest(file))
      .flatMap((file) => {
        const zone = zoneOf(file);
        if (zone === undefined) return file.startsWith("lib/") && file !== "lib/server-only.d.ts" ? [`${file} is in no zone`] : [];
        return importsOf(file).flatMap((target) => {
          const other = zoneOf(target);
          return other === undefined || other === zone || MAY_IMPORT[zone]?.includes(other) ? [] : [`${file} imports ${target}`];
        });
      });
    expect(broken).toEqual([]);
  });

  test("brings the parser of the contracts to the browser only once it is needed: alone it weighs a sixth of what a page may load first", () => {
    const seen = new Set<string>();
    const loaded: string[] = [];
    const visit = (file: string, isBrowser: boolean): void => {
      if (seen.has(`${file} ${isBrowser}`)) return;
      seen.add(`${file} ${isBrowser}`);
      for (const target of importsOf(file, LOADED_IMPORT)) {
        if (isBrowser && target.startsWith("lib/contracts/")) loaded.push(`${file} imports ${target}`);
        const next = [`${target}.tsx`, `${target}.ts`].find((name) => sources.includes(name));
        if (next !== undefined) visit(next, isBrowser || read(next).startsWith('"use client"'));
      }
    };
    for (const file of sources.filter((name) => name.startsWith("app/") && name.endsWith(".tsx"))) visit(file, read(file).startsWith('"use client"'));
    expect(loaded).toEqual([]);
  });

  test("marks every server file as such", () => {
    const unmarked = sources.filter(
      (file) =>
        !isTest(file) &&
        SERVER_ZONES.includes(zoneOf(file) ?? "") &&
        /process\.|from "(?:node:|pg|undici|pino)/.test(read(file)) &&
        !read(file).startsWith('import "server-only";'),
    );
    expect(unmarked).toEqual([]);
  });

  test("reads the environment in lib/config only", () => {
    const readers = sources.filter((file) => !isTest(file) && !["lib/config", "lib/cli"].includes(zoneOf(file) ?? "") && /process\.env/.test(read(file)));
    expect(readers).toEqual([]);
  });

  test("keeps pure zones free of Node", () => {
    const pure = [
      "lib/model",
      "lib/format",
      "lib/frameworks",
      "lib/contracts",
      "lib/cel",
      "lib/inventory",
      "lib/pod-security",
      "lib/graph",
      "lib/controls",
      "lib/engine",
      "lib/scoring",
      "lib/client",
      "components",
    ];
    const impure = sources.filter(
      (file) =>
        !isTest(file) &&
        pure.includes(zoneOf(file) ?? "") &&
        /from "node:|Date\.now\(\)|new Date\(\)/.test(read(file)) &&
        !(zoneOf(file) === "components" && !/from "node:/.test(read(file))),
    );
    expect(impure).toEqual([]);
  });

  test("asks neither the machine nor the browser for a language, nor for a zone but where the reader's is read", () => {
    const asking =
      /\.toLocale(?:Lower|Upper)Case\(|\.toLocale\w+\(\s*\)|\.localeCompare\((?:[^,()]|\([^()]*\))*\)|\.[gs]et(?:Date|Day|Hours|Minutes|Month|FullYear|TimezoneOffset)\(|to(?:Date|Time)String\(|Intl\.\w+\((?!")/;
    const askers = sources.filter((file) => file !== "lib/architecture.test.ts" && asking.test(read(file)));
    expect(askers).toEqual(["components/primitives/use-time-zone.ts"]);
  });

  test("names files after one thing, in kebab-case", () => {
    const banned = /\/(utils?|helpers?|common|misc|shared|core|manager|index)\.tsx?$/;
    const odd = sources.filter((file) => banned.test(file) || !/^[a-z0-9.-]+$/.test(path.posix.basename(file)));
    expect(odd).toEqual([]);
  });

  test("keeps files short: none over 400 lines, the median under 80", () => {
    const lengths = sources.filter((file) => !isTest(file)).map((file) => ({ file, lines: read(file).split("\n").length }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
  });

  test("has a test beside every control", () => {
    const controls = sources.filter((file) => /^lib\/controls\/(cloud|cluster|container|code)\//.test(file) && !isTest(file));
    expect(controls.length).toBeGreaterThan(0);
    expect(controls.filter((file) => !existsSync(path.join(ROOT, file.replace(/\.ts$/, ".test.ts"))))).toEqual([]);
  });

  test("keeps only routing files in app", () => {
    // No loading.tsx: Next would answer 200 before the answer is known; templates wait with PageWait.
    const allowed =
      /\/(page|layout|template|route|error|not-found|global-error|default|icon|apple-icon)\.(tsx|ts|svg)$|^app\/(cluster-page\.tsx|fonts\.ts|globals\.css|tokens\.css|icon\.svg)$/;
    expect(files.filter((file) => file.startsWith("app/") && !allowed.test(file))).toEqual([]);
    expect(sources.filter((file) => file.endsWith("/page.tsx") && read(file).split("\n").length > 60)).toEqual([]);
  });

  test("keeps every file of the repository a reasonable size", () => {
    expect(files.filter((file) => statSync(path.join(ROOT, file)).size > 200_000)).toEqual([]);
  });
});
